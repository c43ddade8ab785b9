"""Small exact searches around the best timetable: some lessons are free, all others stay where they are.

Annealing moves one or two lessons at a time; what it leaves behind takes a dozen at once. With some seventy lessons
free the best places for all of them are found, or proven to be the present ones, in about a second.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from models.timetable import Timetable
from solver.context import Search
from solver.cpsat import Parameters
from solver.easier import with_free
from solver.exact import CHEAPEST, Exact

SOURCE = "neighbourhood"

Neighbourhood = Callable[[Search, Timetable, Random], Iterator[str]]
"""Lessons that may be freed together, the first ones first."""

FREE, FEWEST, MOST = 70, 10, 300
"""Lessons that are free at first, at least and at most."""

GROW = 1.1
"""A neighbourhood grows by this factor when it was searched through without a gain, and shrinks by it when it was too
large to be."""

EFFORT = 0.5
"""Longest search of one neighbourhood, in CP-SAT's deterministic time (about two seconds of one core), so that a busy
machine does not give up good neighbourhoods."""

DAYS = 2
"""Days from which lessons are freed together."""

SMALL: Parameters = {"num_workers": 1, "linearization_level": 2, "symmetry_level": 0, "cp_model_probing_level": 0}
"""For small models one strategy with much linear reasoning is the fastest."""


def of_days(search: Search, timetable: Timetable, random: Random) -> Iterator[str]:
    """Lessons of a few days."""
    cells, placed = search.problem.grid.cells, list(timetable.placements)
    days = sorted({cells[place.start].day for place in placed})
    chosen = set(random.sample(days, min(DAYS, len(days))))
    random.shuffle(placed)
    return (place.lesson for place in placed if cells[place.start].day in chosen)


def of_people(search: Search, timetable: Timetable, random: Random) -> Iterator[str]:
    """All lessons of a class or teacher, of another one, and so on."""
    people = [(resource, lessons) for resource, lessons in search.domains.users.items() if resource[0] != "room"]
    random.shuffle(people)
    return (lesson for _, lessons in people for lesson in lessons)


NEIGHBOURHOODS: tuple[Neighbourhood, ...] = (of_days, of_people)


@dataclass
class Record:
    """What is known of a kind. size: lessons to free; gain: what it saved; seconds: what it took."""

    size: float = FREE
    gain: int = 0
    seconds: float = 0.0

    @property
    def promise(self) -> float:
        """Gain for each second; a kind nobody has tried promises more than one tried in vain."""
        return (self.gain + 1) / (self.seconds + 1)


class Neighbourhoods:
    """Searches one neighbourhood after the other, of the kind that promises most; each kind has a size of its own."""

    def __init__(self, search: Search, seed: int) -> None:
        self.search, self.pool, self.random = search, search.incumbents, Random(seed)
        self.records = {kind: Record() for kind in NEIGHBOURHOODS}

    def run(self, patience: float) -> None:
        """Until there was no gain for so many seconds. Stopped: the search is over."""
        last, best = self.pool.elapsed, self.pool.best()
        while best is not None and best[1].complete and self.pool.elapsed - last < patience:
            self.look_into(max(NEIGHBOURHOODS, key=lambda kind: self.records[kind].promise))
            if (found := self.pool.best()) != best:
                last, best = self.pool.elapsed, found

    def look_into(self, kind: Neighbourhood) -> None:
        best, record, began = self.pool.best(), self.records[kind], self.pool.elapsed
        if best is None:
            return
        problem = with_free(self.search.problem, best[0], self.draw(kind, best[0]))
        model = Exact(self.search, best_effort=False, problem=problem, source=SOURCE)
        outcome = model.solve(CHEAPEST, changes={**SMALL, "max_deterministic_time": EFFORT}, gentle=False)
        record.seconds += self.pool.elapsed - began
        gain = 0 if outcome.objective is None else max(0, best[1].soft - outcome.objective)
        record.gain += gain
        if not gain:
            wanted = record.size * (GROW if outcome.exhausted else 1 / GROW)
            record.size = min(max(wanted, FEWEST), MOST)

    def draw(self, kind: Neighbourhood, timetable: Timetable) -> set[str]:
        free = set[str]()
        for lesson in kind(self.search, timetable, self.random):
            if len(free) >= self.records[kind].size:
                break
            free.add(lesson)
        return free
