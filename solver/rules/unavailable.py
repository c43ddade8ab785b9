"""CP-SAT twin of `models.rules.unavailable`."""

from models.rules.unavailable import Unavailable
from solver.variables import Variables


def encode(rule: Unavailable, v: Variables) -> None:
    for line, times in v.lines(rule):
        for cell in sorted(set(rule.cells)):
            v.cost(rule, sum(line.covers[cell]), times)
