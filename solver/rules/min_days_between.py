"""CP-SAT twin of `models.rules.min_days_between`."""

from models.rules.min_days_between import MinDaysBetween
from solver.variables import Variables


def encode(rule: MinDaysBetween, v: Variables) -> None:
    days = range(len(v.grid.day_cells))
    for a, b in v.pairs(rule.lessons, same_week=True):
        for d in days:
            for e in range(max(0, d - rule.days + 1), min(len(days), d + rule.days)):
                v.forbid(rule, [v.on_day_literal(a, d), v.on_day_literal(b, e)], amount=rule.days - abs(d - e))
