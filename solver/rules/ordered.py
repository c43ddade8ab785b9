"""CP-SAT twin of `models.rules.ordered`."""

from itertools import pairwise

from models.rules.ordered import Ordered
from solver.variables import Variables


def encode(rule: Ordered, v: Variables) -> None:
    """For every cell, not both: the first lesson ends behind it, the second starts in it or before."""
    scopes = v.grid.day_cells if rule.same_day_only else (range(v.grid.size),)
    for a, b in pairwise(rule.lessons):
        duration = v.problem.lesson[a].duration
        totals = [
            sum(v.starting_in(a, range(max(scope.start, cell - duration + 1), scope.stop)))
            + sum(v.starting_in(b, range(scope.start, cell + 1)))
            for scope in scopes
            for cell in scope
        ]
        v.at_most_each(rule, totals, 1, most=1)
