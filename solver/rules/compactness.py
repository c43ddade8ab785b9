"""CP-SAT twin of `models.rules.compactness`."""

from models.rules.compactness import Compactness
from solver.variables import Variables


def encode(rule: Compactness, v: Variables) -> None:
    raise NotImplementedError
