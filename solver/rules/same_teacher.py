"""CP-SAT twin of `models.rules.same_teacher`."""

from models.rules.same_teacher import SameTeacher
from solver.variables import Variables


def encode(rule: SameTeacher, v: Variables) -> None:
    teachers = dict.fromkeys(t for x in rule.lessons for options in v.domains.teachers[x] for t in options)
    used = [v.any_of(y for x in rule.lessons for y in v.uses(x, "teacher", t)) for t in teachers]
    v.at_most(rule, sum(used), 1, most=len(used) - 1)
