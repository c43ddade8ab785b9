"""Planted troubles: each is found, with numbers, rows and ids; the same school without the trouble is silent.

Two days of three periods (cells 0-2 Mon, 3-5 Tue) unless said otherwise.
"""

from typing import Any

from models.diagnose import Finding, diagnose, told
from models.problem import Lesson, Pin, Problem, Room, RoomRequest, SchoolClass, Teacher
from models.rules import AnyRule
from models.rules.base import Who
from models.rules.different_day import DifferentDay
from models.rules.home_room import HomeRoom
from models.rules.lunch_break import LunchBreak
from models.rules.max_days import MaxDays
from models.rules.max_in_a_row import MaxInARow
from models.rules.max_periods_per_day import MaxPeriodsPerDay
from models.rules.max_periods_per_week import MaxPeriodsPerWeek
from models.rules.max_simultaneous import MaxSimultaneous
from models.rules.max_span_per_day import MaxSpanPerDay
from models.rules.min_days import MinDays
from models.rules.min_days_between import MinDaysBetween
from models.rules.min_periods_per_day import MinPeriodsPerDay
from models.rules.not_overlapping import NotOverlapping
from models.rules.not_twice_a_day import NotTwiceADay
from models.rules.preferred_rooms import PreferredRooms
from models.rules.preferred_times import PreferredTimes
from models.rules.room_capacity import RoomCapacity
from models.rules.same_start import SameStart
from models.rules.unavailable import Unavailable
from models.time import Day, Period, PeriodGrid

MONDAY, TUESDAY = (0, 1, 2), (3, 4, 5)
LAB = RoomRequest(features=("lab",))
T = Who(kind="teacher", ids=("T",))


def school(*lessons: Lesson, rules: tuple[AnyRule, ...] = (), **fields: Any) -> Problem:
    given: dict[str, Any] = {
        "grid": PeriodGrid(
            days=(Day(id="Mon"), Day(id="Tue")),
            periods=tuple(Period(id=f"P{p}", start=480 + 60 * p, end=540 + 60 * p) for p in (1, 2, 3)),
        ),
        "teachers": (Teacher(id="T", source="Teachers!A2"), Teacher(id="U", source="Teachers!A3"), Teacher(id="V")),
        "classes": (SchoolClass(id="7A", size=25, source="Classes!A2"), SchoolClass(id="7B", source="Classes!A3")),
        "rooms": (
            Room(id="LAB1", features=("lab",), capacity=20, source="Rooms!A2"),
            Room(id="LAB2", features=("lab",), capacity=30, source="Rooms!A3"),
            Room(id="GYM", source="Rooms!A4"),
        ),
    }
    return Problem(lessons=lessons, rules=rules, **{**given, **fields})


def lessons(count: int, **fields: Any) -> list[Lesson]:
    """Lessons x0, x1, ...; x0 stands in row Lessons!x0."""
    return [Lesson(**{"id": f"x{i}", "subject": "Math", "source": f"Lessons!x{i}", **fields}) for i in range(count)]


def ids(count: int) -> tuple[str, ...]:
    return tuple(f"x{i}" for i in range(count))


def proofs(problem: Problem) -> list[Finding]:
    return [f for f in diagnose(problem) if f.severity == "proof"]


def the_proof(problem: Problem) -> Finding:
    (found,) = proofs(problem)
    return found


# ---- periods needed and periods free ---------------------------------------------------------------------------------


def test_class_with_more_periods_than_the_week() -> None:
    assert proofs(school(*lessons(6, classes=("7A",)))) == []
    found = the_proof(school(*lessons(7, classes=("7A",))))
    assert (found.kind, found.sentence) == ("load", "Class 7A needs 7 periods, the week has 6")
    assert found.sources == ("Classes!A2", *(f"Lessons!x{i}" for i in range(7)))
    assert (found.lessons, found.who) == (ids(7), ("7A",))


def test_teacher_with_more_periods_than_he_is_free() -> None:
    closed = Unavailable(who=T, cells=TUESDAY, source="Unavailable!A2")
    assert proofs(school(*lessons(3, teachers=("T",)), rules=(closed,))) == []
    found = the_proof(school(*lessons(4, teachers=("T",)), rules=(closed,)))
    assert found.sentence == "Teacher T teaches 4 periods, is free in only 3"
    assert found.sources[:2] == ("Teachers!A2", "Unavailable!A2")


