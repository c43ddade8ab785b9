"""CP-SAT twin of `models.rules.lunch_break`."""

from models.rules.lunch_break import LunchBreak
from solver.variables import Variables


def encode(rule: LunchBreak, v: Variables) -> None:
    raise NotImplementedError
