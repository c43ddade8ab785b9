"""Events of single times and pairs cost the same whether their split is given or open."""

import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from formats.xhstt import XhsttImport, costs_of, costs_of_solution, read_solved, read_xhstt, write_xhstt
from formats.xhstt.splits import Parts
from models.domains import Domains
from models.score import score
from models.timetable import Placement, Timetable, Unplaced
from tests.formats.xhstt.tiny import DAYS, archive, bounded, constraint, event, groups, named, split

ALL_PAIR_STARTS = [f"{day}{n}" for day in DAYS for n in (1, 2)]
DISTRIBUTED = "<Duration>2</Duration>"


def prefer(*times: str) -> str:
    return constraint("PreferTimes", named(*times) + DISTRIBUTED, "g")


def spread(hard: bool = True) -> str:
    return constraint("SpreadEvents", groups(*DAYS, inner=bounded(0, 1)), "g", hard)


def school(*constraints: str, times: int = 3, hard_spread: bool = True) -> bytes:
    asked = [constraint("SplitEvents", split(1, 2, 1, 9)), *constraints, spread(hard_spread)]
    return archive(event("e", times, "T1", "C1") + event("f", 1, "T2", "C2", group="h"), *asked)


def doubles(least: int, most: int, hard: bool = False) -> str:
    return constraint("DistributeSplitEvents", DISTRIBUTED + bounded(least, most), "g", hard, weight=5)


EVERYWHERE = prefer(*ALL_PAIR_STARTS)


def placed(found: XhsttImport, starts: Mapping[str, int]) -> Timetable:
    rest = tuple(Unplaced(lesson=x.id) for x in found.problem.lessons if x.id not in starts)
    return Timetable(placements=tuple(Placement(lesson=x, start=t) for x, t in starts.items()), unplaced=rest)


def test_every_time_of_an_event_of_pairs_is_a_lesson() -> None:
    found = read_xhstt(school(EVERYWHERE))
    assert found.pairs == {"e"}
    assert [(x.id, x.duration) for x in found.problem.lessons] == [("e-1", 1), ("e-2", 1), ("e-3", 1), ("f-1", 1)]
    assert found.problem.lesson["e-1"].classes == ("C1", "event e")
    assert found.notes == ()


def test_neighbours_on_a_day_are_written_as_one_piece() -> None:
    data = school(EVERYWHERE)
    found = read_xhstt(data)
    timetable = placed(found, {"e-1": 4, "e-2": 0, "e-3": 5, "f-1": 3})
    solved = write_xhstt(data, found, timetable)
    again, read = read_solved(solved)
    assert sorted((x.course, x.duration) for x in again.problem.lessons) == [("e", 1), ("e", 2), ("f", 1)]
    assert sorted(p.start for p in read.placements) == [0, 3, 4]
    assert costs_of_solution(solved) == costs_of(data, found, timetable)


def test_last_time_of_a_day_and_first_of_the_next_are_two_pieces() -> None:
    data = school(EVERYWHERE)
    found = read_xhstt(data)
    timetable = placed(found, {"e-1": 2, "e-2": 3})
    assert write_xhstt(data, found, timetable).count(b'<Event Reference="e"><Duration>1</Duration>') == 3


@pytest.mark.parametrize(("starts", "hard"), [((0, 1, 3), 0), ((0, 2, 3), 1), ((0, 1, 2), 1), ((0, 1, 5), 0)], ids=str)
def test_pieces_of_a_day_stand_together_and_are_short(starts: tuple[int, int, int], hard: int) -> None:
    found = read_xhstt(school(EVERYWHERE))
    timetable = placed(found, {f"e-{n}": t for n, t in enumerate(starts, start=1)} | {"f-1": 0})
    assert score(found.problem, timetable).hard == hard


def test_number_of_days_tells_the_number_of_pairs() -> None:
    data = school(EVERYWHERE, doubles(1, 1), times=2)
    found = read_xhstt(data)
    for starts, cost in (((0, 1), 0), ((0, 4), 5)):
        timetable = placed(found, {"e-1": starts[0], "e-2": starts[1], "f-1": 2})
        assert score(found.problem, timetable).soft == costs_of(data, found, timetable).soft == cost


def test_pair_may_be_forbidden_at_some_times() -> None:
    data = school(prefer("Mon1", "Tue2"))
    found = read_xhstt(data)
    for starts, hard in (((0, 1, 4), False), ((1, 2, 4), True), ((3, 4, 0), True), ((4, 5, 2), False)):
        timetable = placed(found, {f"e-{n}": t for n, t in enumerate(starts, start=1)} | {"f-1": 0})
        assert (score(found.problem, timetable).hard > 0) == (costs_of(data, found, timetable).hard > 0) == hard


