"""CP-SAT twin of `models.rules.day_starts_early`."""

from models.rules.day_starts_early import DayStartsEarly
from solver.lines import Line
from solver.statements import Lit, negation
from solver.variables import Variables


def encode(rule: DayStartsEarly, v: Variables) -> None:
    """A day starts n periods late when it starts after its n-th open cell."""
    for line, times in v.lines(rule):
        late: list[Lit] = []
        for day in v.week_days:
            cells = line.open(day)
            late += [v.when_all(starts_after(line, cell)) for cell in cells[:1]]
            for cell in cells[1:2] if rule.weight is None else cells[1:]:
                v.forbid(rule, starts_after(line, cell), times=times)
        late = [x for x in late if x is not False]
        v.at_most_true(rule, late, rule.late_days, most=len(late) - rule.late_days, times=times)


def starts_after(line: Line, cell: int) -> list[Lit]:
    """All true when the resource is busy on the day of the cell, but only after it."""
    return [line.later(cell), negation(line.busy(cell)), negation(line.earlier(cell))]
