"""The local search as a part of a solve."""

import time
from collections.abc import Callable
from itertools import count

import pytest

from datasets.generate import generate
from models.problem import Lesson, Pin, Problem, Room, RoomRequest, SchoolClass, Teacher
from models.rules.base import Who
from models.rules.max_site_changes import MaxSiteChanges
from models.rules.min_periods_per_day import MinPeriodsPerDay
from models.rules.travel_time import TravelTime
from models.score import score
from models.time import Day, Period, PeriodGrid
from models.timetable import Placement, Timetable
from solver.context import Search
from solver.incumbents import Incumbents
from solver.limits import Limits
from solver.result import Progress
from solver.search import layout as L  # noqa: N812
from solver.search.kernel import begin, put_back, shift, strip, undo
from solver.search.local import ALL, HEAVIEST, WORN, Climber, local_search, with_rooms
from solver.search.warm import warm_up
from tests.strategies import changed


def search_of(
    problem: Problem, seconds: float = 20.0, first: bool = True, cancel: Callable[[], bool] | None = None
) -> Search:
    warm_up()
    return Search(problem, Limits(seconds=seconds, first=first, workers=1), Incumbents(problem), cancel)


def week(days: int, periods: int) -> PeriodGrid:
    return PeriodGrid(
        days=tuple(Day(id=f"D{d}") for d in range(days)),
        periods=tuple(Period(id=f"P{p}", start=480 + 60 * p, end=525 + 60 * p) for p in range(periods)),
    )


def test_a_whole_school_is_placed() -> None:
    problem = generate(6, 2).problem
    search = search_of(problem)
    local_search(search)
    best = search.incumbents.best()
    assert best is not None
    assert best[1].complete


def test_the_price_falls_after_the_first_timetable() -> None:
    search = search_of(generate(6, 2).problem, seconds=100.0, first=False, cancel=lambda: len(prices(search)) > 1)
    local_search(search)
    assert prices(search)[-1] < prices(search)[0]


def prices(search: Search) -> list[int]:
    """What each complete timetable so far costs."""
    return [p.objective for p in search.incumbents.curve if p.unplaced == p.hard == 0 and p.objective is not None]


def test_what_does_not_fit_is_left_out_and_the_rest_is_kept() -> None:
    """Three lessons for one room and two periods: two can be placed."""
    lessons = tuple(Lesson(id=x, rooms=(RoomRequest(),)) for x in "abc")
    problem = Problem(grid=week(1, 2), rooms=(Room(id="R"),), lessons=lessons)
    search = search_of(problem, seconds=0.5)
    local_search(search)
    best = search.incumbents.best()
    assert best is not None
    assert best[1].key == (0, 1, 0)


def test_days_that_need_a_minimum_are_not_emptied_for_what_does_not_fit() -> None:
    """Two classes need three periods each, and both their first lessons need one teacher in one period."""
    lessons = tuple(
        Lesson(id=f"{c}{n}", classes=(c,), teachers=("T",) if n == 0 else (), pin=Pin(start=0 if n == 0 else None))
        for c in "AB"
        for n in range(3)
    )
    whole = MinPeriodsPerDay(who=Who(kind="class"), limit=3, empty_days=False)
    problem = Problem(
        grid=week(1, 3),
        classes=(SchoolClass(id="A"), SchoolClass(id="B")),
        teachers=(Teacher(id="T"),),
        lessons=lessons,
        rules=(whole,),
    )
    search = search_of(problem, seconds=0.5)
    local_search(search)
    best = search.incumbents.best()
    assert best is not None
    assert best[1].hard == 1
    assert best[1].unplaced <= 1


def test_shortly_before_the_end_what_was_found_is_offered_and_the_search_goes_on() -> None:
    """The pool tells that one lesson has no place while there is still time to search."""
    lessons = tuple(Lesson(id=x, rooms=(RoomRequest(),)) for x in "abc")
    search = search_of(Problem(grid=week(1, 2), rooms=(Room(id="R"),), lessons=lessons), seconds=2.0)
    climber = Climber(search, 0)
    while not climber.late:
        time.sleep(0.01)
    climber.offer_partial()
    assert not search.should_stop()
    assert search.incumbents.score is not None
    assert search.incumbents.score.key == (0, 1, 0)
    assert climber.m[L.HARD] == 1


def test_a_second_climber_begins_where_the_first_does_and_goes_another_way() -> None:
    search = search_of(generate(6, 2).problem)
    first = Climber(search, 0)
    second = Climber(search, 1, first.compiled)
    assert starts_of(second) == starts_of(first)
    before = starts_of(first)
    second.seek()
    assert starts_of(first) == before != starts_of(second)
    first.seek()
    assert starts_of(first) != starts_of(second)


def starts_of(climber: Climber) -> list[int]:
    m = climber.m
    return [int(m[m[L.START] + b]) for b in range(m[L.BLOCKS])]


def test_two_climbers_find_a_whole_school_and_one_that_fails_ends_both() -> None:
    warm_up()
    problem = generate(6, 2).problem
    search = Search(problem, Limits(seconds=20.0, first=True, workers=2), Incumbents(problem))
    local_search(search)
    assert search.incumbents.complete

    def fail(progress: Progress) -> None:
        raise ArithmeticError("display broke")

    broken = Search(problem, Limits(seconds=20.0, first=True, workers=2), Incumbents(problem, fail))
    with pytest.raises(ArithmeticError, match="display broke"):
        local_search(broken)


