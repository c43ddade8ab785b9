"""A priced menu of changes of the input, each of which makes an impossible problem solvable.

Numbered steps: 1. explain the problem; 2. take every fact of the contradiction away, and of those that are left then;
look for a timetable in which as little as possible of it is broken, and go down from there to what cannot be spared:
a fix, and then others that do without one of its changes; 3. list the ways to loosen one fact of each core, with their
prices (`solver.loosen`); 4. take one way per core, the cheapest combination first, and look for a timetable of the
whole problem loosened so, from the timetables known; what it makes use of is the fix, and the timetable its proof;
5. when none exists, there is another contradiction: add its core and go on with one way for it too; when neither is
found soon, the combination is tried again after others; 6. end when the menu is full and no combination left can be
cheaper than what is on it, or when there is a choice and nothing has come for long.
"""

import heapq
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import count as counted_from

from models.problem import Problem
from models.score import score
from models.timetable import Timetable
from solver.context import Stopped
from solver.explain import Core, Explanation, explain
from solver.limits import Limits
from solver.loosen import WHOLLY, Key, Way, ways
from solver.menu import Fix, Found, Menu, different
from solver.result import Status
from solver.search.warm import warm_up
from solver.tries import SHARES, Tries, within

__all__ = ["MENU", "Fix", "Menu", "fixes"]

MENU = 5
"""Fixes on a menu at most, unless another number is asked for."""

CHOICE = 3
"""Fixes from which a menu is a choice."""

PATIENCE = 1 / 6
"""Share of the time without a new fix after which a choice is enough."""

EXPLAINING = 0.4
"""Share of the time for the first explanation."""

GROUND = 0.2
"""Share of the time for a first timetable with everything taken away."""

SPARING = 1 / 25
"""Share of the time left for changing it until little of that is broken."""

MOST_CORES = 30
"""Contradictions that are taken away at most for the first timetable."""

MOST_COUNTED = 8
"""Contradictions with which the search begins at most."""

AGAIN = 8
"""How much dearer a combination must be that is tried before one for which nothing was found is tried again."""


def fixes(
    problem: Problem,
    limits: Limits = Limits(seconds=300),  # noqa: B008  frozen
    count: int = MENU,
    cancel: Callable[[], bool] = lambda: False,
) -> Menu:
    """The cheapest changes that were found. limits: `seconds`, `deterministic`, `workers` and `seed` count; None for
    seconds looks at every way. ValueError when count < 1."""
    if count < 1:
        raise ValueError(f"{count} fixes are asked for, it must be at least 1")
    warm_up()
    began = time.monotonic()
    explanation = explain(problem, within(limits, limits.seconds, EXPLAINING), 1, cancel)
    if not explanation.cores:
        return Menu(explanation.status, (), explanation, time.monotonic() - began)
    fixing = Fixing(Tries(problem, limits, cancel, began), count, explanation.cores)
    fixing.run()
    whole = Explanation(Status.INFEASIBLE, tuple(fixing.cores), None, explanation.seconds)
    return Menu(Status.INFEASIBLE, different(fixing.found, count), whole, time.monotonic() - began)


