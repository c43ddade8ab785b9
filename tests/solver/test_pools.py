"""How finely rooms are told apart."""

from collections.abc import Iterable
from itertools import permutations

import pytest

from models.domains import Domains
from models.problem import Lesson, Pin, Problem, Room, RoomRequest, SchoolClass
from models.rules import AnyRule
from models.rules.base import Who
from models.rules.home_room import HomeRoom
from models.rules.max_gaps_per_day import MaxGapsPerDay
from models.rules.max_room_changes import MaxRoomChanges
from models.rules.max_site_changes import MaxSiteChanges
from models.rules.preferred_rooms import PreferredRooms
from models.rules.room_capacity import RoomCapacity
from models.rules.room_stability import RoomStability
from models.rules.travel_time import TravelTime
from models.rules.unavailable import Unavailable
from solver.pools import choices, nested_family
from tests.solver.rooms_world import grid

CLASS = Who(kind="class", ids=("7A",))
NORTH, SOUTH = {"N1", "N2", "N3"}, {"S1", "S2"}
ALL = NORTH | SOUTH


def school(*lessons: Lesson, rules: tuple[AnyRule, ...] = ()) -> Problem:
    """N1-N3 in the north with 10, 20 and 30 seats, S1 and S2 in the south with 20 and 30."""
    seats = {"N1": 10, "N2": 20, "N3": 30, "S1": 20, "S2": 30}
    return Problem(
        grid=grid(1, 2),
        classes=(SchoolClass(id="7A", size=15), SchoolClass(id="7B", size=5)),
        rooms=tuple(Room(id=r, capacity=n, site=r[0]) for r, n in seats.items()),
        lessons=lessons,
        rules=rules,
    )


def lesson(id_: str, *any_of: str, class_: str = "7A", **fields: object) -> Lesson:
    request = RoomRequest(any_of=any_of)
    return Lesson.model_validate({"id": id_, "classes": (class_,), "rooms": (request,), **fields})


def told_apart(problem: Problem, lesson: str, explicit: Iterable[str] = ()) -> list[set[str]]:
    """The sets among which the lesson chooses."""
    sets = choices(problem, Domains(problem), frozenset(explicit))[lesson, 0]
    return sorted((set(s) for s in sets), key=sorted)


def pools(problem: Problem, lesson: str) -> list[set[str]]:
    return sorted((set(p) for p in choices(problem, Domains(problem), frozenset())[lesson, 0].values()), key=sorted)


def singles(rooms: Iterable[str]) -> list[set[str]]:
    return [{r} for r in sorted(rooms)]


def test_without_rules_all_rooms_are_alike() -> None:
    problem = school(lesson("a"), lesson("b"))
    assert told_apart(problem, "a") == [ALL]
    assert told_apart(problem, "a", explicit=["a"]) == singles(ALL)
    assert told_apart(problem, "b", explicit=["a"]) == [ALL]


SEEN = {
    "the room itself": (RoomStability(lessons=("a",)), singles(ALL)),
    "every change of room": (MaxRoomChanges(who=CLASS, limit=0), singles(ALL)),
    "the home room": (HomeRoom(who=CLASS, room="S2", weight=1), [NORTH | {"S1"}, {"S2"}]),
    "the site, for changes": (MaxSiteChanges(who=CLASS, limit=0), [NORTH, SOUTH]),
    "the site, for ways": (TravelTime(who=CLASS, minutes=5), [NORTH, SOUTH]),
    "whether it is preferred": (
        PreferredRooms(lessons=("a",), rooms=("N1", "S1"), weight=1),
        [{"N1", "S1"}, {"N2", "N3", "S2"}],
    ),
    "the missing seats": (RoomCapacity(weight=1), [{"N1"}, ALL - {"N1"}]),
    "only the rooms it speaks of": (MaxGapsPerDay(who=Who(kind="room", ids=("N1",)), limit=0), [{"N1"}, ALL - {"N1"}]),
    "when a room is disliked": (
        Unavailable(who=Who(kind="room", ids=("N1",)), cells=(0,), weight=1),
        [{"N1"}, ALL - {"N1"}],
    ),
    "when it is closed to some": (
        Unavailable(who=Who(kind="room", ids=("N1",)), cells=(0,), tags=("subject:",)),
        [{"N1"}, ALL - {"N1"}],
    ),
}


@pytest.mark.parametrize(("rule", "sets"), SEEN.values(), ids=SEEN)
def test_what_a_rule_sees(rule: AnyRule, sets: list[set[str]]) -> None:
    problem = school(lesson("a"), rules=(rule,))
    assert told_apart(problem, "a") == sorted(sets, key=sorted)