def test_soft_rules_prove_nothing() -> None:
    closed = Unavailable(who=T, cells=TUESDAY, weight=100)
    limit = MaxPeriodsPerDay(who=T, limit=1, weight=100)
    assert proofs(school(*lessons(6, teachers=("T",)), rules=(closed, limit))) == []


def test_weeks_are_counted_apart() -> None:
    """7 lessons in week A, 6 in week B."""
    grid = school().grid.model_copy(update={"weeks": ("A", "B")})
    both, extra = lessons(6, teachers=("T",)), Lesson(id="y", teachers=("T",), weeks=(0,))
    assert proofs(school(*both[:5], extra, grid=grid)) == []
    assert (
        the_proof(school(*both, extra, grid=grid)).sentence == "Teacher T teaches 7 periods in week A, the week has 6"
    )


def test_a_warning_of_one_week_does_not_hide_the_proof_of_another() -> None:
    """6 lessons fill week A, week B has 7."""
    grid = school().grid.model_copy(update={"weeks": ("A", "B")})
    extra = Lesson(id="y", teachers=("T",), weeks=(1,))
    found = the_proof(school(*lessons(6, teachers=("T",)), extra, grid=grid))
    assert found.sentence == "Teacher T teaches 7 periods in week B, the week has 6"


def test_student_sets_of_one_class_tell_their_trouble_once() -> None:
    parts = tuple(SchoolClass(id=f"7A{i}", part_of="7A", split="s") for i in (1, 2))
    own = [Lesson(id=f"own{i}", classes=(f"7A{i}",)) for i in (1, 2)]
    found = the_proof(school(*lessons(6, classes=("7A",)), *own, classes=(SchoolClass(id="7A"), *parts)))
    assert found.sentence == "Class 7A1 needs 7 periods, the week has 6"


def test_a_teacher_without_any_free_period_is_a_warning() -> None:
    (found,) = diagnose(school(*lessons(6, teachers=("T",))))
    assert (found.kind, found.severity) == ("full", "warning")
    assert found.sentence == "Teacher T is needed in every one of the 6 free periods; nothing can be moved"


# ---- pools -----------------------------------------------------------------------------------------------------------


def test_labs_on_one_day() -> None:
    """LAB2 is closed: on Monday LAB1 has 3 periods."""
    closed = Unavailable(who=Who(kind="room", ids=("LAB2",)), cells=(*MONDAY, *TUESDAY), source="Unavailable!A2")
    monday = PreferredTimes(lessons=ids(4), cells=MONDAY, source="Rules!A2")
    assert proofs(school(*lessons(4, rooms=(LAB,)), rules=(monday,))) == []
    found = the_proof(school(*lessons(4, rooms=(LAB,)), rules=(monday, closed)))
    assert found.sentence == (
        "4 lessons with 4 periods (4 × Math) must share the 2 rooms LAB1 and LAB2 on Mon, where only 3 can be had"
    )
    assert found.sources[:3] == ("Rooms!A2", "Rooms!A3", "Unavailable!A2")
    assert "Rules!A2" in found.sources


def test_only_lab_on_one_day() -> None:
    rules = (PreferredTimes(lessons=ids(4), cells=MONDAY), PreferredRooms(lessons=ids(4), rooms=("LAB1",)))
    assert the_proof(school(*lessons(4, rooms=(LAB,)), rules=rules)).sentence == (
        "4 lessons with 4 periods (4 × Math) must share room LAB1 on Mon, where only 3 can be had"
    )


def test_rooms_that_only_together_are_too_few() -> None:
    """LAB1 or LAB2: 7 periods; LAB2 or GYM: 12 periods; each pair has 12, all three have 18."""
    left, right = RoomRequest(any_of=("LAB1", "LAB2")), RoomRequest(any_of=("LAB2", "GYM"))
    many = lessons(7, rooms=(left,)), [Lesson(id=f"y{i}", rooms=(right,)) for i in range(12)]
    assert proofs(school(*many[0][:6], *many[1])) == []
    found = the_proof(school(*many[0], *many[1]))
    assert found.sentence == ("19 lessons need one of the 3 rooms GYM, LAB1 and LAB2 for 19 periods, only 18 are free")


def test_candidates_of_any_teacher() -> None:
    """T has 6 lessons of his own, U 1: for lessons of T or U 5 periods are left."""
    own = [*lessons(6, teachers=("T",)), Lesson(id="u", teachers=("U",))]
    chosen = [Lesson(id=f"y{i}", any_teacher=(("T", "U"),)) for i in range(6)]
    assert proofs(school(*own, *chosen[:5])) == []
    assert the_proof(school(*own, *chosen)).sentence == (
        "13 lessons need one of the 2 teachers T and U for 13 periods, only 12 are free"
    )


