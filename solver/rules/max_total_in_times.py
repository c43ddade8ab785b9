"""CP-SAT twin of `models.rules.max_total_in_times`."""

from models.rules.max_total_in_times import MaxTotalInTimes
from solver.variables import Variables


def encode(rule: MaxTotalInTimes, v: Variables) -> None:
    hits = [
        literal
        for x in rule.lessons
        for start, literal in v.starts(x).items()
        if rule.meets(start, v.problem.lesson[x].duration)
    ]
    v.at_most(rule, sum(hits), rule.limit, most=len(rule.lessons) - rule.limit)
