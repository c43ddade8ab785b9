"""CP-SAT twin of `models.rules.min_gap_after`."""

from collections import defaultdict

from models.rules.min_gap_after import MinGapAfter
from solver.statements import Lit
from solver.variables import Variables

ByCell = dict[int, list[Lit]]


def encode(rule: MinGapAfter, v: Variables) -> None:
    """Not both: a lesson of the first sort ends with a cell, one of the second starts fewer periods later."""
    for row in v.problem.rows(rule.who):
        for week in range(len(v.grid.weeks)):
            ends = _literals(rule, v, row, week, ended=True)
            starts = _literals(rule, v, row, week, ended=False)
            for last, ending in ends.items():
                night = v.grid.day_cells[v.grid.cells[last].day].stop
                for start in range(last + 1, min(night, last + 1 + rule.periods)):
                    missing = rule.periods - (start - last - 1)
                    v.forbid(rule, [v.any_of(ending), v.any_of(starts.get(start, ()))], amount=missing)


def _literals(rule: MinGapAfter, v: Variables, row: str, week: int, ended: bool) -> ByCell:
    """Cell -> literals of the lessons of the first sort that end with it, or of the second sort that start in it."""
    found: ByCell = defaultdict(list)
    for id_ in v.in_week(v.lessons_of(rule.who.kind, row, rule.tags if ended else rule.later), week):
        offset = v.problem.lesson[id_].duration - 1 if ended else 0
        for cell, literal in v.attends(rule.who.kind, row, id_).items():
            found[cell + offset].append(literal)
    return found
