"""CP-SAT twin of `models.rules.max_simultaneous`."""

from models.rules.max_simultaneous import MaxSimultaneous
from solver.variables import Variables


def encode(rule: MaxSimultaneous, v: Variables) -> None:
    weeks = v.by_week(rule.lessons)
    for cell in sorted(set(rule.cells)) or range(v.grid.size):
        totals = [sum(y for x in lessons for y in v.covering(x, cell)) for lessons in weeks]
        v.at_most_each(rule, totals, rule.limit, most=max(map(len, weeks)) - rule.limit)
