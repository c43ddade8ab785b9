"""The timetable entries that a timetable wants."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from models.problem import Lesson, Problem
from models.timetable import Placement, Timetable
from scheduling.school.keys import Keys
from scheduling.school.rooms import BETWEEN


@dataclass(frozen=True)
class Target:
    """An entry as the timetable wants it."""

    class_id: str
    subject_id: str
    teacher_id: str
    time_slot_id: str
    day: str
    weeks: tuple[str, ...]
    lesson: str = field(compare=False)
    room: str | None = field(compare=False)
    guarded: bool = field(compare=False)

    @property
    def whose(self) -> tuple[str, str, str]:
        return self.class_id, self.subject_id, self.teacher_id


def targets(problem: Problem, timetable: Timetable, keys: Keys) -> Iterator[Target]:
    """Entries for every class, teacher and period of each placed lesson."""
    names = {room.id: room.name or room.id for room in problem.rooms}
    often = list(names.values())
    told = {id_: name if often.count(name) == 1 else id_ for id_, name in names.items()}
    for placement in timetable.placements:
        lesson = problem.lesson[placement.lesson]
        yield from _of_lesson(problem, lesson, placement, keys, told)


def _of_lesson(
    problem: Problem, lesson: Lesson, placement: Placement, keys: Keys, rooms: dict[str, str]
) -> Iterator[Target]:
    teachers = (*lesson.teachers, *placement.teachers)
    weeks = tuple(problem.grid.weeks[w] for w in lesson.weeks)
    room = BETWEEN.join(rooms[r] for r in placement.rooms if r)[:100] or None
    alone = len(lesson.classes) == 1 and len(teachers) == 1 and not weeks
    for cell in range(placement.start, placement.start + lesson.duration):
        day, slot = keys.cells[cell]
        for class_ in lesson.classes:
            for teacher in teachers:
                yield Target(
                    keys.classes[class_],
                    keys.subjects[lesson.subject],
                    keys.teachers[teacher],
                    slot,
                    day,
                    weeks,
                    "" if lesson.id in keys.entries else lesson.id,
                    room,
                    alone,
                )
