"""The evaluator on solutions that no problem has: incomplete, in pieces of any length, breaking what is required."""

import pytest

from formats.xhstt import costs_of_solution
from tests.formats.xhstt.tiny import archive, bounded, constraint, event, groups, named, role

EVENTS = event("A", 3, "T1", "C1", "where:Room") + event("B", 2, "T1", "C2", "where:Room", group="h")
"""Tue starts with time 3."""


def piece(id_: str, length: int, time: str = "", room: str = "") -> str:
    at = f'<Time Reference="{time}"/>' if time else ""
    given = f'<Resources><Resource Reference="{room}"><Role>where</Role></Resource></Resources>' if room else ""
    return f'<Event Reference="{id_}"><Duration>{length}</Duration>{at}{given}</Event>'


def solved(asked: str, *pieces: str) -> bytes:
    solution = f'<Solution Reference="tiny"><Events>{"".join(pieces)}</Events></Solution>'
    group = f'<SolutionGroups><SolutionGroup Id="one">{solution}</SolutionGroup></SolutionGroups>'
    whole = archive(EVENTS, asked, basic="").decode()
    return whole.replace("</HighSchoolTimetableArchive>", f"{group}</HighSchoolTimetableArchive>").encode()


A, B = (piece("A", 2, "Mon1", "R1"), piece("A", 1, "Tue1", "R2")), (piece("B", 2, "Mon2", "R2"),)
PAIR = "<EventPairs><EventPair><FirstEvent Reference='A'/><SecondEvent Reference='B'/>{}</EventPair></EventPairs>"
ORDER = constraint("OrderEvents").replace(
    '<EventGroups><EventGroup Reference="every"/></EventGroups>', PAIR.format("<MinSeparation>1</MinSeparation>")
)


@pytest.mark.parametrize(
    ("asked", "pieces", "deviations"),
    [
        (constraint("AssignTime"), (*A, *B), [0, 0]),
        (constraint("AssignTime"), (A[0], piece("B", 1)), [1, 2]),  # the rest of A; both times of B
        (constraint("AssignResource", role("where")), (*A, piece("B", 2, "Mon2")), [0, 2]),
        (constraint("SplitEvents", "<MinimumDuration>2</MinimumDuration><MaximumDuration>2</MaximumDuration>"
                    "<MinimumAmount>3</MinimumAmount><MaximumAmount>4</MaximumAmount>"), (*A, *B), [2, 2]),
        (constraint("DistributeSplitEvents", "<Duration>1</Duration>" + bounded(2, 2)), (*A, *B), [1, 2]),
        (constraint("PreferTimes", named("Mon1")), (*A, *B), [1, 2]),
        (constraint("PreferTimes", named("Mon1") + "<Duration>1</Duration>"), (*A, *B), [1, 0]),
        (constraint("PreferResources", role("where", "R1")), (*A, piece("B", 2, "Mon2")), [1, 0]),
        (constraint("AvoidSplitAssignments", role("where"), to="g"), (*A, *B), [1]),
        (constraint("SpreadEvents", groups("Mon", "Tue", inner=bounded(1, 1)), to="every"), (*A, *B), [1]),
        (constraint("LinkEvents", to="every"), (*A, *B), [3]),  # Mon 1, Mon 3, Tue 1
        (constraint("AvoidClashes", to="T1"), (*A, *B), [1]),  # Mon 2
        (constraint("AvoidUnavailableTimes", named("Mon2", "Tue2"), to="T1"), (*A, *B), [1]),
        (constraint("LimitIdleTimes", groups("Mon", "Tue") + bounded(0, 0), to="C1"),
         (piece("A", 1, "Mon1"), piece("A", 1, "Mon3")), [1]),
        (constraint("ClusterBusyTimes", groups("Mon", "Tue") + bounded(0, 1), to="C1"), A, [1]),
        (constraint("LimitBusyTimes", groups("Mon", "Tue") + bounded(2, 2), to="C1"), A, [1]),
        (constraint("LimitBusyTimes", groups("Mon", "Tue") + bounded(3, 3), to="C2"), B, [1]),  # nothing for Tue
        (constraint("LimitWorkload", bounded(0, 3), to="T1"), (*A, *B), [2]),
        (ORDER, (*A, *B), [4]),  # B starts 3 times before A ends; 1 later was asked
        (ORDER, (*A, piece("B", 2, "Tue2")), [1]),
        (ORDER, A, [0]),  # B has no time
    ],
)  # fmt: skip
def test_deviations_by_hand(asked: str, pieces: tuple[str, ...], deviations: list[int]) -> None:
    for name, cost in (
        ("Linear", sum),
        ("Quadratic", lambda ds: sum(d * d for d in ds)),
        ("Step", lambda ds: sum(d > 0 for d in ds)),
    ):
        data = solved(asked.replace("Linear", name).replace("<Weight>1<", "<Weight>3<"), *pieces)
        assert costs_of_solution(data).hard == 3 * cost(deviations)
        soft = costs_of_solution(data.replace(b"<Required>true", b"<Required>false"))
        assert (soft.hard, soft.soft) == (0, 3 * cost(deviations))
