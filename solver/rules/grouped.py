"""CP-SAT twin of `models.rules.grouped`."""

from models.rules.grouped import Grouped
from solver.variables import Variables


def encode(rule: Grouped, v: Variables) -> None:
    raise NotImplementedError
