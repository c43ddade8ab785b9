"""CP-SAT twin of `models.rules.max_total_in_times`."""

from models.rules.max_total_in_times import MaxTotalInTimes
from solver.variables import Variables


def encode(rule: MaxTotalInTimes, v: Variables) -> None:
    raise NotImplementedError
