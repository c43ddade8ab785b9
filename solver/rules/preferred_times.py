"""CP-SAT twin of `models.rules.preferred_times`."""

from models.rules.preferred_times import PreferredTimes
from solver.variables import Variables


def encode(rule: PreferredTimes, v: Variables) -> None:
    for id_ in rule.lessons:
        lesson = v.problem.lesson[id_]
        misses = {cell: rule.misses(lesson, cell) for cell in v.starts(id_)}
        v.cost(rule, sum(n * v.starts(id_)[cell] for cell, n in misses.items() if n))
