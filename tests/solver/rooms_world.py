"""Small problems about rooms, for the tests of pools, rooms and extraction."""

from random import Random

from models.problem import Lesson, Problem, Room, RoomRequest
from models.rules.base import Who
from models.rules.unavailable import Unavailable
from models.time import Day, Period, PeriodGrid


def grid(days: int, periods: int, weeks: int = 1) -> PeriodGrid:
    """A week of hours without breaks from 08:00 on."""
    return PeriodGrid(
        weeks=tuple("AB"[:weeks]),
        days=tuple(Day(id=f"D{d}") for d in range(days)),
        periods=tuple(Period(id=f"P{p}", start=480 + 60 * p, end=540 + 60 * p) for p in range(periods)),
    )


def crowded(seed: int, single: bool = False) -> Problem:
    """Too few rooms of three sizes for lessons of one to three periods; sometimes rooms are closed now and then,
    lessons alternate between two weeks, or need two rooms. single: only one week and lessons of one period."""
    random = Random(seed)
    shape = grid(days=1, periods=random.choice((3, 4)), weeks=1 if single else random.choice((1, 2)))
    rooms = tuple(Room(id=f"R{i}", capacity=random.choice((10, 20, 30))) for i in range(random.choice((2, 3, 4))))
    closed = tuple(
        Unavailable(who=Who(kind="room", ids=(room.id,)), cells=(random.randrange(shape.size),))
        for room in rooms
        if random.random() < 0.3
    )
    longest = 1 if single else 3
    lessons = tuple(_lesson(random, i, len(shape.weeks), longest) for i in range(random.randint(3, 7)))
    return Problem(grid=shape, rooms=rooms, lessons=lessons, rules=closed)


def _lesson(random: Random, number: int, weeks: int, longest: int) -> Lesson:
    request = RoomRequest(seats=random.choice((0, 15, 25)))
    return Lesson(
        id=f"L{number}",
        course=f"C{number % 3}",
        duration=min(longest, random.choice((1, 1, 2, 3))),
        rooms=(request, request) if random.random() < 0.15 else (request,),
        weeks=random.choice(((), (random.randrange(weeks),))),
    )
