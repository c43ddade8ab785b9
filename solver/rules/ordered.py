"""CP-SAT twin of `models.rules.ordered`."""

from models.rules.ordered import Ordered
from solver.variables import Variables


def encode(rule: Ordered, v: Variables) -> None:
    raise NotImplementedError
