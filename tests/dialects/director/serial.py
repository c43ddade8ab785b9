"""A school's entries as a plain set, and whether what several clients saw can have happened one after the other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Place = tuple[str, str, str, str]
"""Class, teacher, slot, day."""
State = Mapping[str, Place]
"""Entry -> where it is."""

CLASS_TAKEN = "A schedule already exists for this class, time slot and day"
TEACHER_TAKEN = "Teacher is already scheduled for this time slot and day"
UNKNOWN = "Timetable entry not found"


@dataclass(frozen=True)
class Seen:
    """A request and its answer. begin, end: seconds; entry: of a creation the id it got, "" if it was refused; told:
    "" for success."""

    kind: Literal["create", "move", "delete"]
    entry: str
    place: Place | None
    told: str
    begin: float
    end: float


def after(state: State, seen: Seen) -> State | None:
    """The next state; None when the answer would have been another one."""
    if seen.kind != "create" and seen.entry not in state:
        return state if seen.told == UNKNOWN else None
    others = {id_: place for id_, place in state.items() if seen.kind == "create" or id_ != seen.entry}
    if seen.place is None:
        return others if not seen.told else None
    if _refusal(others, seen.place) != seen.told:
        return None
    return state if seen.told else {**others, seen.entry: seen.place}


def _refusal(state: State, place: Place) -> str:
    class_, teacher, *when = place
    there = [other for other in state.values() if list(other[2:]) == when]
    if any(other[0] == class_ for other in there):
        return CLASS_TAKEN
    return TEACHER_TAKEN if any(other[1] == teacher for other in there) else ""


def serial_order(history: Sequence[Seen], first: State) -> State | None:
    """The last state of an order in which every answer is right and no request comes before one that had ended when it
    began; None: there is none. Depth first, each situation once (after Wing and Gong)."""
    requests = sorted(history, key=lambda x: x.begin)
    tried: set[tuple[int, int, frozenset[tuple[str, Place]]]] = set()
    # done: bits of the requests behind the first one that is open.
    stack: list[tuple[int, int, State]] = [(0, 0, first)]
    while stack:
        begin, done, state = stack.pop()
        while begin < len(requests) and done & 1:
            begin, done = begin + 1, done >> 1
        if begin == len(requests):
            return state
        situation = (begin, done, frozenset(state.items()))
        if situation in tried:
            continue
        tried.add(situation)
        stack.extend((begin, done | 1 << n, new) for n, new in _next(requests, begin, done, state))
    return None


def _next(requests: Sequence[Seen], begin: int, done: int, state: State) -> Iterator[tuple[int, State]]:
    """Those that may be next: they began before any other open one had ended."""
    limit = float("inf")
    for number in range(begin, len(requests)):
        if done >> (number - begin) & 1:
            continue
        if requests[number].begin > limit:
            return
        limit = min(limit, requests[number].end)
        new = after(state, requests[number])
        if new is not None:
            yield number - begin, new
