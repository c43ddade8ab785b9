"""CP-SAT twin of `models.rules.same_teacher`."""

from collections import defaultdict

from models.rules.same_teacher import SameTeacher
from solver.statements import Lit
from solver.variables import Variables


def encode(rule: SameTeacher, v: Variables) -> None:
    picks: dict[str, list[Lit]] = defaultdict(list)
    for x in rule.lessons:
        for position in range(len(v.domains.teachers[x])):
            if rule.position in (None, position):
                for (_, teacher), literal in v.teacher_picks(x, position).items():
                    picks[teacher].append(literal)
    used = [v.any_of(literals) for literals in picks.values()]
    v.at_most(rule, sum(used), 1, most=len(used) - 1)