class Fixing:
    """The search for a menu. cores: contradictions known, more as it goes on; known: the ways for each, with their
    ranks; found: fixes of which none spares another."""

    def __init__(self, tries: Tries, count: int, cores: Sequence[Core]) -> None:
        self.tries, self.problem, self.count = tries, tries.problem, count
        self.cores = list[Core]()
        self.known: list[list[tuple[int, Way]]] = []
        self.found: list[Found] = []
        self._tried = Counter[frozenset[Key]]()
        self._last_found = time.monotonic()
        self._first = cores

    def run(self) -> None:
        with suppress(Stopped):
            for core in self._first:
                self._add(core)
            if self.tries.limits.seconds is not None:
                self._count()
                self._from_above()
            while not self.tries.over() and not self._content():
                chosen = self._next()
                if chosen is None:
                    return
                self.attempt(chosen)

    def _add(self, core: Core) -> None:
        self.cores.append(core)
        self.known.append(ways(self.problem, core, self.tries.check))

    def _count(self) -> None:
        """Adds the contradictions that counting proves."""
        seen = set[str]()
        for window in self.tries.windows(self.problem):
            if len(self.cores) < MOST_COUNTED and not window <= seen:
                core = self.tries.counted(self.problem, [window])
                seen |= window if core is not None else set()
                if core is not None and sentences_of(core) not in map(sentences_of, self.cores):
                    self._add(core)

    def _content(self) -> bool:
        seconds = self.tries.limits.seconds
        waited = seconds is not None and time.monotonic() - self._last_found > PATIENCE * seconds
        return waited and len(self.found) >= min(self.count, CHOICE)

    # ---- from everything down ----------------------------------------------------------------------------------------

    def _from_above(self) -> None:
        """A fix, then one without each of its changes, until the menu is full."""
        first = self._below(frozenset())
        for key in sorted(first):
            if len(self.found) < self.count:
                self._below(frozenset((key,)))

    def _below(self, but: frozenset[Key]) -> frozenset[Key]:
        """The keys of the facts that are taken away for a fix without some of them; none when there is no fix."""
        everything = self._everything(but)
        if everything is None:
            return frozenset()
        limits = within(self.tries.limits, self.tries.left(), SPARING)
        timetable = self.tries.timetable(self.tries.elastic(everything), 0, limits, local=True)
        if timetable is None:
            return frozenset()
        chosen = self._taken(everything, timetable)
        for way in sorted(chosen, key=lambda w: (-w.least, w.key)):
            rest = tuple(w for w in chosen if w is not way)
            fewer = self.attempt(rest) if way in chosen and self._touches_all(rest) else None
            if fewer is not None:
                chosen, timetable = self._taken(rest, fewer), fewer
        self._keep_others(chosen, timetable)
        return keys_of(chosen)

    def _everything(self, but: frozenset[Key]) -> tuple[Way, ...] | None:
        """Ways that take all facts of the contradictions away, with those that are left then, after which a timetable
        was found; None when there is none."""
        for _ in range(MOST_CORES):
            whole = [w for of_core in self.known for _, w in of_core if w.kind in WHOLLY and w.key not in but]
            chosen = tuple({w.key: w for w in whole}.values())
            if not self._touches_all(chosen):
                return None
            share, hasty = (None, True) if but else (GROUND, False)
            timetable, missed, _ = self.tries.answer(chosen, self.cores, 0, share, hasty)
            if timetable is not None:
                return chosen
            if missed is None:
                return None
            self._add(missed)
        return None

    def _taken(self, chosen: Sequence[Way], timetable: Timetable) -> tuple[Way, ...]:
        """Those of the ways whose facts the timetable does not keep. Keeps the fix of the cheapest ways for them."""
        broken = self.tries.broken(chosen, timetable)
        self._keep([self._priced(w, timetable)[0] for w in broken], timetable)
        return broken

    def _keep_others(self, chosen: Sequence[Way], timetable: Timetable) -> None:
        """The fixes for the same timetable in which one fact is loosened in another way than the cheapest."""
        priced = [self._priced(w, timetable) for w in chosen]
        for i, options in enumerate(priced):
            for other in options[1:]:
                self.tries.check()
                self._keep([*(o[0] for o in priced[:i]), other, *(o[0] for o in priced[i + 1 :])], timetable)

    def _priced(self, way: Way, timetable: Timetable) -> list[Way]:
        """Ways to loosen the same fact, that whose change costs the least with this timetable first."""
        looser = self.tries.elastic((way,))
        ways_of_fact = {w.key: w for of_core in self.known for _, w in of_core if w.fact.sentence == way.fact.sentence}
        able = [w for w in ways_of_fact.values() if w.key == way.key or (w.sure and w.measured)]
        changes = ((w.settle(looser, timetable), w) for w in able)
        return [
            w for _, w in sorted(((c.price, w) for c, w in changes if c is not None), key=lambda x: (x[0], x[1].kind))
        ]

    def _touches_all(self, chosen: Sequence[Way]) -> bool:
        """Whether there is one of the ways for each contradiction known."""
        keys = keys_of(chosen)
        return all(any(w.key in keys for _, w in of_core) for of_core in self.known)

    # ---- from the cheapest up ----------------------------------------------------------------------------------------

    def _next(self) -> tuple[Way, ...] | None:
        """The first combination by rank while that may better the menu, then by price while it may be the cheapest."""
        prices = sorted(f.fix.price for f in self.found)
        full = prices[self.count - 1] if len(prices) >= self.count else None
        by_price = [sorted(((w.least, w) for _, w in of_core), key=lambda x: x[0]) for of_core in self.known]
        for options, most in ((self.known, full), (by_price, prices[0] if prices else 0)):
            chosen = self._best_of(options, most)
            if chosen is not None:
                return chosen
        return None

    def _best_of(self, options: Sequence[Sequence[tuple[int, Way]]], most: int | None) -> tuple[Way, ...] | None:
        """The combination with the least rank below `most`, where each try before counts AGAIN."""
        best: tuple[int, tuple[Way, ...]] | None = None
        for rank, chosen in combinations(options):
            self.tries.check()
            if (most is not None and rank >= most) or (best is not None and rank >= best[0]):
                break
            tried = self._tried[keys_of(chosen)]
            worth = tried < len(SHARES) and not self._spared(chosen)
            if worth and (best is None or rank + AGAIN * tried < best[0]):
                best = rank + AGAIN * tried, chosen
        return None if best is None else best[1]

    def _spared(self, chosen: Sequence[Way]) -> bool:
        price = sum(w.least for w in chosen)
        return any(f.spares(price, keys_of(chosen)) for f in self.found)

    # ---- one combination ---------------------------------------------------------------------------------------------

    def attempt(self, chosen: Sequence[Way]) -> Timetable | None:
        """A timetable of the problem loosened so, whose fix is kept. Notes a core that these ways do not touch."""
        self.tries.check()
        keys = keys_of(chosen)
        if self._tried[keys] >= len(SHARES):
            return None
        timetable, missed, again = self.tries.answer(chosen, self.cores, self._tried[keys])
        self._tried[keys] = self._tried[keys] + 1 if again else len(SHARES)
        if timetable is not None:
            self._keep(chosen, timetable)
        if missed is not None:
            self._add(missed)
        return timetable

    def _keep(self, chosen: Sequence[Way], timetable: Timetable) -> None:
        """The fix that the timetable stands for, if no other spares it and the definition of the rules proves it."""
        looser = self.tries.with_gaps_as_before(self.tries.opened(chosen))
        settled = [(w.key, w.settle(looser, timetable)) for w in chosen]
        changes = {c.sentence: c for _, c in settled if c is not None}
        fix, used = Fix(tuple(changes.values()), timetable), frozenset(key for key, c in settled if c is not None)
        if any(f.spares(fix.price, used, fix.sentence) for f in self.found) or not changes:
            return
        if score(fix.apply(self.problem), fix.timetable).complete:
            self.found = [f for f in self.found if not (used <= f.ways and fix.price <= f.fix.price)]
            self.found.append(Found(fix, used))
            self._last_found = time.monotonic()


def sentences_of(core: Core) -> frozenset[str]:
    return frozenset(f.sentence for f in core.facts)


def keys_of(chosen: Sequence[Way]) -> frozenset[Key]:
    return frozenset(w.key for w in chosen)


def combinations(options: Sequence[Sequence[tuple[int, Way]]]) -> Iterator[tuple[int, tuple[Way, ...]]]:
    """Ways of which each list has at least one, with the sum of their ranks, the smallest sum first."""
    heap, number = [(0, 0, tuple[Way, ...]())], counted_from(1)
    while heap:
        rank, _, chosen = heapq.heappop(heap)
        keys = keys_of(chosen)
        untouched = next((o for o in options if not any(w.key in keys for _, w in o)), None)
        if untouched is None:
            yield rank, chosen
            continue
        for more, way in untouched:
            heapq.heappush(heap, (rank + more, next(number), (*chosen, way)))
