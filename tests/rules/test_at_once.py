"""Rules that count lessons or periods in some times, and the rule on one teacher for all."""

import pytest

from models.problem import Lesson, Pin
from models.rules import AnyRule
from models.rules.max_simultaneous import MaxSimultaneous
from models.rules.max_slots_used import MaxSlotsUsed
from models.rules.max_total_in_times import MaxTotalInTimes
from models.rules.min_simultaneous import MinSimultaneous
from models.rules.min_slots_used import MinSlotsUsed
from models.rules.same_teacher import SameTeacher
from tests.rules.lesson_week import amount, both_twins_find, cells, cheapest, lesson, violations

AB = ("a", "b")
ABC = ("a", "b", "c")
MORNING = cells("Mon1 Mon2 Mon3")


@pytest.mark.parametrize(
    ("rule", "lessons", "expected"),
    [
        (MaxSimultaneous(lessons=ABC, limit=1), "a*2 Mon1, b Mon3, c Tue1, z Mon1", 0),
        (MaxSimultaneous(lessons=ABC, limit=1), "a*2 Mon1, b Mon2, c Mon2, z Tue1", 2),
        (MaxSimultaneous(lessons=ABC, limit=1), "a@A Mon1, b@B Mon1, c@B Mon1", 1),  # 1 in week A, 2 in week B
        (MaxSimultaneous(lessons=AB, limit=0, cells=MORNING), "a*2 Mon2, b Mon4", 2),
        (MinSimultaneous(lessons=ABC, limit=2, cells=cells("Mon2")), "a*2 Mon1, b Mon2, c Mon3, z Mon2", 0),
        (MinSimultaneous(lessons=ABC, limit=2, cells=cells("Mon1 Mon2")), "a*2 Mon1, b Mon2, c Mon3", 1),
        (MinSimultaneous(lessons=AB, limit=1, cells=cells("Mon1")), "a@A Mon1, b Mon2", 1),  # nobody in week B
        (MaxSlotsUsed(lessons=ABC, limit=2), "a*2 Mon1, b Mon1, c Mon2, z Fri1", 0),
        (MaxSlotsUsed(lessons=ABC, limit=2), "a*2 Mon1, b Mon3, c Mon4", 2),
        (MaxSlotsUsed(lessons=ABC, limit=1, cells=MORNING), "a Mon1, b Mon4, c Tue1", 0),
        (MinSlotsUsed(lessons=ABC, limit=2, cells=MORNING), "a*2 Mon1, b Mon1, c Fri1, z Mon3", 0),
        (MinSlotsUsed(lessons=ABC, limit=3, cells=MORNING), "a*2 Mon1, b Mon1, c Mon4, z Mon3", 1),
        (MinSlotsUsed(lessons=ABC, limit=3, cells=MORNING, or_none=True), "a*2 Tue1, b Tue1, c Fri1, z Mon3", 0),
        (MinSlotsUsed(lessons=ABC, limit=3, cells=MORNING, or_none=True), "a Mon1, b Tue1, c Fri1", 2),
        (MaxTotalInTimes(lessons=ABC, limit=1, cells=MORNING), "a*2 Mon1, b Mon4, c Tue1, z Mon1", 0),
        (MaxTotalInTimes(lessons=ABC, limit=0, cells=MORNING[1:], starts=True), "a*2 Mon1, b Mon4, c Tue1", 0),
        (MaxTotalInTimes(lessons=ABC, limit=0, cells=MORNING[1:], starts=True), "a*2 Mon1, b*2 Mon2, c Tue1", 1),
        (MaxTotalInTimes(lessons=ABC, limit=1, cells=MORNING), "a*2 Mon1, b Mon3, c Mon3, z Mon4", 2),
    ],
    ids=str,
)
def test_both_sides_of_the_boundary(rule: AnyRule, lessons: str, expected: int) -> None:
    both_twins_find(expected, rule, lessons)


