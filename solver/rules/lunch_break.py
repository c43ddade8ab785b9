"""CP-SAT twin of `models.rules.lunch_break`."""

from models.rules.lunch_break import LunchBreak
from solver.variables import Variables


def encode(rule: LunchBreak, v: Variables) -> None:
    """A busy day lacks its lunch when each stretch that would do is busy somewhere."""
    kind, tags = rule.who.kind, rule.tags
    for row in v.problem.rows(rule.who):
        for day in v.days:
            windows, first = rule.windows(v.grid, day), v.day_slots(day).start
            if windows is not None:
                blocked = [v.any_of([v.busy(kind, row, first + p, tags) for p in sorted(w)]) for w in windows]
                v.forbid(rule, blocked or [v.active(kind, row, day, tags)])
