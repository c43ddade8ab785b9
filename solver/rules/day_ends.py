"""CP-SAT twin of `models.rules.day_ends`."""

from models.rules.day_ends import DayEnds
from solver.days import limit_days
from solver.variables import Variables


def encode(rule: DayEnds, v: Variables) -> None:
    late = frozenset(cell.number for cell in v.grid.cells if cell.end > rule.until)
    limit_days(rule, v, rule.late_days, late)
