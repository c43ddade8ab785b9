"""What an archive becomes, what no rule expresses, and what is refused."""

import itertools
from pathlib import Path

import pytest

from formats.errors import FormatError, Unsupported
from formats.xhstt import costs_of, read_xhstt
from models.problem import RoomRequest
from models.rules.same_start import SameStart
from models.score import score
from models.timetable import Placement, Timetable
from tests.formats.xhstt.direct import Direct, Held, load
from tests.formats.xhstt.tiny import archive, bounded, constraint, event, groups, named, role, split

ONE = event("E", 1, "T1", "C1")
THREE = event("A", 1, "T1", "C1") + event("B", 1, "T1", "C1") + event("C", 1, "T1", "C1")


def test_events_become_lessons() -> None:
    found = read_xhstt(archive(event("E", 1, "T1", "C1", "R1", start="Tue2")))
    (lesson,) = found.problem.lessons
    assert (lesson.id, lesson.course, lesson.teachers, lesson.classes) == ("E-1", "E", ("T1",), ("C1",))
    assert lesson.rooms == (RoomRequest(any_of=("R1",)),)
    assert lesson.pin.start == found.times.index("Tue2") == found.problem.grid.cell_at("Tue", "2")
    assert found.problem.name == "tiny"


def test_an_open_role_has_its_candidates() -> None:
    assign = constraint("AssignResource", role("who")) + constraint("AssignResource", role("where"))
    prefer = constraint("PreferResources", role("where", "R2"))
    found = read_xhstt(archive(event("E", 1, "C1", "who:Teacher", "where:Room"), assign, prefer))
    (lesson,) = found.problem.lessons
    assert lesson.any_teacher == (("T1", "T2"),)
    assert lesson.rooms == (RoomRequest(any_of=("R2",)),)


def test_a_room_that_nothing_requires_is_optional() -> None:
    (lesson,) = read_xhstt(archive(event("E", 1, "C1", "where:Room"))).problem.lessons
    assert lesson.rooms == (RoomRequest(any_of=("R1", "R2"), optional=True),)


@pytest.mark.parametrize(
    ("asked", "durations"),
    [
        (split(1, 1, 1, 99), [1, 1, 1]),
        (split(1, 99, 1, 1), [3]),
        (split(1, 2, 1, 2), [2, 1]),
        (split(2, 3, 1, 9), [3]),
    ],
)
def test_events_are_split_as_required(asked: str, durations: list[int]) -> None:
    data = archive(event("E", 3, "T1", "C1"), constraint("SplitEvents", asked), constraint("PreferTimes", STARTS))
    assert [x.duration for x in read_xhstt(data, ignore_unsupported=True).problem.lessons] == durations


STARTS = named("Mon1", "Tue1") + "<Duration>3</Duration>"


def lacks(*constraints: str, events: str = ONE) -> list[str]:
    """What is unsupported about an archive."""
    with pytest.raises(Unsupported) as caught:
        read_xhstt(archive(events, *constraints))
    assert read_xhstt(archive(events, *constraints), ignore_unsupported=True).unsupported == caught.value.types
    return [kind for kind, _ in caught.value.types]


def ordered(separation: str = "") -> str:
    """A is over before B starts."""
    pair = f'<EventPair><FirstEvent Reference="A"/><SecondEvent Reference="B"/>{separation}</EventPair>'
    scope = '<EventGroups><EventGroup Reference="every"/></EventGroups>'
    return constraint("OrderEvents").replace(scope, f"<EventPairs>{pair}</EventPairs>")


def test_events_are_ordered() -> None:
    found = read_xhstt(archive(THREE, ordered()))
    for starts, broken in (((0, 1, 2), 0), ((1, 0, 2), 1)):
        placed = (Placement(lesson=f"{e}-1", start=t) for e, t in zip("ABC", starts, strict=True))
        assert score(found.problem, Timetable(placements=tuple(placed))).hard == broken


def test_what_no_rule_expresses_is_named() -> None:
    apart = "<MinSeparation>1</MinSeparation>"
    assert lacks(ordered(apart), events=THREE) == ["OrderEventsConstraint that is not required, or with separations"]
    assert lacks(constraint("AssignTime", hard=False)) == ["AssignTimeConstraint that is not required"]
    step = constraint("LimitIdleTimes", groups("Mon", "Tue") + bounded(0, 0), "T1", hard=False, cost="Step")
    assert lacks(step) == ["LimitIdleTimesConstraint with cost function Step"]
    assert lacks(constraint("LimitIdleTimes", groups("early") + bounded(0, 0), to="T1")) == [
        "LimitIdleTimesConstraint on other time groups than all days"
    ]
    impossible = constraint("SplitEvents", split(2, 2, 1, 1))
    assert lacks(impossible, events=ONE) == ["events for which no split keeps what is required"]


