"""Local search as a part of a solve: from nothing to a complete timetable, then to a better one."""

from solver.context import Search
from solver.search import layout as L  # noqa: N812
from solver.search.compile import Compiled
from solver.search.jit import COMPILED
from solver.search.kernel import anneal, forget, go_to_best, keep_best, learn

SOURCE = "local search"

SLICE = 20_000
"""Steps between two looks at the clock; some hundredths of a second."""

HOT, COLD = 0.20, 0.10
"""Temperatures of the search for a complete timetable, in units of one hard violation. It stays low throughout:
slow cooling from a high temperature was far worse."""

PATIENCE = 12
"""Slices without improvement before stubborn rules are made heavier."""

RESTART = 400
"""Slices without improvement before the search starts over from its best state with fresh weights."""


def local_search(search: Search, seed: int | None = None) -> None:
    """Runs until the search is over; offers every improvement to the pool."""
    if COMPILED:
        Climber(search, search.limits.seed if seed is None else seed).run()


class Climber:
    """One local search with its own memory."""

    def __init__(self, search: Search, seed: int) -> None:
        self.search, self.pool = search, search.incumbents
        self.compiled = Compiled(search.problem, search.domains, seed + 1)
        self.m = self.compiled.m
        self.offered: tuple[int, int] | None = None

    def run(self) -> None:
        best = self.pool.best()
        self.compiled.load(best[0] if best else None)
        keep_best(self.m)
        if self.find_complete():
            self.improve()

    @property
    def everything_in(self) -> bool:
        m = self.m
        return all(m[m[L.START] + b] >= 0 for b in range(m[L.BLOCKS]))

    def find_complete(self) -> bool:
        """Lower the hard violations to zero; whether that was reached."""
        if self.compiled.doubled or not self.everything_in:
            return False
        m, idle, known = self.m, 0, self.m[L.BEST_HARD]
        while m[L.BEST_HARD] > 0:
            if self.search.should_stop():
                return False
            temperature = HOT if idle % 4 == 0 else HOT + (COLD - HOT) * (idle % 4) / 3
            anneal(m, SLICE, temperature, 1.0, 1.0, 0.0, 0.5, 8, 0.4, 0.6, True)
            idle = 0 if m[L.BEST_HARD] < known else idle + 1
            known = m[L.BEST_HARD]
            if idle and idle % PATIENCE == 0:
                learn(m, 20)
            if idle and idle % RESTART == 0:
                forget(m)
        return self.offer()

    def offer(self) -> bool:
        """Give the best state to the pool; whether its timetable is complete by the definitions."""
        state = self.m[L.BEST_HARD], self.m[L.BEST_SOFT]
        if state != self.offered:
            timetable, _ = self.compiled.timetable()
            self.pool.offer(timetable, SOURCE)
            self.offered = state
        return self.pool.complete

    def improve(self) -> None:
        """Lower the price of the soft rules, over and over from warm to cold."""
        m = self.m
        forget(m)
        while not self.search.should_stop() and m[L.BEST_SOFT] > 0:
            go_to_best(m)
            self.cool(cycle=200)
            self.offer()

    def cool(self, cycle: int) -> None:
        """One descent of the temperature over `cycle` slices, in units of soft price."""
        m, temperature = self.m, self.warm
        cooling = (0.02) ** (1.0 / (cycle * SLICE))
        for _ in range(cycle):
            if self.search.should_stop():
                return
            temperature = anneal(m, SLICE, temperature, cooling, 20.0 * self.warm, 1.0, 0.1, 8, 0.3, 0.6, False)
            self.offer()

    @property
    def warm(self) -> float:
        """Starting temperature: about the smallest price of a soft rule."""
        weights = [rule.weight for rule in self.search.problem.rules if rule.weight is not None]
        return 1.5 * (sum(weights) / len(weights)) if weights else 1.0
