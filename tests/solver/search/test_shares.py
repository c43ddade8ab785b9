"""Sets of many lessons are judged by the pairs of the one that moves, and come to the same."""

from collections.abc import Callable
from random import Random

import pytest

from models.problem import Lesson, Problem, Room, RoomRequest, SchoolClass
from models.rules import AnyRule
from models.rules.base import Who
from models.rules.max_days_between import MaxDaysBetween
from models.rules.min_days_between import MinDaysBetween
from models.rules.min_gap_after import MinGapAfter
from models.rules.min_gap_between import MinGapBetween
from models.rules.same_day import SameDay
from models.rules.same_period import SamePeriod
from models.rules.same_room_if_consecutive import SameRoomIfConsecutive
from solver.domains import Domains
from solver.search import layout as L  # noqa: N812
from solver.search.compile import Compiled
from solver.search.kernel import begin, repick, set_amount, shift, undo
from tests.solver.search.test_local import week
from tests.solver.search.test_narrow import starts_of

LESSONS = tuple(f"x{i}" for i in range(7))
RULES: dict[str, Callable[[int | None], AnyRule]] = {
    "min_days_between": lambda w: MinDaysBetween(lessons=LESSONS, days=2, weight=w),
    "max_days_between": lambda w: MaxDaysBetween(lessons=LESSONS, days=1, weight=w),
    "same_day": lambda w: SameDay(lessons=LESSONS, weight=w),
    "same_period": lambda w: SamePeriod(lessons=LESSONS, weight=w),
    "min_gap_between": lambda w: MinGapBetween(lessons=LESSONS, periods=2, weight=w),
    "min_gap_after": lambda w: MinGapAfter(who=Who(kind="class"), tags=("lab",), later=("talk",), periods=2, weight=w),
    "same_room_if_consecutive": lambda w: SameRoomIfConsecutive(lessons=LESSONS, weight=w),
}


def school(rule: AnyRule) -> Problem:
    lessons = tuple(
        Lesson(
            id=x,
            classes=("A",),
            duration=1 + i % 2,
            tags=("lab",) if i % 3 else ("talk",),
            rooms=(RoomRequest(),),
        )
        for i, x in enumerate(LESSONS)
    )
    return Problem(
        grid=week(4, 5),
        classes=(SchoolClass(id="A"),),
        rooms=(Room(id="R1"), Room(id="R2"), Room(id="R3")),
        lessons=lessons,
        rules=(rule,),
    )


def move_one(random: Random, c: Compiled) -> None:
    """One lesson to any start or out, or its room, at times taken back."""
    block, pick = random.randrange(len(LESSONS)), random.randrange(len(c.picks) or 1)
    begin(c.m)
    if c.picks and random.random() < 0.2:
        repick(c.m, pick, random.randrange(len(c.picks[pick].options)))
        return
    shift(c.m, block, random.choice((-1, *starts_of(c.m, block))), random.random() < 0.5)
    if random.random() < 0.3:
        undo(c.m)


@pytest.mark.parametrize("weight", [None, 3])
@pytest.mark.parametrize("kind", RULES)
def test_many_moves_end_at_the_amounts_of_all_pairs(kind: str, weight: int | None) -> None:
    problem, random = school(RULES[kind](weight)), Random(3)
    c = Compiled(problem, Domains(problem))
    c.load(None)
    assert any(c.m[c.m[L.BY_SHARES] + n] for n in range(c.m[L.SETS]))
    seen = set()
    for _ in range(600):
        move_one(random, c)
        amounts = [int(c.m[c.m[L.S_AMOUNT] + n]) for n in range(c.m[L.SETS])]
        assert amounts == [set_amount(c.m, n) for n in range(c.m[L.SETS])]
        seen.update(amounts)
    assert len(seen) > 1
