"""CP-SAT twin of `models.rules.max_in_a_row`."""

from models.rules.max_in_a_row import MaxInARow
from solver.days import covers_of, limit_busy
from solver.variables import Variables


def encode(rule: MaxInARow, v: Variables) -> None:
    """A run has as many periods above the limit as it has windows of limit + 1 periods."""
    size = rule.limit + 1
    for row in v.problem.rows(rule.who):
        for day in v.days:
            slots = v.day_slots(day)
            covers = covers_of(rule, v, row, slots)
            for i in range(len(slots) - rule.limit):
                if v.grid.runs[slots[i] % v.grid.size] >= size:
                    limit_busy(rule, v, covers[i : i + size], rule.limit)
