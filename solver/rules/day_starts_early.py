"""CP-SAT twin of `models.rules.day_starts_early`."""

from models.rules.day_starts_early import DayStartsEarly
from solver.variables import Variables


def encode(rule: DayStartsEarly, v: Variables) -> None:
    raise NotImplementedError
