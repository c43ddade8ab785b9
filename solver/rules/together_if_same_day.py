"""CP-SAT twin of `models.rules.together_if_same_day`."""

from models.rules.together_if_same_day import TogetherIfSameDay
from solver.patterns import chain
from solver.variables import Variables


def encode(rule: TogetherIfSameDay, v: Variables) -> None:
    for cells in v.grid.day_cells:
        chain(rule, v, cells)
