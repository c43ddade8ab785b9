"""CP-SAT twin of `models.rules.max_in_a_row`."""

from models.rules.max_in_a_row import MaxInARow
from solver.variables import Variables


def encode(rule: MaxInARow, v: Variables) -> None:
    raise NotImplementedError
