"""The week as a planner of cover sees it: which lessons lose their teacher, and who is free when."""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from models.base import ResourceKind
from models.board import Board, Booking
from models.cover.request import CoverRequest, check_request
from models.problem import Lesson, Problem
from models.rules.unavailable import Unavailable
from models.timetable import Placement, Timetable

Resource = tuple[ResourceKind, str]


class Task(NamedTuple):
    """A lesson without its teacher. cells: those in which the teacher is away, in order; parts: the same, cut into
    what one person covers at least; present: teachers of the lesson who are there in all these cells."""

    lesson: Lesson
    placement: Placement
    absent: tuple[str, ...]
    present: tuple[str, ...]
    cells: tuple[int, ...]
    parts: tuple[tuple[int, ...], ...]


class Scene:
    """One week of a timetable with absences. ValueError for a request that does not fit the problem."""

    def __init__(self, problem: Problem, timetable: Timetable, request: CoverRequest) -> None:
        check_request(problem, request)
        self.problem, self.timetable, self.request = problem, timetable, request
        self.board = Board(problem, timetable)
        self.grid = problem.grid

    @cached_property
    def absent(self) -> dict[str, frozenset[int]]:
        """Teacher -> cells in which she is away."""
        found: dict[str, set[int]] = {}
        for absence in self.request.absences:
            found.setdefault(absence.teacher, set()).update(absence.cells)
        return {teacher: frozenset(cells) for teacher, cells in found.items()}

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """The lessons that lose a teacher, by time."""
        found = (self._task(p) for p in self.timetable.placements if self.happens(p.lesson))
        return tuple(sorted((t for t in found if t is not None), key=lambda t: (t.cells[0], t.lesson.id)))

    @cached_property
    def task(self) -> dict[str, Task]:
        """Lesson id -> its task."""
        return {t.lesson.id: t for t in self.tasks}

    def _task(self, place: Placement) -> Task | None:
        lesson = self.problem.lesson[place.lesson]
        teachers, covered = self.teachers(place), self.board.cells_of(lesson.id)
        cells = tuple(c for c in covered if any(c in self.absent.get(t, ()) for t in teachers))
        if not cells:
            return None
        absent = tuple(t for t in teachers if not self.absent.get(t, frozenset()).isdisjoint(covered))
        present = tuple(t for t in teachers if t not in absent)
        return Task(lesson, place, absent, present, cells, self._parts(cells))

    def _parts(self, cells: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
        """Periods can be shared among several people; a session on a clock grid is one piece."""
        return tuple((c,) for c in cells) if self.grid.type == "periods" else (cells,)

    def happens(self, lesson: str) -> bool:
        """Whether the lesson is held in the week of the absences."""
        return self.board.in_week(lesson, self.request.week)

    def teachers(self, place: Placement) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.problem.lesson[place.lesson].teachers, *place.teachers)))

    # ---- who is where --------------------------------------------------------------------------------------------

    def at(self, key: Resource, cells: Iterable[int]) -> list[Booking]:
        """The lessons of a resource in these cells of the week, by time."""
        slots = {self.request.week * self.grid.size + c for c in cells}
        return [b for b in self.board.of(*key) if any(s in slots for s in range(b.start, b.end))]

    def free(self, key: Resource, cells: Iterable[int], without: frozenset[str] = frozenset()) -> bool:
        """Whether a resource is neither closed, away, protected nor busy, but with lessons of `without`."""
        wanted = frozenset(cells)
        return not wanted & self._shut(key) and all(b.lesson.id in without for b in self.at(key, wanted))

    def may_cover(self, teacher: str, cells: Iterable[int]) -> bool:
        """Whether the teacher is at hand: not away, not closed, not protected. She may have a lesson."""
        return not frozenset(cells) & self._shut(("teacher", teacher))

    def _shut(self, key: Resource) -> frozenset[int]:
        closed = self.problem.closed.get(key, frozenset())
        return closed | self._kept_free.get(key[1], frozenset()) if key[0] == "teacher" else closed

    @cached_property
    def _kept_free(self) -> dict[str, frozenset[int]]:
        """Teacher -> cells in which she is away or protected."""
        protected = {t: frozenset(cells) for t, cells in self.request.protected.items()}
        return {t: self.absent.get(t, frozenset()) | protected.get(t, frozenset()) for t in (*self.absent, *protected)}

    def at_school(self, teacher: str, day: int) -> bool:
        """Whether the teacher has lessons on that day of the week."""
        return self.request.week * len(self.grid.day_names) + day in self._busy_days.get(teacher, ())

    @cached_property
    def _busy_days(self) -> dict[str, frozenset[int]]:
        """Teacher -> days over all weeks on which she has lessons."""
        day, of = self.board.position, self.board.of
        return {t.id: frozenset(day(b.start)[0] for b in of("teacher", t.id)) for t in self.problem.teachers}

    # ---- what people know ----------------------------------------------------------------------------------------

    def qualified(self, teacher: str, subject: str) -> bool:
        """By what is stated; where nothing is, by what the teacher teaches."""
        return subject in (self.problem.teacher[teacher].subjects or self._taught.get(teacher, ()))

    @cached_property
    def _taught(self) -> dict[str, frozenset[str]]:
        """Teacher -> subjects of her lessons."""
        found: dict[str, set[str]] = {}
        for place in self.timetable.placements:
            for teacher in self.teachers(place):
                found.setdefault(teacher, set()).add(self.problem.lesson[place.lesson].subject)
        return {teacher: frozenset(subjects) for teacher, subjects in found.items()}

    def knows(self, teacher: str, lesson: Lesson) -> bool:
        """Whether the teacher teaches some of the students."""
        return not self._students.get(teacher, frozenset()).isdisjoint(self.problem.students.of(lesson.classes))

    @cached_property
    def _students(self) -> dict[str, frozenset[str]]:
        """Teacher -> student sets she teaches."""
        found: dict[str, set[str]] = {}
        for place in self.timetable.placements:
            for teacher in self.teachers(place):
                lesson = self.problem.lesson[place.lesson]
                found.setdefault(teacher, set()).update(self.problem.students.of(lesson.classes))
        return {teacher: frozenset(sets) for teacher, sets in found.items()}

    @cached_property
    def wishes(self) -> dict[str, dict[int, int]]:
        """Teacher -> cell -> weight of the soft rules that ask to keep it free."""
        found: dict[str, dict[int, int]] = {}
        for rule in self.problem.rules:
            if isinstance(rule, Unavailable) and rule.weight is not None and rule.who.kind == "teacher":
                for teacher in self.board.rows(rule.who):
                    row = found.setdefault(teacher, {})
                    for cell in rule.cells:
                        row[cell] = row.get(cell, 0) + rule.weight
        return found
