"""CP-SAT twin of `models.rules.buffer`."""

from models.rules.buffer import Buffer
from solver.variables import Variables


def encode(rule: Buffer, v: Variables) -> None:
    raise NotImplementedError
