"""Solutions of course timetabling: a line "course room day period" for each lecture, days and periods from 0."""

from pathlib import Path

from formats.content import content
from formats.ctt.lines import Line, lines
from formats.errors import FormatError
from models.problem import Problem
from models.timetable import Placement, Timetable, Unplaced

FIELDS = "course room day period"


def read_solution(data: bytes | str | Path, problem: Problem) -> Timetable:
    """data: the content of a file, gzip or not, or where it lies. The lines of a course are its lessons, in the order
    of the problem; lessons without a line are unplaced. FormatError with the line of what the problem does not have.
    """
    waiting: dict[str, list[str]] = {}
    for lesson in problem.lessons:
        waiting.setdefault(lesson.course, []).append(lesson.id)
    left = {course: iter(lessons) for course, lessons in waiting.items()}
    placements = []
    for line in lines(content(data)):
        course, room, *_ = line.shape(FIELDS).words
        if course not in left:
            raise line.wrong(repr(course), "the name of a course")
        if room not in problem.room:
            raise line.wrong(repr(room), "the name of a room")
        id_ = next(left[course], None)
        if id_ is None:
            raise line.wrong(f"{course!r} once more", f"its {len(waiting[course])} lectures")
        placements.append(Placement(lesson=id_, start=_cell(problem, line), rooms=(room,)))
    rest = (id_ for ids in left.values() for id_ in ids)
    return Timetable(placements=tuple(placements), unplaced=tuple(Unplaced(lesson=x) for x in rest))


def _cell(problem: Problem, line: Line) -> int:
    days = problem.grid.day_cells
    day = line.integer(2, "a day", len(days))
    return days[day][line.integer(3, "a period", len(days[day]))]


def write_solution(problem: Problem, timetable: Timetable) -> bytes:
    """A line for every placed lesson, in the order of the problem. FormatError for one that such a line cannot tell:
    longer than a period, not in one room, or of names with blanks."""
    placed = ((x.id, timetable.placement[x.id]) for x in problem.lessons if x.id in timetable.placement)
    return "".join(f"{_row(problem, id_, placement)}\n" for id_, placement in placed).encode()


def _row(problem: Problem, id_: str, placement: Placement) -> str:
    lesson, cell = problem.lesson[id_], problem.grid.cells[placement.start]
    period = cell.number - problem.grid.day_cells[cell.day].start
    words = [lesson.course, *(room or "" for room in placement.rooms), str(cell.day), str(period)]
    if lesson.duration != 1 or len(words) != len(FIELDS.split()) or any(len(word.split()) != 1 for word in words):
        raise FormatError("the timetable", f"lesson {id_!r}", f"a lesson of one period to be written as {FIELDS}")
    return " ".join(words)
