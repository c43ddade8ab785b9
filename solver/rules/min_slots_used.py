"""CP-SAT twin of `models.rules.min_slots_used`."""

from models.rules.min_slots_used import MinSlotsUsed
from solver.variables import Variables


def encode(rule: MinSlotsUsed, v: Variables) -> None:
    """Unplaced lessons count as filling cells, and nothing is asked when none is placed: both are constant unless
    lessons may stay unplaced."""
    covered = [v.any_of(y for x in rule.lessons for y in v.covering(x, cell)) for cell in sorted(set(rule.cells))]
    used, asking = sum(covered), covered if rule.or_none else [v.placed(x) for x in rule.lessons]
    asked = rule.limit * v.any_of(asking)
    unplaced = sum(v.problem.lesson[x].duration * (1 - v.placed(x)) for x in rule.lessons)
    v.at_least(rule, used + unplaced, asked, most=rule.limit)