def test_optional_rooms_prove_nothing() -> None:
    assert proofs(school(*lessons(20, rooms=(RoomRequest(any_of=("GYM",), optional=True),)))) == []


def test_lessons_too_large_for_their_rooms() -> None:
    rule = RoomCapacity(source="Rules!A2")
    fits = lessons(1, rooms=(LAB,), classes=("7A",))
    assert proofs(school(*fits, rules=(rule,))) == []
    found = the_proof(school(*lessons(1, rooms=(LAB,), classes=("7A",), students=31), rules=(rule,)))
    assert found.sentence == (
        "Math 7A has no possible start: of the rooms LAB1 (20 seats) and LAB2 (30 seats) it needs seats for 31"
    )
    assert found.sources == ("Lessons!x0", "Rules!A2")


def test_seats_narrow_the_pool() -> None:
    """25 students fit only into LAB2, which has 6 periods."""
    seven = [Lesson(id=f"x{i}", rooms=(LAB,), students=25) for i in range(7)]
    assert proofs(school(*seven)) == []
    assert the_proof(school(*seven, rules=(RoomCapacity(),))).sentence == (
        "Room LAB2 is needed for 7 periods, the week has 6"
    )


def test_one_home_room_for_two_classes() -> None:
    rules = tuple(HomeRoom(who=Who(kind="class", ids=(c,)), room="GYM") for c in ("7A", "7B"))
    both = [Lesson(id=f"{c}{i}", classes=(c,), rooms=(RoomRequest(),)) for c in ("7A", "7B") for i in range(4)]
    assert proofs(school(*both, rules=rules[:1])) == []
    assert the_proof(school(*both, rules=rules)).sentence == "Room GYM is needed for 8 periods, the week has 6"


def test_home_room_that_other_rules_forbid() -> None:
    home = HomeRoom(who=Who(kind="class", ids=("7A",)), room="GYM", source="Classes!F2")
    labs = PreferredRooms(lessons=ids(1), rooms=("LAB1", "LAB2"), source="Rules!A2")
    anywhere = lessons(1, classes=("7A",), rooms=(RoomRequest(),))
    assert proofs(school(*anywhere, rules=(home,))) == []
    found = the_proof(school(*anywhere, rules=(home, labs)))
    assert found.sentence == "Math 7A should be in the home room GYM, but may only use LAB1 and LAB2"
    assert found.sources == ("Lessons!x0", "Rules!A2", "Classes!F2")


def test_rooms_required_that_do_not_fulfil_the_request() -> None:
    rule = PreferredRooms(lessons=ids(1), rooms=("GYM",), source="Rules!A2")
    found = the_proof(school(*lessons(1, rooms=(LAB,)), rules=(rule,)))
    assert found.sentence == (
        "Math has no possible start: of the rooms LAB1 (20 seats) and LAB2 (30 seats) it needs one of GYM"
    )
    assert found.sources == ("Lessons!x0", "Rules!A2")


# ---- times -----------------------------------------------------------------------------------------------------------


def test_lessons_that_fit_only_into_the_same_few_periods() -> None:
    """3 lessons of T for Mon P1 and Mon P2; the innocent lesson can be anywhere."""
    first = PreferredTimes(lessons=ids(3), cells=(0, 1), source="Rules!A2")
    innocent = Lesson(id="z", subject="Art", teachers=("T",))
    assert proofs(school(*lessons(2, teachers=("T",)), Lesson(id="x2"), innocent, rules=(first,))) == []
    found = the_proof(school(*lessons(3, teachers=("T",)), innocent, rules=(first,)))
    assert found.sentence == (
        "3 lessons with 3 periods (3 × Math) must share teacher T on Mon P1 and Mon P2, where only 2 can be had"
    )
    assert found.lessons == ids(3)
    assert "Rules!A2" in found.sources


def test_doubles_that_do_not_fit_side_by_side() -> None:
    """Each day of three periods holds one double."""
    assert proofs(school(*lessons(2, classes=("7A",), duration=2))) == []
    assert the_proof(school(*lessons(3, classes=("7A",), duration=2))).sentence == (
        "Class 7A should have 3 lessons of 2 or more periods in a row, the free stretches hold only 2"
    )


