"""CP-SAT twin of `models.rules.max_periods_per_day`."""

from models.rules.max_periods_per_day import MaxPeriodsPerDay
from solver.days import limit_busy
from solver.variables import Variables


def encode(rule: MaxPeriodsPerDay, v: Variables) -> None:
    for line, times in v.lines(rule):
        for cells in v.grid.day_cells:
            limit_busy(rule, v, line, cells, rule.limit, times)
