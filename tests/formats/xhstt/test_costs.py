"""Problems made of archive instances cost what XHSTT says, on random timetables."""

import random
from pathlib import Path

import pytest

from formats.xhstt import XhsttImport, costs_of, read_xhstt
from models.domains import Domains
from models.problem import Lesson
from models.rules.min_slots_used import MinSlotsUsed
from models.rules.unavailable import Unavailable
from models.score import score
from models.timetable import Placement, Timetable
from tests.formats.xhstt.direct import Direct, Held, load


class Drawing:
    """Draws complete timetables: lessons go where nobody is busy. Those that find no such place clash, but not where
    it matters how often a clashing time is counted: in wishes for free times, and where lessons must fill times."""

    def __init__(self, found: XhsttImport, seed: int) -> None:
        self.problem, self.draw = found.problem, random.Random(seed)
        self.starts = Domains(found.problem).starts
        self.delicate: set[int] = set()
        self.apart: dict[str, list[str]] = {x.id: [] for x in found.problem.lessons}
        for number, rule in enumerate(found.problem.rules):
            if isinstance(rule, Unavailable) and rule.weight is not None:
                self.delicate.update(rule.cells)
            elif isinstance(rule, MinSlotsUsed):
                for x in rule.lessons:
                    self.apart[x].append(f"rule {number}")

    def timetable(self) -> Timetable:
        self.busy: dict[str, set[int]] = {}
        order = sorted(self.problem.lessons, key=lambda x: (-x.duration, self.draw.random()))
        return Timetable(placements=tuple(self._place(lesson) for lesson in order))

    def _place(self, lesson: Lesson) -> Placement:
        people = [*lesson.teachers, *lesson.classes]
        options = self.draw.sample(self.starts[lesson.id], len(self.starts[lesson.id]))
        robust = [t for t in options if self.delicate.isdisjoint(self._cells(lesson, t))]
        sound = [t for t in options if all(self._free(r, lesson, t) for r in people)]
        apart = [t for t in robust if all(self._free(r, lesson, t) for r in self.apart[lesson.id])]
        start = (sound or apart or options)[0]
        teachers = self._teachers(lesson, start)
        rooms = self._rooms(lesson, start)
        for r in (*people, *teachers, *self.apart[lesson.id], *filter(None, rooms)):
            self.busy.setdefault(r, set()).update(self._cells(lesson, start))
        return Placement(lesson=lesson.id, start=start, rooms=rooms, teachers=teachers)

    def _teachers(self, lesson: Lesson, start: int) -> tuple[str, ...]:
        given: list[str] = []
        for candidates in lesson.any_teacher:
            choices = [t for t in candidates if t not in (*given, *lesson.teachers)]
            given.append(self.draw.choice([t for t in choices if self._free(t, lesson, start)] or choices))
        return tuple(given)

    def _rooms(self, lesson: Lesson, start: int) -> tuple[str | None, ...]:
        given: list[str | None] = []
        for request in lesson.rooms:
            choices = [r for r in self.problem.room_choices(request) if r not in given]
            free = [r for r in choices if self._free(r, lesson, start)]
            given.append(None if request.optional else self.draw.choice(free or choices))
        return tuple(given)

    def _free(self, who: str, lesson: Lesson, start: int) -> bool:
        return self.busy.get(who, set()).isdisjoint(self._cells(lesson, start))

    def _cells(self, lesson: Lesson, start: int) -> range:
        return range(start, start + lesson.duration)


def held(found: XhsttImport, timetable: Timetable) -> list[Held]:
    result = []
    for p in timetable.placements:
        lesson = found.problem.lesson[p.lesson]
        roles = found.roles[lesson.course]
        given = [*zip(roles.teachers, p.teachers, strict=True), *zip(roles.rooms, p.rooms, strict=True)]
        filled = {role: r for role, r in given if role is not None and r is not None}
        result.append(Held(lesson.course, p.start, lesson.duration, filled))
    return result


REAL = (
    "AU-BG-98",
    "AU-SA-96",
    "AU-TE-99",
    "ArtificialSudoku4x4",
    "DK-VG-09",
    "FI-PB-98",
    "FinlandArtificialSchool",
    "FinlandElementarySchool",
    "GR-H1-97",
    "GR-P3-10",
    "GreeceFirstHighSchoolAigio2010",
    "GreeceWesternGreeceUniversityInstance3",
    "GreeceWesternGreeceUniversityInstance5",
    "IT-I4-96",
    "ItalyInstance1",
    "NL-KP-09",
    "UK-SP-06",
    "US-WS-09",
)
"""All but the three that have no soft constraint, and the four of events of pairs (`test_pairs`)."""


@pytest.mark.slow
@pytest.mark.parametrize("name", REAL)
def test_cost_is_that_of_the_archive(name: str, instances: Path) -> None:
    """The rules, the evaluator and the count of the tests say the same of any complete timetable."""
    file = instances / f"xhstt/{name}.xml.gz"
    found, direct = read_xhstt(file), Direct(load(file))
    timetable = Drawing(found, seed=11).timetable()
    judged, evaluated = score(found.problem, timetable), costs_of(file, found, timetable)
    assert direct.costs(held(found, timetable)) == (evaluated.hard, evaluated.soft)
    assert judged.soft == evaluated.soft
    assert (judged.hard == 0) == (evaluated.hard == 0)
    assert judged.unplaced == 0