def test_lesson_without_a_possible_start_names_the_rows_in_its_way() -> None:
    """T is there on Monday only, the times allow Tuesday only; what keeps U away is innocent."""
    rules = (
        Unavailable(who=T, cells=TUESDAY, source="Unavailable!A2"),
        Unavailable(who=Who(kind="teacher", ids=("U",)), cells=(0,), source="Unavailable!A3"),
        PreferredTimes(lessons=ids(1), cells=TUESDAY, source="Rules!A2"),
    )
    assert proofs(school(*lessons(1, teachers=("U",)), rules=rules)) == []
    found = the_proof(school(*lessons(1, classes=("7A",), teachers=("T", "U")), rules=rules))
    assert found.sentence == "Math 7A has no possible start: its times: only Tue; teacher T: only Mon"
    assert found.sources == ("Lessons!x0", "Rules!A2", "Unavailable!A2")


def test_pin_against_availability() -> None:
    closed = Unavailable(who=T, cells=(0,), source="Unavailable!A2")
    pinned = lessons(1, teachers=("T",), pin=Pin(start=0))
    assert the_proof(school(*pinned, rules=(closed,))).sentence == (
        "Math has no possible start: it is pinned to Mon P1; teacher T: only Mon P2, Mon P3 and Tue"
    )


def test_no_room_with_the_features_asked() -> None:
    found = the_proof(school(*lessons(1, rooms=(RoomRequest(features=("pool",)),))))
    assert found.sentence == "Math has no possible start: no room fulfils its request"


def test_lessons_together_without_a_common_start() -> None:
    rules = (
        SameStart(lessons=("a", "b"), source="Lessons!J2"),
        PreferredTimes(lessons=("a",), cells=MONDAY, source="Rules!A2"),
        PreferredTimes(lessons=("b",), cells=TUESDAY, source="Rules!A3"),
    )
    pair = Lesson(id="a", subject="Art"), Lesson(id="b", subject="Bio")
    found = the_proof(school(*pair, rules=rules))
    assert found.sentence == "Art and Bio cannot start together: Art: its times: only Mon; Bio: its times: only Tue"
    assert set(found.sources) == {"Lessons!J2", "Rules!A2", "Rules!A3"}


# ---- contradictions --------------------------------------------------------------------------------------------------


def test_pins_that_clash() -> None:
    """The double on Mon P1-P2 and the single on Mon P2 share T; the one on Mon P3 is innocent."""
    fields: dict[str, Any] = {"teachers": ("T",)}
    double = Lesson(id="a", subject="Art", duration=2, pin=Pin(start=0), source="Fixed!A2", **fields)
    single = Lesson(id="b", subject="Bio", pin=Pin(start=1), source="Fixed!A3", **fields)
    innocent = Lesson(id="c", subject="Chem", pin=Pin(start=2), **fields)
    found = proofs(school(double, single, innocent))[0]
    assert (found.kind, found.sentence) == ("clash", "Art and Bio are both pinned to Mon P2, but share teacher T")
    assert (found.sources, found.lessons, found.who) == (("Fixed!A2", "Fixed!A3"), ("a", "b"), ("T",))
    assert proofs(school(double, innocent)) == []


def test_together_with_a_teacher_in_common() -> None:
    rule = SameStart(lessons=ids(2), source="Lessons!J2")
    assert proofs(school(*lessons(2), rules=(rule,))) == []
    found = the_proof(school(*lessons(2, teachers=("T",)), rules=(rule,)))
    assert found.sentence == "Math and Math must start together, but share teacher T"
    assert "Lessons!J2" in found.sources


# ---- limits ----------------------------------------------------------------------------------------------------------


def limited(count: int, *rules: AnyRule) -> list[str]:
    return [f.sentence for f in proofs(school(*lessons(count, teachers=("T",)), rules=rules))]


def test_limits_leave_too_little_room() -> None:
    cases: list[tuple[AnyRule, int, str]] = [
        (MaxPeriodsPerDay(who=T, limit=2), 4, "at most 2 a day"),
        (MaxPeriodsPerWeek(who=T, limit=4), 4, "at most 4 a week"),
        (MaxDays(who=T, limit=1), 3, "at most 1 day"),
        (MaxInARow(who=T, limit=1), 4, "at most 1 in a row"),  # P1 and P3 of each day
        (MaxSpanPerDay(who=T, limit=2), 4, "at most 2 from first to last on a day"),
        (LunchBreak(who=T, cells=(1, 2, 4, 5)), 4, "a lunch break of 1"),
    ]
    for rule, fit, words in cases:
        assert limited(fit, rule) == []
        assert limited(fit + 1, rule) == [f"Teacher T has {fit + 1} periods, but {words} leave room for {fit}"]