def test_events_over_the_end_of_a_day_are_unsupported_unless_their_times_forbid_it() -> None:
    whole = constraint("SplitEvents", split(1, 9, 1, 1))
    long = event("E", 2, "T1")
    assert lacks(whole, events=long) == ["events that may run over the end of a day"]
    inside = constraint("PreferTimes", named("Mon1", "Mon2", "Tue1", "Tue2"))
    assert read_xhstt(archive(long, whole, inside)).problem.lessons[0].duration == 2


def test_those_who_may_clash_are_unsupported() -> None:
    with pytest.raises(Unsupported, match="resources without AvoidClashesConstraint"):
        read_xhstt(archive(ONE, basic=constraint("AssignTime")))
    with pytest.raises(Unsupported, match="events without AssignTimeConstraint"):
        read_xhstt(archive(ONE, basic=constraint("AvoidClashes", to="all")))


DAILY = groups("Mon", "Tue")


def each_day(limit: int) -> tuple[str, ...]:
    """A quadratic constraint for each day."""
    body = bounded(limit, limit)
    return tuple(
        constraint("LimitBusyTimes", groups(day) + body, to="C1", hard=False, cost="Quadratic", weight=3)
        for day in ("Mon", "Tue")
    )


TWINS = event("A", 1, "T1", "C1", "C2") + event("B", 1, "T1", "C1", "C2") + event("C", 1, "T1", "C1", "C2")


@pytest.mark.parametrize(
    ("constraints", "events"),
    [
        ((constraint("LimitIdleTimes", DAILY + bounded(0, 0), to="all", hard=False, weight=2),), TWINS),
        ((constraint("LimitIdleTimes", DAILY + bounded(0, 0), to="T1", hard=False, cost="Quadratic"),), THREE),
        ((constraint("LimitBusyTimes", DAILY + bounded(1, 1), to="all", hard=False, weight=5),), TWINS),
        (each_day(1), THREE),
        (each_day(3), THREE),
        ((constraint("LimitBusyTimes", groups("early") + bounded(0, 0), to="C1", hard=False),), THREE),
        ((constraint("ClusterBusyTimes", DAILY + bounded(2, 2), to="C1", hard=False, cost="Quadratic"),), THREE),
        ((constraint("ClusterBusyTimes", DAILY + bounded(0, 1), to="T1", hard=False, weight=7),), THREE),
        ((constraint("ClusterBusyTimes", groups("early") + bounded(1, 1), to="T1", hard=False, weight=7),), THREE),
        ((constraint("AvoidUnavailableTimes", named("Mon1", "Tue3"), to="all", hard=False, weight=2),), TWINS),
        ((constraint("PreferTimes", named("Mon1", "Mon2"), hard=False, cost="Quadratic"),), THREE),
        ((constraint("SpreadEvents", groups("Mon", "Tue", inner=bounded(0, 1)), hard=False, weight=3),), THREE),
        ((constraint("SpreadEvents", groups("Mon", inner=bounded(2, 2)), hard=False, weight=3),), THREE),
        ((constraint("SpreadEvents", groups("early", inner=bounded(1, 1)), hard=False),), THREE),
        (
            (
                constraint("AvoidUnavailableTimes", named("Mon2"), to="T1"),
                constraint("LimitIdleTimes", DAILY + bounded(0, 0), to="T1", hard=False),
            ),
            THREE,
        ),
    ],
)
def test_every_timetable_costs_what_the_archive_says(constraints: tuple[str, ...], events: str) -> None:
    """All ways of placing three lessons at different times."""
    data = archive(events, *constraints)
    problem, direct = read_xhstt(data).problem, Direct(load(data))
    costs = set()
    for starts in itertools.permutations(range(problem.grid.size), len(problem.lessons)):
        places = list(zip(problem.lessons, starts, strict=True))
        judged = score(problem, Timetable(placements=tuple(Placement(lesson=x.id, start=t) for x, t in places)))
        hard, soft = direct.costs([Held(x.course, t, 1, {}) for x, t in places])
        assert (judged.soft, judged.hard == 0) == (soft, hard == 0)
        costs.add(soft)
    assert len(costs) > 1


DOUBLE = constraint("SplitEvents", split(1, 2, 1, 9)) + constraint("PreferTimes", STARTS.replace("3", "2"))


def durations(*constraints: str, events: str) -> list[int]:
    found = read_xhstt(archive(events, *constraints))
    assert found.notes[0].startswith("1 events could be split into other lessons as well")
    return [x.duration for x in found.problem.lessons]


