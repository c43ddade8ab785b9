"""CP-SAT twin of `models.rules.same_day`."""

from models.rules.same_day import SameDay
from solver.patterns import agree
from solver.variables import Variables


def encode(rule: SameDay, v: Variables) -> None:
    agree(rule, v, lambda cell: v.grid.cells[cell].day)
