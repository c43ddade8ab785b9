"""CP-SAT twin of `models.rules.max_gaps_per_week`."""

from models.rules.max_gaps_per_week import MaxGapsPerWeek
from solver.variables import Variables


def encode(rule: MaxGapsPerWeek, v: Variables) -> None:
    raise NotImplementedError
