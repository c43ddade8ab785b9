"""CP-SAT twin of `models.rules.preferred_times`."""

from models.rules.preferred_times import PreferredTimes
from solver.variables import Variables


def encode(rule: PreferredTimes, v: Variables) -> None:
    for id_ in rule.lessons:
        lesson = v.problem.lesson[id_]
        v.cost(rule, sum(rule.misses(lesson, cell) * literal for cell, literal in v.starts(id_).items()))
