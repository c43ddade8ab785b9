"""CP-SAT twin of `models.rules.consecutive`."""

from models.rules.consecutive import Consecutive
from solver.variables import Variables


def encode(rule: Consecutive, v: Variables) -> None:
    raise NotImplementedError
