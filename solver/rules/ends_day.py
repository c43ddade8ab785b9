"""CP-SAT twin of `models.rules.ends_day`."""

from collections.abc import Iterator

from models.rules.ends_day import EndsDay
from solver.statements import Lit
from solver.variables import Variables


def encode(rule: EndsDay, v: Variables) -> None:
    """Hard: one clique per student set and slot; a lesson that ended earlier on the day counts as still covering it,
    since nothing may follow. Soft: each start is priced when a set is busy later."""
    if rule.weight is None:
        _forbid_later(rule, v)
        return
    for id_ in rule.lessons:
        lesson = v.problem.lesson[id_]
        rows = v.problem.students.of(lesson.classes)
        for cell, literal in v.starts(id_).items():
            last = v.problem.slots_of(lesson, cell)[lesson.duration - 1 :: lesson.duration]
            v.forbid(rule, [literal, v.any_of(_later(v, row, slot) for row in rows for slot in last)])


def _later(v: Variables, row: str, slot: int) -> Lit:
    """Whether the student set is busy in a later slot of the same day."""
    week, cell = divmod(slot, v.grid.size)
    return v.line(("class", row), week).later(cell)


def _forbid_later(rule: EndsDay, v: Variables) -> None:
    for row, week, lessons in _by_students(rule, v):
        for cells in v.grid.day_cells:
            for cell in cells[1:]:
                ended = [
                    literal
                    for x in lessons
                    for literal in v.starting_in(x, range(cells.start, cell - v.problem.lesson[x].duration + 1))
                ]
                covers = v.line(("class", row), week).covers[cell]
                if ended and covers:
                    v.at_most_true(rule, [*ended, *covers], 1, most=1)


def _by_students(rule: EndsDay, v: Variables) -> Iterator[tuple[str, int, list[str]]]:
    """(student set, week, those of the lessons that it attends then)."""
    for week in range(len(v.grid.weeks)):
        found: dict[str, list[str]] = {}
        for x in v.in_week(rule.lessons, week):
            for row in v.problem.students.of(v.problem.lesson[x].classes):
                found.setdefault(row, []).append(x)
        yield from ((row, week, lessons) for row, lessons in found.items())
