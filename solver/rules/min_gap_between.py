"""CP-SAT twin of `models.rules.min_gap_between`."""

from models.rules.min_gap_between import MinGapBetween
from solver.variables import Variables


def encode(rule: MinGapBetween, v: Variables) -> None:
    raise NotImplementedError
