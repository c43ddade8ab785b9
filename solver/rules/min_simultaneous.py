"""CP-SAT twin of `models.rules.min_simultaneous`."""

from models.rules.min_simultaneous import MinSimultaneous
from solver.variables import Variables


def encode(rule: MinSimultaneous, v: Variables) -> None:
    raise NotImplementedError
