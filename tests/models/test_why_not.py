"""Places of a lesson by hand: the free one, the conflicting one, the innocent rest; rooms, swaps, lessons together."""

import datetime as dt

import pytest

from models.problem import Lesson, Pin, Problem, Room, RoomRequest, SchoolClass, Teacher
from models.rules import AnyRule, Who
from models.rules.buffer import Buffer
from models.rules.max_gaps_per_week import MaxGapsPerWeek
from models.rules.preferred_times import PreferredTimes
from models.rules.same_start import SameStart
from models.rules.unavailable import Unavailable
from models.time import ClockGrid, Day, Grid, Opening, Period, PeriodGrid
from models.timetable import Placement, Timetable
from models.what_if import Place, WhatIf, WhyNot

WEEK = PeriodGrid(
    days=(Day(id="Mon"), Day(id="Tue")),
    periods=tuple(Period(id=f"P{n + 1}", start=480 + 60 * n, end=530 + 60 * n) for n in range(3)),
)
CLOCK = ClockGrid(openings=(Opening(date=dt.date(2030, 1, 7), start=480, end=600),), step=30)
PLACED = (("first", 0, "R1"), ("other", 1, "R2"), ("innocent", 1, "R1"))


def school(*rules: AnyRule, grid: Grid = WEEK, pin: Pin = Pin()) -> Problem:  # noqa: B008  frozen
    """`first` and `other` of class A, `innocent` of class B; each teacher one lesson, two rooms."""
    lessons = (("first", "A", "ANN"), ("other", "A", "BOB"), ("innocent", "B", "CEM"))
    return Problem(
        grid=grid,
        teachers=tuple(Teacher(id=t) for t in ("ANN", "BOB", "CEM")),
        classes=(SchoolClass(id="A"), SchoolClass(id="B")),
        rooms=(Room(id="R1"), Room(id="R2")),
        lessons=tuple(
            Lesson(id=x, classes=(c,), teachers=(t,), rooms=(RoomRequest(),), pin=pin if x == "first" else Pin())
            for x, c, t in lessons
        ),
        rules=rules,
    )


def asked(problem: Problem, lesson: str = "first", room: str | None = None, without: str = "") -> WhyNot:
    placed = tuple(Placement(lesson=x, start=c, rooms=(r,)) for x, c, r in PLACED if x != without)
    return WhatIf(problem, Timetable(placements=placed)).why_not(lesson, room)


def at(answer: WhyNot, cell: int) -> Place:
    place = answer.at(cell)
    assert place is not None
    return place


def test_the_place_it_has_changes_nothing() -> None:
    place = at(asked(school()), 0)
    assert (place.free, place.hard, place.soft, place.new, place.gone) == (True, 0, 0, (), ())


def test_another_lesson_of_the_class_is_in_the_way_and_the_innocent_is_not() -> None:
    place = at(asked(school()), 1)
    assert place.in_the_way == ["other", "innocent"]  # class A has `other`, and both rooms are taken
    assert place.blocks[0].sentence == "A has A and A at the same time on Mon P2"


def test_a_free_place_has_a_price() -> None:
    rule = PreferredTimes(lessons=("first",), cells=(0, 2), weight=5)
    place = at(asked(school(rule)), 3)
    assert (place.free, place.hard, place.soft) == (True, 0, 5)
    assert [v.sentence for v in place.new] == ["A (Tue P1) is not at one of its preferred times"]


def test_leaving_a_bad_place_is_a_gain() -> None:
    rule = PreferredTimes(lessons=("first",), cells=(3,), weight=5)
    place = at(asked(school(rule)), 3)
    assert (place.soft, len(place.gone)) == (-5, 1)


def test_a_teacher_who_is_not_there_blocks() -> None:
    rule = Unavailable(who=Who(kind="teacher", ids=("ANN",)), cells=(2,))
    place = at(asked(school(rule)), 2)
    assert [v.sentence for v in place.blocks] == ["ANN is not available on Mon P3, but has A"]
    assert place.in_the_way == []


def test_gaps_of_the_class_are_counted_with_the_others() -> None:
    rule = MaxGapsPerWeek(who=Who(kind="class"), limit=0, weight=3)
    prices = [at(asked(school(rule)), cell).soft for cell in (0, 2, 3)]
    assert prices == [0, 0, 0]  # other is in Mon P2: before it, after it, or on another day, never a gap
    later = WhatIf(
        school(rule),
        Timetable(
            placements=tuple(Placement(lesson=x, start=c, rooms=("R1",)) for x, c in (("first", 1), ("other", 2)))
        ),
    ).why_not("first")
    assert [at(later, cell).soft for cell in (0, 1)] == [3, 0]  # Mon P1 and P3 leave a gap between


def test_places_are_ranked_free_ones_first() -> None:
    rule = PreferredTimes(lessons=("first",), cells=(0, 5), weight=5)
    assert [p.start for p in asked(school(rule)).best] == [5, 2, 3, 4, 1]


def test_a_pinned_lesson_may_go_nowhere_else() -> None:
    place = at(asked(school(pin=Pin(start=0))), 3)
    assert [v.sentence for v in place.blocks] == ["A (Tue P1) is pinned to Mon P1"]


def test_a_lesson_without_a_place_gets_one() -> None:
    answer = asked(school(), without="first")
    assert (answer.now, answer.swaps) == (None, ())
    assert [p.start for p in answer.best] == [0, 2, 3, 4, 5, 1]
    assert {p.unplaced for p in answer.places} == {-1}


def test_the_room_that_is_free_is_taken_unless_one_is_asked_for() -> None:
    # R1 is taken by `innocent` on Mon P2, R2 by `other`
    assert at(asked(school(), without="other"), 1).placements[0].rooms == ("R2",)
    taken = at(asked(school(), room="R1", without="other"), 1)
    assert (taken.placements[0].rooms, taken.in_the_way) == (("R1",), ["innocent"])


def test_two_lessons_exchange_their_times() -> None:
    rule = PreferredTimes(lessons=("other",), cells=(0,), weight=4)
    (swap,) = asked(school(rule), "other").swaps
    assert (swap.other, swap.place.soft, swap.place.free) == ("first", -4, True)
    assert [(p.lesson, p.start) for p in swap.place.placements] == [("other", 0), ("first", 1)]


def test_lessons_that_start_together_go_together() -> None:
    place = at(asked(school(SameStart(lessons=("other", "innocent"))), "other"), 3)
    assert [(p.lesson, p.start) for p in place.placements] == [("other", 3), ("innocent", 3)]
    assert place.free


def test_buffers_count_on_a_clock() -> None:
    rule = Buffer(who=Who(kind="class"), minutes=45)
    answer = asked(school(rule, grid=CLOCK))
    # `other` is from 08:30 to 09:00: only from 09:45 on there is pause enough, and the day ends at 10:00
    assert [at(answer, cell).free for cell in (2, 3)] == [False, False]
    assert "pause of 0 min" in at(answer, 2).blocks[0].sentence
    assert at(asked(school(grid=CLOCK)), 2).free


@pytest.mark.parametrize(
    ("lesson", "room", "message"), [("none", None, "no lesson 'none'"), ("first", "R9", "no room 'R9'")]
)
def test_what_is_not_known_is_refused(lesson: str, room: str | None, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        asked(school(), lesson, room)
