"""CP-SAT twin of `models.rules.grouped`."""

from models.rules.grouped import Grouped
from solver.patterns import chain
from solver.variables import Variables


def encode(rule: Grouped, v: Variables) -> None:
    chain(rule, v, range(v.grid.size), rule.over_breaks)
