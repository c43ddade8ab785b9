"""CP-SAT twin of `models.rules.day_ends`."""

from models.rules.day_ends import DayEnds
from solver.variables import Variables


def encode(rule: DayEnds, v: Variables) -> None:
    raise NotImplementedError
