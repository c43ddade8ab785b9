"""CP-SAT twin of `models.rules.min_working_days`."""

from models.rules.min_working_days import MinWorkingDays
from solver.variables import Variables


def encode(rule: MinWorkingDays, v: Variables) -> None:
    raise NotImplementedError