def test_where_splits_are_free_the_cheapest_is_chosen() -> None:
    four = event("E", 4, "T1", "C1")
    pairs = DOUBLE.replace('"Tue1"', '"Mon2"')
    assert durations(events=four) == [1, 1, 1, 1]
    assert durations(pairs, events=four) == [2, 2]
    few = constraint("DistributeSplitEvents", "<Duration>2</Duration>" + bounded(0, 1), hard=False)
    assert durations(pairs, few, events=four) == [2, 1, 1]
    spread = constraint("SpreadEvents", groups("Mon", "Tue", inner=bounded(0, 1)), to="h", hard=False)
    own = event("E", 4, "T1", "C1", group="h")
    assert durations(spread, constraint("PreferTimes", STARTS), events=own) == [3, 1]


def test_linked_events_are_split_alike() -> None:
    two = event("A", 3, "T1", "C1", group="h") + event("B", 3, "T2", "C2", group="h")
    only = constraint("SplitEvents", split(1, 2, 1, 2)).replace(
        '<EventGroups><EventGroup Reference="every"/></EventGroups>', '<Events><Event Reference="B"/></Events>'
    )
    fits = constraint("PreferTimes", named("Mon1", "Tue1") + "<Duration>2</Duration>")
    found = read_xhstt(archive(two, only, fits, constraint("LinkEvents", to="h")))
    assert [x.duration for x in found.problem.lessons] == [2, 1, 2, 1]
    assert [r.lessons for r in found.problem.rules if isinstance(r, SameStart)] == [("A-1", "B-1"), ("A-2", "B-2")]
    assert found.notes == ()


def test_a_given_split_costs_what_it_costs() -> None:
    """Two doubles are asked; 4 single times lack both, at a price of 5 each."""
    asked = constraint("DistributeSplitEvents", "<Duration>2</Duration>" + bounded(2, 2), hard=False, weight=5)
    data = archive(event("E", 4, "T1", "C1"), DOUBLE, asked)
    found = read_xhstt(data, splits={"E": (1, 1, 1, 1)})
    placed = Timetable(placements=tuple(Placement(lesson=f"E-{n}", start=n) for n in range(1, 5)))
    assert score(found.problem, placed).soft == 10
    assert str(costs_of(data, found, placed)) == "0.00010"


def test_linked_events_start_together() -> None:
    units = constraint("SplitEvents", split(1, 1, 1, 9))
    data = archive(event("A", 2, "T1", "C1") + event("B", 2, "T2", "C2"), units, constraint("LinkEvents", to="g"))
    rules = read_xhstt(data).problem.rules
    assert [r.lessons for r in rules if isinstance(r, SameStart)] == [("A-1", "B-1"), ("A-2", "B-2")]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('Reference="C1"/></Resources>', 'Reference="C9"/></Resources>', r"<Resource>: found Reference 'C9'"),
        ("<Duration>1", "<Duration>x", r"<Duration>: found 'x', expected a whole number"),
        ("<Duration>1", "<Duration>0", r"<Duration>: found 0, expected 1 to 6 times"),
        ('Event Id="E"', 'Event Id=""', r"<Event>: found Id ''"),
        ('Time Id="Mon2"', 'Time Id="Mon1"', r"<Time>: found Id 'Mon1' again"),
        ("Linear", "Cubic", r"<CostFunction>: found 'Cubic'"),
        ('ResourceType Id="Room"', 'ResourceType Id="Dragon"', r"<ResourceType>: found Id 'Dragon'"),
        ("Times>", "Zeiten>", r"no such element, expected <Times>"),
        ("HighSchoolTimetableArchive", "html", r"<html>: found <html>"),
        ('<Instance Id="tiny">', '<Instance Id="tiny"/><Instance>', r"<Instances>: found 2 instances"),
    ],
)
def test_damage_is_named_with_its_element(old: str, new: str, message: str) -> None:
    text = archive(ONE).decode()
    assert old in text
    with pytest.raises(FormatError, match=rf"line \d+, .*{message}"):
        read_xhstt(text.replace(old, new).encode())


def test_a_file_cut_anywhere_is_refused() -> None:
    data = archive(THREE)
    for end in range(0, len(data) - 1, 37):
        with pytest.raises(FormatError):
            read_xhstt(data[:end])


@pytest.mark.slow
def test_every_instance_is_read_in_full(instances: Path) -> None:
    files = sorted(instances.glob("xhstt/*.xml.gz"))
    assert len(files) == 25
    for file in files:
        found = read_xhstt(file)
        assert found.problem.lessons
        assert found.unsupported == ()