def test_lessons_are_left_out_a_few_at_a_time_and_in_a_hurry_all_the_same() -> None:
    climber = Climber(search_of(generate(6, 2).problem), 0)
    assert climber.m[L.HARD] > 0
    assert not strip(climber.m, 2, 1, ALL)
    assert len(out(climber)) == 2
    assert strip(climber.m, ALL, 1, ALL)
    assert climber.m[L.HARD] == 0


def test_a_lesson_stays_out_only_where_every_start_would_break_something() -> None:
    climber = Climber(search_of(generate(6, 2).problem), 0)
    m = climber.m
    assert strip(m, ALL, ALL, ALL)
    stripped = len(out(climber))
    while put_back(m):
        pass
    assert m[L.HARD] == 0
    assert len(out(climber)) <= stripped
    for block in out(climber):
        for place in range(m[m[L.STARTS_PTR] + block], m[m[L.STARTS_PTR] + block + 1]):
            begin(m)
            shift(m, block, m[m[L.STARTS] + place], True)
            assert m[L.HARD] > 0
            undo(m)


def out(climber: Climber) -> list[int]:
    """Blocks without a place."""
    m = climber.m
    return [b for b in range(m[L.BLOCKS]) if m[m[L.START] + b] < 0]


def test_rooms_can_all_be_told_apart() -> None:
    problem = generate(6, 3).problem
    climber = Climber(search_of(problem), 0)
    climber.explicit = frozenset(x.id for x in problem.lessons if x.rooms)
    climber.begin_from(None)
    climber.find_complete()
    timetable, conflicting = climber.compiled.timetable()
    assert not conflicting
    assert score(problem, timetable).complete


def test_it_goes_on_from_a_given_timetable() -> None:
    made = generate(6, 4)
    search = search_of(made.problem)
    search.incumbents.offer(made.timetable, "start")
    climber = Climber(search, 0)
    found = climber.compiled.timetable()[0]
    assert {p.lesson: p.start for p in found.placements} == {p.lesson: p.start for p in made.timetable.placements}


def test_being_told_to_stop_it_stops_and_keeps_hard_rules() -> None:
    asked = count()
    search = search_of(generate(12, 1).problem, cancel=lambda: next(asked) > 10)
    local_search(search)
    assert next(asked) < 20
    best = search.incumbents.best()
    assert best is not None
    assert best[1].hard == 0


@pytest.mark.parametrize("seed", range(3))
def test_pinned_lessons_stay_where_they_are(seed: int) -> None:
    made = generate(6, 5)
    fixed = {p.lesson: p for p in made.timetable.placements[:: 5 + seed]}
    lessons = tuple(
        changed(x, pin=changed(x.pin, start=fixed[x.id].start)) if x.id in fixed else x for x in made.problem.lessons
    )
    search = search_of(changed(made.problem, lessons=lessons))
    local_search(search)
    best = search.incumbents.best()
    assert best is not None
    placed: Timetable = best[0]
    assert all(placed.placement[x].start == p.start for x, p in fixed.items() if x in placed.placement)


def test_a_lesson_without_the_room_it_needs_is_left_out() -> None:
    lessons = (
        Lesson(id="needs", rooms=(RoomRequest(),)),
        Lesson(id="may do without", rooms=(RoomRequest(optional=True),)),
    )
    problem = Problem(grid=week(1, 2), rooms=(Room(id="R"),), lessons=lessons)
    placements = tuple(Placement(lesson=x.id, start=0, rooms=(None,)) for x in lessons)
    assert set(with_rooms(problem, Timetable(placements=placements)).placement) == {"may do without"}
    housed = Timetable(placements=(Placement(lesson="needs", start=0, rooms=("R",)),))
    assert with_rooms(problem, housed) == housed


def test_weights_that_say_nothing_any_more_are_forgotten() -> None:
    """Two lessons of one class in one period: all that is broken is as heavy as can be, so nothing is."""
    pinned = tuple(Lesson(id=x, classes=("A",), pin=Pin(start=0)) for x in "ab")
    problem = Problem(grid=week(1, 2), classes=(SchoolClass(id="A"),), lessons=(*pinned, Lesson(id="c")))
    climber = Climber(search_of(problem), 0)
    weights = []
    for _ in range(HEAVIEST):
        climber.weigh()
        weights.append(climber.m[L.HARD_WEIGHTED] // climber.m[L.HARD])
    assert weights[:3] == [2, 3, 4]
    assert max(weights) == WORN * HEAVIEST
    assert weights[weights.index(max(weights)) + 1] == 1


def test_where_somebody_is_at_one_site_only_ways_are_judged_on_any_number_of_days() -> None:
    """The facts of such a rule are fewer than the days."""
    room = Room(id="R", site="here")
    lessons = tuple(Lesson(id=f"x{i}", teachers=("T",), rooms=(RoomRequest(),)) for i in range(6))
    rules = (TravelTime(who=Who(kind="teacher"), minutes=20), MaxSiteChanges(who=Who(kind="teacher"), limit=1))
    problem = Problem(grid=week(6, 2), teachers=(Teacher(id="T"),), rooms=(room,), lessons=lessons, rules=rules)
    search = search_of(problem)
    local_search(search)
    assert search.incumbents.complete
