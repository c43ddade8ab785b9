"""CP-SAT twin of `models.rules.max_simultaneous`."""

from models.rules.max_simultaneous import MaxSimultaneous
from solver.variables import Variables


def encode(rule: MaxSimultaneous, v: Variables) -> None:
    raise NotImplementedError
