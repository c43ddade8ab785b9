"""CP-SAT twin of `models.rules.together_if_same_day`."""

from models.rules.together_if_same_day import TogetherIfSameDay
from solver.variables import Variables


def encode(rule: TogetherIfSameDay, v: Variables) -> None:
    raise NotImplementedError
