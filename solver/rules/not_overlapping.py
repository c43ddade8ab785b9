"""CP-SAT twin of `models.rules.not_overlapping`."""

from models.rules.not_overlapping import NotOverlapping
from solver.variables import Variables


def encode(rule: NotOverlapping, v: Variables) -> None:
    raise NotImplementedError
