"""CP-SAT twin of `models.rules.min_periods_per_day`."""

from models.rules.min_periods_per_day import MinPeriodsPerDay
from solver.variables import Variables


def encode(rule: MinPeriodsPerDay, v: Variables) -> None:
    for line, times in v.lines(rule):
        for day, cells in enumerate(v.grid.day_cells):
            periods = sum(x for cell in cells for x in line.covers[cell])
            judged = line.active(day) if rule.empty_days else True
            v.at_least(rule, periods, rule.limit * judged, most=rule.limit, times=times)
