"""Handing out the rooms that the model only counted (see `solver.pools`), the times being fixed.

A greedy pass in time order serves nearly everything. Where it fails, the lessons that compete with each other for
the same rooms are solved exactly. Counting is not always enough for lessons of several periods, so a few lessons
may stay without a room; they are named, so that the caller can solve again with their rooms chosen by the model.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from ortools.sat.python import cp_model

from models.problem import Lesson, Problem
from solver.domains import Domains
from solver.pools import Request

EFFORT = 20.0
"""Deterministic time units CP-SAT may spend on one group of competing lessons."""


class Assignment(NamedTuple):
    """rooms: for every request served. unserved: lessons with a request for which no room is left.
    conflicting: these and the lessons that have the rooms they could have had."""

    rooms: dict[Request, str]
    unserved: frozenset[str]
    conflicting: frozenset[str]


def assign_rooms(
    problem: Problem,
    domains: Domains,
    starts: Mapping[str, int],
    given: Mapping[Request, str],
    counted: Mapping[Request, frozenset[str]],
) -> Assignment:
    """starts: lesson -> its cell; given: rooms already decided; counted: the rooms each open request may have.
    Requests of lessons that are not in `starts` are left out."""
    work = Handout(problem, domains, starts, given, {r: rooms for r, rooms in counted.items() if r[0] in starts})
    failed = work.serve_greedily()
    for group in work.competing(failed):
        work.serve_exactly(group)
    return work.result()


class Handout:
    """The rooms while they are handed out."""

    def __init__(
        self,
        problem: Problem,
        domains: Domains,
        starts: Mapping[str, int],
        given: Mapping[Request, str],
        wanted: Mapping[Request, frozenset[str]],
    ) -> None:
        self.problem, self.domains, self.starts, self.given, self.wanted = problem, domains, starts, given, wanted
        self.rooms: dict[Request, str] = {}
        self._user: dict[tuple[str, int], Request] = {}
        """(room, slot) -> who has it."""
        self._habits: Counter[tuple[str, str, str]] = Counter()
        """("course" or "class", its id, room) -> how often it was given."""
        for request, room in given.items():
            self._give(request, room)

    # ---- facts ---------------------------------------------------------------------------------------------------

    def _lesson(self, request: Request) -> Lesson:
        return self.problem.lesson[request[0]]

    def _slots(self, request: Request) -> list[int]:
        return self.problem.slots_of(self._lesson(request), self.starts[request[0]])

    @cached_property
    def options(self) -> dict[Request, tuple[str, ...]]:
        """Rooms each request may have at its time: open then, and not given to others from the start."""
        return {
            request: tuple(r for r in self._in_order(rooms) if self._may(request, r))
            for request, rooms in self.wanted.items()
        }

    def _in_order(self, rooms: frozenset[str]) -> list[str]:
        return sorted(rooms, key=self._number.__getitem__)

    @cached_property
    def _number(self) -> dict[str, int]:
        return {room.id: i for i, room in enumerate(self.problem.rooms)}

    def _may(self, request: Request, room: str) -> bool:
        lesson, start = self._lesson(request), self.starts[request[0]]
        closed = self.domains.closed_cells(("room", room), lesson)
        taken = any(self._user.get((room, s)) in self.given for s in self._slots(request))
        return not taken and closed.isdisjoint(range(start, start + lesson.duration))

    @cached_property
    def _depth(self) -> Counter[str]:
        """Room -> in how many sets of rooms it is: special rooms, which the others should leave alone, in more."""
        return Counter(room for rooms in set(self.wanted.values()) for room in rooms)

    # ---- the fast way --------------------------------------------------------------------------------------------

    def serve_greedily(self) -> list[Request]:
        """Serves the requests by time, the choosiest first; returns those for which no room was left."""
        options = self.options
        order = sorted(options, key=lambda r: (self.starts[r[0]], len(options[r]), -self._lesson(r).duration, r))
        return [request for request in order if not self._serve(request)]

    def _serve(self, request: Request) -> bool:
        slots = self._slots(request)
        free = [r for r in self.options[request] if all((r, s) not in self._user for s in slots)]
        if free:
            self._give(request, min(free, key=lambda room: self._dislike(request, room)))
        return bool(free)

    def _dislike(self, request: Request, room: str) -> tuple[int, int, int, int, int]:
        """Smallest is best: leave special rooms to those who need them; the course's usual room; the class's
        usual room; few empty seats."""
        lesson, seats = self._lesson(request), self.problem.room[room].capacity
        course = self._habits["course", lesson.course, room] if lesson.course else 0
        classes = sum(self._habits["class", c, room] for c in lesson.classes)
        spare = 0 if seats is None else max(0, seats - self.problem.head_count(lesson))
        return self._depth[room], -course, -classes, spare, self._number[room]

    def _give(self, request: Request, room: str) -> None:
        lesson = self._lesson(request)
        if request not in self.given:
            self.rooms[request] = room
        for slot in self._slots(request):
            self._user[room, slot] = request
        for kind, id_ in (("course", lesson.course), *(("class", c) for c in lesson.classes)):
            self._habits[kind, id_, room] += 1

    # ---- the exact way -------------------------------------------------------------------------------------------

    def competing(self, failed: Iterable[Request]) -> list[list[Request]]:
        """The groups of requests, each with a failed one, that share a room at a time, directly or through others."""
        sharing = self._sharing
        groups: list[list[Request]] = []
        seen: set[Request] = set()
        for first in failed:
            if first in seen:
                continue
            seen.add(first)
            group = [first]
            for request in group:  # the group grows while it is walked
                for place in self._places(request):
                    for other in sharing[place]:
                        if other not in seen:
                            seen.add(other)
                            group.append(other)
            groups.append(sorted(group))
        return groups

    @cached_property
    def _sharing(self) -> dict[tuple[str, int], list[Request]]:
        """(room, slot) -> the requests that could have it."""
        found: dict[tuple[str, int], list[Request]] = defaultdict(list)
        for request in self.options:
            for place in self._places(request):
                found[place].append(request)
        return found

    def _places(self, request: Request) -> list[tuple[str, int]]:
        return [(room, slot) for room in self.options[request] for slot in self._slots(request)]

    def serve_exactly(self, group: Sequence[Request]) -> None:
        """Serves as many periods of the group as can be, forgetting what its requests had."""
        model = cp_model.CpModel()
        has = {(r, room): model.new_bool_var("") for r in group for room in self.options[r]}
        users: dict[tuple[str, int], list[cp_model.IntVar]] = defaultdict(list)
        for (request, room), literal in has.items():
            model.add_hint(literal, self.rooms.get(request) == room)
            for slot in self._slots(request):
                users[room, slot].append(literal)
        for request in group:
            model.add_at_most_one(has[request, room] for room in self.options[request])
        for literals in users.values():
            model.add_at_most_one(literals)
        model.maximize(sum(self._lesson(r).duration * literal for (r, _), literal in has.items()))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = EFFORT
        if solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self._withdraw(group)
            for (request, room), literal in has.items():
                if solver.boolean_value(literal):
                    self._give(request, room)

    def _withdraw(self, group: Iterable[Request]) -> None:
        for request in group:
            room = self.rooms.pop(request, None)
            if room is not None:
                for slot in self._slots(request):
                    del self._user[room, slot]

    # ---- the outcome ---------------------------------------------------------------------------------------------

    def result(self) -> Assignment:
        left = [r for r in self.wanted if r not in self.rooms]
        unserved = frozenset(lesson for lesson, _ in left)
        beside = (self._user[place][0] for r in left for place in self._places(r) if place in self._user)
        conflicting = unserved.union(beside)
        return Assignment({r: x for r, x in self.rooms.items() if r[0] not in unserved}, unserved, conflicting)
