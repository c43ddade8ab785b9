"""CP-SAT twin of `models.rules.unavailable`."""

from models.rules.unavailable import Unavailable
from solver.variables import Variables


def encode(rule: Unavailable, v: Variables) -> None:
    for row in v.problem.rows(rule.who):
        for week in range(len(v.grid.weeks)):
            for cell in sorted(set(rule.cells)):
                slot = week * v.grid.size + cell
                v.cost(rule, sum(v.covers(rule.who.kind, row, slot, rule.tags)))
