"""Handing out the rooms that the model only counted (see `solver.pools`), the times being fixed.

A greedy pass in time order serves nearly everything. Where it fails, the lessons that compete with each other for
the same rooms are solved exactly. Counting is not always enough for lessons of several periods, so a few lessons
may stay without a room; they are named, so that the caller can solve again with their rooms chosen by the model.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from models.problem import Lesson, Problem
from solver.domains import Domains
from solver.pools import Request

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar

EFFORT = 20.0
"""Deterministic time units CP-SAT may spend on one group of competing lessons, where nothing else is said."""

FOR_ALL = 0.1
"""Share of it for serving the whole group, which is mostly found at once; where it is not, one worker may look for
long, while serving as many as can be finds it (137 requests of the sample TelPolytech_odd: 10 s and nothing, then
1 s and all of them)."""

QUICK = {"num_workers": 1, "symmetry_level": 0, "cp_model_probing_level": 0}
"""Symmetries and probing take seconds of a large group, in which CP-SAT does not hear that it should stop, and help
nothing. With both, US-WS-09 (2,700 requests) took 25 s instead of 1."""

LARGE = 500
"""Requests for which looking for groups that compete takes too long when the search is over."""

GRACE = 0.3
"""Seconds that it may take in all when the search is over already."""

Over = Callable[[], bool]


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
    effort: float = EFFORT,
    over: Over = lambda: False,
) -> Assignment:
    """starts: lesson -> its cell; given: rooms already decided; counted: the rooms each open request may have.
    Requests of lessons that are not in `starts` are left out. effort: deterministic time for each group of lessons
    that compete; 0: the greedy pass alone. over: whether the search is; then what was
    found so far is the result."""
    began = time.monotonic()
    work = Handout(problem, domains, starts, given, {r: rooms for r, rooms in counted.items() if r[0] in starts})
    failed = work.serve_greedily()
    late = len(work.wanted) > LARGE and over()
    for group in work.competing(failed) if effort and not late else ():
        work.serve_exactly(group, effort, lambda: time.monotonic() > began + GRACE and over())
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
        self._options: dict[Request, list[str]] = {}
        self._slots_of: dict[str, list[int]] = {}
        self._users: dict[int, dict[str, Request]] = defaultdict(dict)
        """Slot -> room -> who has it."""
        self._habits: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        """("course" or "class", its id) -> how often it was given each room."""
        for request, room in given.items():
            self._give(request, room)

    # ---- facts ---------------------------------------------------------------------------------------------------

    def _lesson(self, request: Request) -> Lesson:
        return self.problem.lesson[request[0]]

    def _slots(self, request: Request) -> list[int]:
        lesson = request[0]
        if lesson not in self._slots_of:
            self._slots_of[lesson] = self.problem.slots_of(self.problem.lesson[lesson], self.starts[lesson])
        return self._slots_of[lesson]

    def _may(self, request: Request, room: str) -> bool:
        """Whether the room is open at the time of the request."""
        lesson, start = self._lesson(request), self.starts[request[0]]
        return self.domains.closed_cells(("room", room), lesson).isdisjoint(range(start, start + lesson.duration))

    @cached_property
    def _depth(self) -> Counter[str]:
        """Room -> in how many sets of rooms it is: special rooms, which the others should leave alone, in more."""
        return Counter(room for rooms in set(self.wanted.values()) for room in rooms)

    @cached_property
    def _in_order(self) -> dict[frozenset[str], list[str]]:
        """Each wanted set of rooms, the special ones last, else as in the problem."""
        number = {room.id: i for i, room in enumerate(self.problem.rooms)}
        return {rooms: sorted(rooms, key=lambda r: (self._depth[r], number[r])) for rooms in set(self.wanted.values())}

    # ---- the fast way --------------------------------------------------------------------------------------------

    def serve_greedily(self) -> list[Request]:
        """Serves the requests by time, the choosiest first; returns those for which no room was left."""
        order = sorted(
            self.wanted, key=lambda r: (self.starts[r[0]], len(self.wanted[r]), -self._lesson(r).duration, r)
        )
        return [request for request in order if not self._serve(request)]

    def _serve(self, request: Request) -> bool:
        slots = self._slots(request)
        taken = set[str]().union(*(self._users[slot] for slot in slots))
        open_ = [r for r in self._in_order[self.wanted[request]] if r not in taken and self._may(request, r)]
        if open_:
            plain = [r for r in open_ if self._depth[r] == self._depth[open_[0]]]
            self._give(request, self._favourite(self._lesson(request), plain))
        return bool(open_)

    def _favourite(self, lesson: Lesson, rooms: list[str]) -> str:
        """The usual room of the course, else of the class, else the first of those with fewest empty seats."""
        for habit in (self._habits["course", lesson.course], *(self._habits["class", c] for c in lesson.classes)):
            usual = [r for r in rooms if r in habit]
            if usual:
                return max(usual, key=habit.__getitem__)
        heads = self.problem.head_count(lesson)
        return min(rooms, key=lambda r: max(0, self._capacity[r] - heads))

    @cached_property
    def _capacity(self) -> dict[str, int]:
        """Seats; 0 where they are not limited, so that no room counts as too large."""
        return {room.id: room.capacity or 0 for room in self.problem.rooms}

    def _give(self, request: Request, room: str) -> None:
        lesson = self._lesson(request)
        if request not in self.given:
            self.rooms[request] = room
        for slot in self._slots(request):
            self._users[slot][room] = request
        if lesson.course:
            self._habits["course", lesson.course][room] += 1
        for c in lesson.classes:
            self._habits["class", c][room] += 1

    # ---- the exact way -------------------------------------------------------------------------------------------

    def options(self, request: Request) -> list[str]:
        """Rooms a request may have at its time: open then, and not given to others from the start."""
        if request not in self._options:
            users = [self._users[slot] for slot in self._slots(request)]
            given = {room for own in users for room, user in own.items() if user in self.given}
            rooms = self._in_order[self.wanted[request]]
            self._options[request] = [r for r in rooms if r not in given and self._may(request, r)]
        return self._options[request]

    def competing(self, failed: Iterable[Request]) -> list[list[Request]]:
        """The groups of requests, each with a failed one, that share a room at a time, directly or through others."""
        groups: list[list[Request]] = []
        seen, walked = set[Request](), set[tuple[str, int]]()
        for first in failed:
            if first in seen:
                continue
            seen.add(first)
            group = [first]
            for request in group:  # the group grows while it is walked
                for place in self._places(request):
                    others = () if place in walked else self._sharing[place]
                    walked.add(place)
                    new = [other for other in others if other not in seen]
                    seen.update(new)
                    group += new
            groups.append(sorted(group))
        return groups

    @cached_property
    def _sharing(self) -> dict[tuple[str, int], list[Request]]:
        """(room, slot) -> the requests that could have it."""
        found: dict[tuple[str, int], list[Request]] = defaultdict(list)
        for request in self.wanted:
            for place in self._places(request):
                found[place].append(request)
        return found

    def _places(self, request: Request) -> list[tuple[str, int]]:
        slots = self._slots(request)
        return [(room, slot) for room in self.options(request) for slot in slots]

    def serve_exactly(self, group: Sequence[Request], effort: float = EFFORT, over: Over = lambda: False) -> None:
        """Serves the whole group if that can be, which is found sooner, else as many of its periods as can be, and
        forgets what its requests had."""
        served = self._served(group, True, FOR_ALL * effort, over)
        if served is None and not over():
            served = self._served(group, False, effort, over)
        if served is not None:
            self._withdraw(group)
            for request, room in served.items():
                self._give(request, room)

    def _served(
        self, group: Sequence[Request], all_of_it: bool, effort: float, over: Over
    ) -> dict[Request, str] | None:
        """None when there is no way, or none was found."""
        from solver.cpsat import Run, Solution

        model, has = self._model(group)
        for request in group if all_of_it else ():
            model.add_at_least_one(has[request, room] for room in self.options(request))
        if not all_of_it:
            model.maximize(sum(self._lesson(r).duration * literal for (r, _), literal in has.items()))
        found: list[Solution] = []
        run = Run(model, found.append, lambda bound: None, over)
        run.solve({**QUICK, "max_deterministic_time": effort})
        return {r: room for (r, room), literal in has.items() if found[-1].holds(literal)} if found else None

    def _model(self, group: Sequence[Request]) -> "tuple[CpModel, dict[tuple[Request, str], IntVar]]":
        """At most one room for each request and one request in each room at a time, with the literals of both."""
        from ortools.sat.python.cp_model import CpModel  # loading it takes longer than most searches need

        model = CpModel()
        has = {(r, room): model.new_bool_var("") for r in group for room in self.options(r)}
        users: dict[tuple[str, int], list[IntVar]] = defaultdict(list)
        for (request, room), literal in has.items():
            model.add_hint(literal, self.rooms.get(request) == room)
            for slot in self._slots(request):
                users[room, slot].append(literal)
        for request in group:
            model.add_at_most_one(has[request, room] for room in self.options(request))
        for literals in users.values():
            model.add_at_most_one(literals)
        return model, has

    def _withdraw(self, group: Iterable[Request]) -> None:
        for request in group:
            room = self.rooms.pop(request, None)
            if room is not None:
                for slot in self._slots(request):
                    del self._users[slot][room]

    # ---- the outcome ---------------------------------------------------------------------------------------------

    def result(self) -> Assignment:
        left = [r for r in self.wanted if r not in self.rooms]
        unserved = frozenset(lesson for lesson, _ in left)
        places = ((room, slot) for r in left for room, slot in self._places(r))
        beside = (self._users[slot][room][0] for room, slot in places if room in self._users[slot])
        conflicting = unserved.union(beside)
        return Assignment({r: x for r, x in self.rooms.items() if r[0] not in unserved}, unserved, conflicting)
