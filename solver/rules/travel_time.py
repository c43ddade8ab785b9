"""CP-SAT twin of `models.rules.travel_time`."""

from models.rules.travel_time import TravelTime
from solver.variables import Variables


def encode(rule: TravelTime, v: Variables) -> None:
    raise NotImplementedError
