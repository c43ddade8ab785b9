"""CP-SAT twin of `models.rules.min_gap_between`."""

from models.rules.min_gap_between import MinGapBetween
from solver.variables import Variables


def encode(rule: MinGapBetween, v: Variables) -> None:
    """Hard: in every cell at most one lesson, each made longer by the gap. Soft: for each start of one lesson and each
    k up to the gap asked, the other lesson at less than k periods from it costs one."""
    if rule.weight is None:
        for lessons in v.by_week(rule.lessons):
            _forbid_closer(rule, v, lessons)
        return
    for a, b in v.pairs(rule.lessons, same_week=True):
        after, before = v.problem.lesson[a].duration, v.problem.lesson[b].duration
        for start, literal in v.starts(a).items():
            day = v.grid.day_cells[v.grid.cells[start].day]
            for k in range(1, rule.periods + 1):
                near = range(max(day.start, start - before - k + 1), min(day.stop, start + after + k))
                v.at_most(rule, literal + sum(v.starting_in(b, near)), 1, most=1)


def _forbid_closer(rule: MinGapBetween, v: Variables, lessons: tuple[str, ...]) -> None:
    for day in v.grid.day_cells:
        for cell in day:
            covering = [
                literal
                for x in lessons
                for literal in v.starting_in(
                    x, range(max(day.start, cell - v.problem.lesson[x].duration - rule.periods + 1), cell + 1)
                )
            ]
            v.at_most_true(rule, covering, 1, most=len(lessons) - 1)
