"""CP-SAT twin of `models.rules.min_periods_per_day`."""

from models.rules.min_periods_per_day import MinPeriodsPerDay
from solver.days import covers_of
from solver.variables import Variables


def encode(rule: MinPeriodsPerDay, v: Variables) -> None:
    for row in v.problem.rows(rule.who):
        for day in v.days:
            periods = sum(x for literals in covers_of(rule, v, row, v.day_slots(day)) for x in literals)
            judged = v.active(rule.who.kind, row, day, rule.tags) if rule.empty_days else True
            v.at_least(rule, periods, rule.limit * judged, most=rule.limit)