@pytest.mark.parametrize(
    "data",
    [
        school(),
        school(EVERYWHERE, hard_spread=False),
        school(EVERYWHERE, constraint("PreferTimes", named("Mon1", "Mon2"), "g", hard=False)),
        school(EVERYWHERE, doubles(1, 1).replace("<Duration>2", "<Duration>1")),
        school(EVERYWHERE, doubles(1, 1).replace("Linear", "Quadratic")),
        school(EVERYWHERE, constraint("LinkEvents")),
        school(EVERYWHERE).replace(b"<MaximumDuration>2", b"<MaximumDuration>3"),
        school(EVERYWHERE, times=1),
        school(EVERYWHERE, doubles(1, 1, hard=True)),
    ],
    ids=(
        "pairs may cross days",
        "spread is a wish",
        "times are preferred",
        "singles are counted",
        "cost is not linear",
        "linked",
        "longer pieces",
        "one time",
        "one way",
    ),
)
def test_other_events_are_split_beforehand(data: bytes) -> None:
    assert read_xhstt(data, ignore_unsupported=True).pairs == frozenset()


def test_split_that_is_given_stays() -> None:
    found = read_xhstt(school(EVERYWHERE), splits={"e": (2, 1)})
    assert found.pairs == frozenset()
    assert [x.duration for x in found.problem.lessons] == [2, 1, 1]


def drawn(file: Path, pairs: XhsttImport, draw: random.Random) -> tuple[XhsttImport, Timetable]:
    """A random split of each event of pairs, at random times, no two pieces of an event on one day."""
    durations = {e: sum(x.duration for x in pairs.problem.lessons if x.course == e) for e in sorted(pairs.pairs)}
    while True:
        found = read_xhstt(file, splits={e: parts(n, draw) for e, n in durations.items()})
        timetable = on_different_days(found, draw)
        if timetable is not None:
            return found, timetable


def parts(times: int, draw: random.Random) -> Parts:
    pairs = draw.randint(max(0, times - 5), times // 2)
    return (2,) * pairs + (1,) * (times - 2 * pairs)


def on_different_days(found: XhsttImport, draw: random.Random) -> Timetable | None:
    """Lessons of the fewest days first; None where one finds no day left."""
    grid, starts = found.problem.grid, Domains(found.problem).starts
    used: dict[str, set[int]] = {}
    placements = []
    for x in sorted(found.problem.lessons, key=lambda x: len({grid.cells[t].day for t in starts[x.id]})):
        free = [t for t in starts[x.id] if grid.cells[t].day not in used.get(x.course, set())]
        if not free:
            return None
        placements.append(Placement(lesson=x.id, start=draw.choice(free)))
        used.setdefault(x.course, set()).add(grid.cells[placements[-1].start].day)
    return Timetable(placements=tuple(placements))


def time_by_time(split_up: XhsttImport, timetable: Timetable, pairs: XhsttImport) -> Timetable:
    """The same timetable for lessons of one time."""
    cells: dict[str, list[tuple[int, int]]] = {}
    for p in timetable.placements:
        lesson = split_up.problem.lesson[p.lesson]
        one = lesson.course in pairs.pairs
        steps = range(lesson.duration) if one else range(1)
        cells.setdefault(lesson.course, []).extend((p.start + k, 1 if one else lesson.duration) for k in steps)
    placements = []
    for x in pairs.problem.lessons:
        own = cells[x.course]
        start, _ = own.pop(next(n for n, (_, duration) in enumerate(own) if duration == x.duration))
        placements.append(Placement(lesson=x.id, start=start))
    return Timetable(placements=tuple(placements))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["BR-SA-00", "BR-SM-00", "BrazilInstance1", "BrazilInstance5"])
def test_open_split_costs_what_the_same_given_split_costs(name: str, instances: Path) -> None:
    file = instances / f"xhstt/{name}.xml.gz"
    pairs, draw = read_xhstt(file), random.Random(5)
    assert pairs.notes == ()
    for _ in range(3):
        split_up, timetable = drawn(file, pairs, draw)
        same = time_by_time(split_up, timetable, pairs)
        costs = costs_of(file, pairs, same)
        assert costs == costs_of(file, split_up, timetable)
        assert score(pairs.problem, same).soft == score(split_up.problem, timetable).soft == costs.soft
