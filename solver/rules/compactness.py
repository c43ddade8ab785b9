"""CP-SAT twin of `models.rules.compactness`."""

from models.rules.compactness import Compactness
from solver.statements import negation
from solver.variables import Variables


def encode(rule: Compactness, v: Variables) -> None:
    for row in v.problem.rows(rule.who):
        for day in v.days:
            busy = [v.busy(rule.who.kind, row, slot, rule.tags) for slot in v.day_slots(day)]
            for before, here, after in zip([False, *busy], busy, [*busy[1:], False], strict=False):
                v.forbid(rule, [here, negation(before), negation(after)])
