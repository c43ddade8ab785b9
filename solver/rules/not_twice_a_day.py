"""CP-SAT twin of `models.rules.not_twice_a_day`."""

from models.rules.not_twice_a_day import NotTwiceADay
from solver.variables import Variables


def encode(rule: NotTwiceADay, v: Variables) -> None:
    for lessons, times in v.by_week(rule.lessons).items():
        for day in v.week_days:
            here = [y for x in lessons for y in v.on_day(x, day)]
            v.at_most_true(rule, here, rule.limit, most=len(lessons) - rule.limit, times=times)
