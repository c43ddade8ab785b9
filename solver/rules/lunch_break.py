"""CP-SAT twin of `models.rules.lunch_break`."""

from models.rules.lunch_break import LunchBreak
from solver.variables import Variables


def encode(rule: LunchBreak, v: Variables) -> None:
    """A busy day lacks its lunch when each stretch that would do is busy somewhere."""
    for line, times in v.lines(rule):
        for day, cells in enumerate(v.grid.day_cells):
            windows = rule.windows(v.grid, day)
            if windows is not None:
                blocked = [v.any_of([line.busy(cells.start + p) for p in sorted(w)]) for w in windows]
                v.forbid(rule, blocked or [line.active(day)], times=times)
