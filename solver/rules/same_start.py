"""CP-SAT twin of `models.rules.same_start`. Hard groups share their literals, so only soft ones are said here."""

from models.rules.same_start import SameStart
from solver.patterns import agree
from solver.variables import Variables


def encode(rule: SameStart, v: Variables) -> None:
    agree(rule, v, lambda cell: cell)
