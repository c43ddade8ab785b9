"""CP-SAT twin of `models.rules.home_room`."""

from models.rules.home_room import HomeRoom
from solver.variables import Variables


def encode(rule: HomeRoom, v: Variables) -> None:
    raise NotImplementedError
