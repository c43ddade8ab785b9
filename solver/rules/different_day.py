"""CP-SAT twin of `models.rules.different_day`."""

from models.rules.different_day import DifferentDay
from solver.patterns import spread
from solver.variables import Variables


def encode(rule: DifferentDay, v: Variables) -> None:
    spread(rule, v, days=1)
