"""CP-SAT twin of `models.rules.compactness`."""

from models.rules.compactness import Compactness
from solver.statements import negation
from solver.variables import Variables


def encode(rule: Compactness, v: Variables) -> None:
    for line, times in v.lines(rule):
        for cells in v.grid.day_cells:
            busy = [line.busy(cell) for cell in cells]
            for before, here, after in zip([False, *busy], busy, [*busy[1:], False], strict=False):
                v.forbid(rule, [here, negation(before), negation(after)], times=times)
