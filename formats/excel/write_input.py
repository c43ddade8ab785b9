"""A problem as the school workbook: the inverse of the reader."""

from formats.errors import Unsupported
from formats.excel.course_rows import courses_of
from formats.excel.safe_codes import safe
from formats.excel.school_book import write_school
from formats.excel.school_tables import period_grid, school_tables
from models.problem import Lesson, Pin, Problem
from models.timetable import Timetable


def write_input(problem: Problem, timetable: Timetable | None = None) -> bytes:
    """The .xlsx file; read again it is the same problem up to names, sources and the order of rules.

    Equal input gives equal bytes. Raises Unsupported naming what the workbook cannot say.
    """
    period_grid(problem)
    problem, timetable = safe(_open_pins_closed(problem), timetable)
    tables = school_tables(problem, courses_of(problem), timetable)
    return write_school(problem.name or "School", tables, problem.grid.day_names, problem.grid.weeks)


def _open_pins_closed(problem: Problem) -> Problem:
    """The sheet Fixed asks for a time. A lesson whose room or teacher alone is pinned has only that one to choose."""
    open_pins = [x for x in problem.lessons if x.pin != Pin() and x.pin.start is None]
    if not open_pins:
        return problem
    fields = {name: getattr(problem, name) for name in Problem.model_fields}
    closed = {x.id: _closed(problem, x) for x in open_pins}
    return Problem(**{**fields, "lessons": tuple(closed.get(x.id, x) for x in problem.lessons)})


def _closed(problem: Problem, x: Lesson) -> Lesson:
    rooms, any_teacher = list(x.rooms), x.any_teacher
    for number, room in enumerate(x.pin.rooms or ()):
        request = x.rooms[number]
        if room is None or room not in problem.room_choices(request):
            raise Unsupported(f"lesson {x.id}", [("pinned room that it does not ask for", 1)], "one of its rooms")
        rooms[number] = request.model_copy(update={"any_of": (room,), "features": (), "seats": 0})
    if x.pin.teachers is not None:
        any_teacher = tuple((t,) for t in x.pin.teachers)
    return x.model_copy(update={"rooms": tuple(rooms), "any_teacher": any_teacher, "pin": Pin()})
