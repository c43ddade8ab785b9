"""CP-SAT twin of `models.rules.same_teacher`."""

from models.rules.same_teacher import SameTeacher
from solver.variables import Variables


def encode(rule: SameTeacher, v: Variables) -> None:
    raise NotImplementedError
