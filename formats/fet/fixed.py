"""The timetable of a .fet file in which every activity is fixed, such as `write_fet` or FET itself writes."""

from models.problem import Lesson, Problem
from models.timetable import Placement, Timetable


def fixed_timetable(problem: Problem) -> Timetable | None:
    """None unless the problem leaves neither a time nor a room to choose."""
    placements = [_placement(problem, lesson) for lesson in problem.lessons]
    return Timetable(placements=tuple(p for p in placements if p)) if placements and all(placements) else None


def _placement(problem: Problem, lesson: Lesson) -> Placement | None:
    choices = [problem.room_choices(request) for request in lesson.rooms]
    if lesson.pin.start is None or lesson.any_teacher or any(len(rooms) != 1 for rooms in choices):
        return None
    return Placement(lesson=lesson.id, start=lesson.pin.start, rooms=tuple(rooms[0] for rooms in choices))
