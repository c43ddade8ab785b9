"""CP-SAT twin of `models.rules.max_span_per_day`."""

from models.rules.max_span_per_day import MaxSpanPerDay
from solver.variables import Variables


def encode(rule: MaxSpanPerDay, v: Variables) -> None:
    raise NotImplementedError
