"""CP-SAT twin of `models.rules.consecutive`."""

from itertools import pairwise

from models.rules.consecutive import Consecutive
from solver.variables import Variables


def encode(rule: Consecutive, v: Variables) -> None:
    for a, b in pairwise(rule.lessons):
        duration = v.problem.lesson[a].duration
        for cell, literal in v.starts(a).items():
            after = cell + duration
            follows = v.starting_in(b, [after]) if v.grid.adjoins(after, rule.over_breaks) else []
            v.at_most(rule, literal + v.placed(b) - sum(follows), 1, most=1)
