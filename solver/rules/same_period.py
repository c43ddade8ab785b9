"""CP-SAT twin of `models.rules.same_period`."""

from models.rules.same_period import SamePeriod
from solver.patterns import agree
from solver.variables import Variables


def encode(rule: SamePeriod, v: Variables) -> None:
    agree(rule, v, lambda cell: cell - v.grid.day_cells[v.grid.cells[cell].day].start)
