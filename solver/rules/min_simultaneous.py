"""CP-SAT twin of `models.rules.min_simultaneous`."""

from models.rules.min_simultaneous import MinSimultaneous
from solver.variables import Variables


def encode(rule: MinSimultaneous, v: Variables) -> None:
    """Unplaced lessons count as being there, and nothing is asked when none is placed: both are constant unless
    lessons may stay unplaced."""
    asked = rule.limit * v.any_of(v.placed(x) for x in rule.lessons)
    weeks = v.by_week(rule.lessons)
    for cell in sorted(set(rule.cells)):
        totals = [
            -sum(y for x in lessons for y in v.covering(x, cell)) - sum(1 - v.placed(x) for x in lessons)
            for lessons in weeks
        ]
        v.at_most_each(rule, totals, -asked, most=rule.limit)