def test_only_the_limits_that_matter_are_named() -> None:
    day, days, week = MaxPeriodsPerDay(who=T, limit=2), MaxDays(who=T, limit=1), MaxPeriodsPerWeek(who=T, limit=5)
    assert limited(2, day, days, week) == []
    assert limited(3, week, day, days) == [
        "Teacher T has 3 periods, but at most 2 a day and at most 1 day leave room for 2"
    ]


def test_limits_on_some_lessons_count_these_only() -> None:
    limit = MaxPeriodsPerDay(who=T, limit=1, tags=("subject:PE",))
    sport = [Lesson(id=f"pe{i}", subject="PE", teachers=("T",)) for i in range(3)]
    assert proofs(school(*sport[:2], *lessons(3, teachers=("T",)), rules=(limit,))) == []
    assert the_proof(school(*sport, *lessons(3, teachers=("T",)), rules=(limit,))).lessons == ("pe0", "pe1", "pe2")


def test_too_little_for_the_days_asked() -> None:
    assert limited(4, MinPeriodsPerDay(who=T, limit=2, empty_days=False)) == []
    assert limited(3, MinPeriodsPerDay(who=T, limit=2, empty_days=False)) == [
        "Teacher T should have 2 a day on at least 2 days, but has 3 periods"
    ]
    assert limited(1, MinPeriodsPerDay(who=T, limit=2)) == [
        "Teacher T should have 2 a day on at least 1 day, but has 1 period"
    ]
    assert limited(1, MinDays(who=T, limit=2)) == ["Teacher T should have lessons on 2 days, at most 1 would do"]
    assert limited(2, MinDays(who=T, limit=2)) == []


# ---- sets of lessons -------------------------------------------------------------------------------------------------


def together(count: int, *rules: AnyRule, **fields: Any) -> list[str]:
    return [f.sentence for f in proofs(school(*lessons(count, **fields), rules=rules))]


def test_more_lessons_than_days() -> None:
    rule = DifferentDay(lessons=ids(3), source="Rules!A2")
    found = the_proof(school(*lessons(3), rules=(rule,)))
    assert found.sentence == ("3 lessons (3 × Math) must be on different days, but only 2 days would do: Mon and Tue")
    assert found.sources == ("Rules!A2", "Lessons!x0", "Lessons!x1", "Lessons!x2")
    assert together(3, DifferentDay(lessons=ids(2))) == []


def test_days_on_which_the_lessons_can_be() -> None:
    closed = Unavailable(who=T, cells=TUESDAY)
    assert together(2, DifferentDay(lessons=ids(2)), closed) == []
    assert together(2, DifferentDay(lessons=ids(2)), closed, teachers=("T",)) == [
        "2 lessons (2 × Math) must be on different days, but only 1 day would do: Mon"
    ]


def test_too_many_for_so_many_a_day() -> None:
    assert together(5, NotTwiceADay(lessons=ids(4), limit=2)) == []
    assert together(5, NotTwiceADay(lessons=ids(5), limit=2)) == [
        "5 lessons (5 × Math) may be at most 2 a day, but only 2 days would do: Mon and Tue"
    ]


def test_too_many_days_apart() -> None:
    assert together(2, MinDaysBetween(lessons=ids(2), days=1)) == []
    assert together(2, MinDaysBetween(lessons=ids(2), days=2)) == [
        "2 lessons (2 × Math) must be 2 days apart, no more than 1 of them fit into 2 days"
    ]


def test_too_many_at_a_time() -> None:
    assert together(7, NotOverlapping(lessons=ids(6)), MaxSimultaneous(lessons=ids(7), limit=2)) == []
    (sentence,) = together(7, NotOverlapping(lessons=ids(7)))
    assert sentence == (
        "7 lessons with 7 periods (7 × Math), at most 1 at a time, fit only into Mon and Tue, which is too little"
    )
    assert len(together(13, MaxSimultaneous(lessons=ids(13), limit=2))) == 1
    assert together(13, MaxSimultaneous(lessons=ids(13), limit=2, cells=MONDAY)) == []


def test_equal_sentences_are_told_once_with_all_their_rows() -> None:
    def of(sentence: str, *sources: str) -> Finding:
        return Finding("no_start", "proof", sentence, sources)

    found = [of("no start", "Lessons!A2"), of("too many"), of("no start", "Lessons!A2", "Unavailable!A7")]
    assert told(found) == ["no start (Lessons!A2 and Unavailable!A7)", "too many"]
