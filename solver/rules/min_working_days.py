"""CP-SAT twin of `models.rules.min_working_days`."""

from models.rules.min_working_days import MinWorkingDays
from solver.variables import Variables


def encode(rule: MinWorkingDays, v: Variables) -> None:
    """Unplaced lessons count as filling a day, and nothing is asked when none is placed: both are constant unless
    lessons may stay unplaced. Hard: all but one of the days asked need one lesson each, so a day has room for the
    rest at most; this follows from the rest and is said because it propagates earlier."""
    asked = rule.days * v.any_of(v.placed(x) for x in rule.lessons)
    by_day = [[y for x in rule.lessons for y in v.on_day(x, day)] for day in range(len(v.grid.day_cells))]
    unplaced = sum(1 - v.placed(x) for x in rule.lessons)
    v.at_least(rule, sum(v.any_of(literals) for literals in by_day) + unplaced, asked, most=rule.days)
    if rule.weight is None:
        for literals in by_day:
            v.at_most(rule, sum(literals), max(0, len(rule.lessons) - rule.days + 1), most=rule.days - 1)
