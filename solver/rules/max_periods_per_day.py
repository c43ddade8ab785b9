"""CP-SAT twin of `models.rules.max_periods_per_day`."""

from models.rules.max_periods_per_day import MaxPeriodsPerDay
from solver.days import covers_of, limit_busy
from solver.variables import Variables


def encode(rule: MaxPeriodsPerDay, v: Variables) -> None:
    for row in v.problem.rows(rule.who):
        for day in v.days:
            limit_busy(rule, v, covers_of(rule, v, row, v.day_slots(day)), rule.limit)
