"""CP-SAT twin of `models.rules.not_twice_a_day`."""

from models.rules.not_twice_a_day import NotTwiceADay
from solver.variables import Variables


def encode(rule: NotTwiceADay, v: Variables) -> None:
    raise NotImplementedError
