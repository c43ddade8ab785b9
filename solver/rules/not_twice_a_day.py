"""CP-SAT twin of `models.rules.not_twice_a_day`."""

from models.rules.not_twice_a_day import NotTwiceADay
from solver.variables import Variables


def encode(rule: NotTwiceADay, v: Variables) -> None:
    for week in range(len(v.grid.weeks)):
        lessons = v.in_week(rule.lessons, week)
        for day in range(len(v.grid.day_cells)):
            here = sum(y for x in lessons for y in v.on_day(x, day))
            v.at_most(rule, here, rule.limit, most=len(lessons) - rule.limit)
