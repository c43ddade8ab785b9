"""CP-SAT twin of `models.rules.max_slots_used`."""

from models.rules.max_slots_used import MaxSlotsUsed
from solver.variables import Variables


def encode(rule: MaxSlotsUsed, v: Variables) -> None:
    cells = sorted(set(rule.cells)) or range(v.grid.size)
    used = [v.any_of(y for x in rule.lessons for y in v.covering(x, cell)) for cell in cells]
    v.at_most(rule, sum(used), rule.limit, most=len(used) - rule.limit)