def test_lessons_without_a_place_count_for_what_they_could_fill() -> None:
    fill = MinSlotsUsed(lessons=ABC, limit=3, cells=MORNING)
    assert amount(fill, "a Mon1", "b*2", "c Fri1") == 0
    assert amount(fill, "a Mon1", "b", "c Fri1") == 1
    assert amount(fill, "a", "b", "c") == 0
    meet = MinSimultaneous(lessons=ABC, limit=2, cells=MORNING[:1])
    assert amount(meet, "a Mon1", "b", "c Fri1") == 0
    assert amount(meet, "a Mon2", "b", "c Fri1") == 1
    assert amount(meet, "a", "b", "c") == 0


def test_sentences_give_time_and_numbers() -> None:
    (found,) = violations(MaxSimultaneous(lessons=AB, limit=1), "a Mon1", "b Mon1")
    assert (found.lessons, found.sentence) == (AB, "2 of the lessons are on Mon 1, at most 1 are allowed")


@pytest.mark.parametrize(
    ("rule", "feasible", "infeasible"),
    [
        (MaxSimultaneous(lessons=ABC, limit=2), ("a Mon1", "b Mon1", "c"), ("a Mon1", "b Mon1", "c Mon1")),
        (MinSimultaneous(lessons=ABC, limit=2, cells=MORNING[:1]), ("a", "b", "c Fri1"), ("a", "b Tue1", "c Fri1")),
        (MaxSlotsUsed(lessons=ABC, limit=2), ("a*2 Mon1", "b", "c"), ("a*2 Mon1", "b", "c Mon3")),
        (MinSlotsUsed(lessons=ABC, limit=3, cells=MORNING), ("a*2", "b", "c Fri1"), ("a", "b", "c Fri1")),
        (MaxTotalInTimes(lessons=ABC, limit=1, cells=MORNING), ("a Mon1", "b", "c"), ("a Mon1", "b", "c Mon2")),
    ],
    ids=str,
)
def test_solver(rule: AnyRule, feasible: tuple[str, ...], infeasible: tuple[str, ...]) -> None:
    assert cheapest(rule, *feasible) == 0
    assert cheapest(rule, *infeasible) is None


# ---- one teacher for all ---------------------------------------------------------------------------------------------


def by(written: str, chosen: str | None, among: str = "TUV") -> Lesson:
    """A lesson with one teacher to choose."""
    plain = lesson(written, any_teacher=(tuple(among),))
    pin = Pin(start=plain.pin.start, teachers=None if chosen is None else (chosen,))
    return plain.model_copy(update={"pin": pin})


@pytest.mark.parametrize(("teachers", "expected"), [("TTT", 0), ("TTU", 1), ("TUV", 2)])
def test_teachers_beyond_the_first_count(teachers: str, expected: int) -> None:
    lessons = [by(f"{x} Mon{i + 1}", t) for i, (x, t) in enumerate(zip("abc", teachers, strict=True))]
    innocent = by("z Mon4", "V")
    assert amount(SameTeacher(lessons=ABC), *lessons, innocent) == expected
    assert cheapest(SameTeacher(lessons=ABC, weight=1), *lessons, innocent) == expected
    assert (cheapest(SameTeacher(lessons=ABC), *lessons, innocent) is None) == (expected > 0)


def test_solver_finds_the_common_teacher() -> None:
    """T and U or U and V have U in common; T alone and V alone nothing."""
    assert cheapest(SameTeacher(lessons=AB), by("a Mon1", None, "TU"), by("b Mon2", None, "UV")) == 0
    assert cheapest(SameTeacher(lessons=AB), by("a Mon1", None, "T"), by("b Mon2", None, "UV")) is None


def pair(written: str, chosen: str) -> Lesson:
    """A lesson with two teachers to choose."""
    plain = lesson(written, any_teacher=(tuple("TUV"), tuple("TUV")))
    return plain.model_copy(update={"pin": Pin(start=plain.pin.start, teachers=tuple(chosen))})


@pytest.mark.parametrize(("position", "expected"), [(0, 0), (1, 1), (None, 2)])
def test_one_position_of_several_teachers_can_be_meant(position: int | None, expected: int) -> None:
    lessons = pair("a Mon1", "TU"), pair("b Mon2", "TV")
    rule = SameTeacher(lessons=AB, position=position)
    assert amount(rule, *lessons) == expected
    assert cheapest(rule.model_copy(update={"weight": 1}), *lessons) == expected
