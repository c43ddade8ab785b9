"""What is left out to make a problem easier, and that nothing is claimed of the real one that does not hold."""

from models.problem import Lesson, Problem, Room, RoomRequest, Teacher
from models.rules.base import Who
from models.rules.room_stability import RoomStability
from models.rules.unavailable import Unavailable
from models.score import score
from models.time import Day, Period, PeriodGrid
from models.timetable import Placement, Timetable
from solver import solve
from solver.easier import at_its_times, room_prices, without_room_prices
from solver.limits import Limits
from solver.result import Status

GRID = PeriodGrid(
    days=(Day(id="Mon"),), periods=tuple(Period(id=f"P{n}", start=480 + 60 * n, end=540 + 60 * n) for n in range(2))
)


def school(*rules: RoomStability | Unavailable) -> Problem:
    """Two lessons of T at two times in two rooms; R is closed in the second."""
    return Problem(
        grid=GRID,
        teachers=(Teacher(id="T"),),
        rooms=(Room(id="R"), Room(id="S")),
        lessons=tuple(Lesson(id=x, teachers=("T",), rooms=(RoomRequest(),)) for x in "ab"),
        rules=rules,
    )


PRICE = RoomStability(lessons=("a", "b"), weight=5)
CLOSED = Unavailable(who=Who(kind="room", ids=("R",)), cells=(1,))


def test_only_prices_of_rooms_are_left_out() -> None:
    problem = school(PRICE, RoomStability(lessons=("a",)), CLOSED)
    assert without_room_prices(problem).rules == problem.rules[1:]
    plain = school(CLOSED)
    assert without_room_prices(plain) is plain


def test_what_is_left_out_is_told_from_the_rest() -> None:
    problem = school(PRICE)
    places = (Placement(lesson="a", start=0, rooms=("R",)), Placement(lesson="b", start=1, rooms=("S",)))
    assert room_prices(score(problem, Timetable(placements=places))) == 5
    pinned = at_its_times(problem, Timetable(placements=places))
    assert [x.pin.start for x in pinned.lessons] == [0, 1]
    assert [x.pin.rooms for x in pinned.lessons] == [None, None]


def test_prices_of_rooms_are_still_proven() -> None:
    """R is closed in the second period, so both lessons must be in S to cost nothing; with S closed in the first one
    that is impossible and 5 the best."""
    limits = Limits(deterministic=5, workers=1)
    best = solve(school(PRICE, CLOSED), limits)
    assert (best.status, best.score and best.score.soft) == (Status.OPTIMAL, 0)
    shut = Unavailable(who=Who(kind="room", ids=("S",)), cells=(0,))
    dear = solve(school(PRICE, CLOSED, shut), limits)
    assert (dear.status, dear.score and dear.score.soft) == (Status.OPTIMAL, 5)