UNSEEN = {
    "closed for all": Unavailable(who=Who(kind="room"), cells=(0,)),
    "other lessons": RoomStability(lessons=("b",)),
    "another class": MaxRoomChanges(who=Who(kind="class", ids=("7B",)), limit=0),
    "another tag": MaxRoomChanges(who=CLASS, limit=0, tags=("x",)),
    "gaps of the class": MaxGapsPerDay(who=CLASS, limit=0),
    "seats enough": RoomCapacity(lessons=("a",)),
}


@pytest.mark.parametrize("rule", UNSEEN.values(), ids=UNSEEN)
def test_what_a_rule_does_not_see(rule: AnyRule) -> None:
    small = lesson("a", students=10)
    assert told_apart(school(small, lesson("b", class_="7B"), rules=(rule,)), "a") == [ALL]


def test_rules_see_together() -> None:
    rules = (HomeRoom(who=CLASS, room="N2", weight=1), TravelTime(who=CLASS, minutes=5))
    assert told_apart(school(lesson("a"), rules=rules), "a") == [{"N1", "N3"}, {"N2"}, SOUTH]


def test_a_site_that_is_certain_is_not_looked_at() -> None:
    problem = school(lesson("a", *sorted(NORTH)), rules=(MaxSiteChanges(who=CLASS, limit=0),))
    assert told_apart(problem, "a") == [NORTH]


def test_required_rooms_are_all_there_is() -> None:
    problem = school(lesson("a"), rules=(PreferredRooms(lessons=("a",), rooms=tuple(sorted(SOUTH))),))
    assert told_apart(problem, "a") == [SOUTH]


def test_required_seats_are_all_there_is() -> None:
    assert told_apart(school(lesson("a"), rules=(RoomCapacity(),)), "a") == [ALL - {"N1"}]


def test_a_pinned_room_is_the_only_choice() -> None:
    problem = school(lesson("a", pin=Pin(rooms=("N1",))))
    assert told_apart(problem, "a") == [{"N1"}]


def test_rooms_of_crossing_sets_are_told_apart_where_they_are_less_wanted() -> None:
    """{N1, N2} and {N2, N3} cross; the first is wanted twice. {N1, N2, N3, S1} contains it."""
    problem = school(
        lesson("a", "N1", "N2"), lesson("b", "N1", "N2"), lesson("c", "N2", "N3"), lesson("d", *NORTH, "S1")
    )
    assert told_apart(problem, "a") == [{"N1", "N2"}]
    assert told_apart(problem, "c") == [{"N2"}, {"N3"}]
    assert told_apart(problem, "d") == [NORTH | {"S1"}]


def homes(*more: AnyRule) -> Problem:
    """Every one of twenty classes has its home among twenty rooms, of which the first ten are in the north."""
    return Problem(
        grid=grid(1, 2),
        classes=tuple(SchoolClass(id=f"C{i}") for i in range(20)),
        rooms=tuple(Room(id=f"R{i}", site="north" if i < 10 else "south") for i in range(20)),
        lessons=tuple(lesson(f"L{i}", class_=f"C{i}") for i in range(20)),
        rules=(*(HomeRoom(who=Who(kind="class", ids=(f"C{i}",)), room=f"R{i}", weight=1) for i in range(20)), *more),
    )


def test_all_but_the_home_room_is_counted_with_all() -> None:
    """The twenty sets of nineteen rooms overlap, but are one pool."""
    problem = homes()
    everything = {r.id for r in problem.rooms}
    for i in range(20):
        assert told_apart(problem, f"L{i}") == sorted([{f"R{i}"}, everything - {f"R{i}"}], key=sorted)
        assert everything in pools(problem, f"L{i}")


def test_all_of_a_site_but_the_home_room_is_counted_with_the_site() -> None:
    problem = homes(TravelTime(who=Who(kind="class"), minutes=5))
    north, south = ({r.id for r in problem.rooms if r.site == site} for site in ("north", "south"))
    for i in range(20):
        assert told_apart(problem, f"L{i}") == sorted(
            filter(None, [{f"R{i}"}, north - {f"R{i}"}, south - {f"R{i}"}]), key=sorted
        )
        assert pools(problem, f"L{i}") == sorted([{f"R{i}"}, north, south], key=sorted)


def test_a_nested_family_does_not_depend_on_the_order() -> None:
    sets = {frozenset("ab"): 2, frozenset("bc"): 1, frozenset("abc"): 1, frozenset("d"): 1}
    families = {tuple(nested_family(order, key=sets.__getitem__)) for order in permutations(sets)}
    assert families == {(frozenset("ab"), frozenset("abc"), frozenset("d"))}
