"""CP-SAT twin of `models.rules.min_rest`."""

from models.rules.min_rest import MinRest
from solver.variables import Variables


def encode(rule: MinRest, v: Variables) -> None:
    raise NotImplementedError
