"""CP-SAT twin of `models.rules.max_days_between`."""

from models.rules.max_days_between import MaxDaysBetween
from solver.variables import Variables


def encode(rule: MaxDaysBetween, v: Variables) -> None:
    """A pair t > days days apart is split by t - days stretches of `days` days: a before the stretch, b behind it, or
    the other way round."""
    count = len(v.grid.day_cells)
    for a, b in v.pairs(rule.lessons, same_week=True):
        for first, second in ((a, b), (b, a)):
            for day in range(count - rule.days - 1):
                before = [x for d in range(day + 1) for x in v.on_day(first, d)]
                behind = [x for d in range(day + rule.days + 1, count) for x in v.on_day(second, d)]
                if before and behind:
                    v.at_most(rule, sum(before) + sum(behind), 1, most=1)
