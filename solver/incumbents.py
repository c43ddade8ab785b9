"""The pool through which the parts of a search share their best timetable and bound."""

import threading
import time
from collections import Counter
from collections.abc import Callable

from models.problem import Problem
from models.score import Score, score, violations
from models.timetable import Timetable
from solver.result import Progress

OnProgress = Callable[[Progress], None]
Rank = tuple[int, ...]


def by_sum(problem: Problem, timetable: Timetable, judged: Score) -> Rank:
    """Hard, unplaced, weighted sum."""
    return judged.key


def by_weight(problem: Problem, timetable: Timetable, judged: Score) -> Rank:
    """Hard, unplaced, then what the rules of each weight cost, the highest weight first."""
    cost = Counter[int]()
    for v in violations(problem, timetable):
        cost[v.rule.weight or 0] += v.penalty
    weights = sorted({rule.weight for rule in problem.rules if rule.weight is not None}, reverse=True)
    return (*judged.key[:2], *(cost[w] for w in weights))


class Incumbents:
    """Keeps the best timetable by the definition of the rules. Every method may be called from any thread.

    on_progress: called with every better timetable and every better bound, never by two threads at once.
    rank: what is better; smaller is best.
    """

    def __init__(
        self,
        problem: Problem,
        on_progress: OnProgress | None = None,
        rank: Callable[[Problem, Timetable, Score], Rank] = by_sum,
    ) -> None:
        self.problem = problem
        self.timetable: Timetable | None = None
        self.score: Score | None = None
        self.source = ""
        self.bound = 0  # no rule pays for being kept
        self.curve: list[Progress] = []
        self.seconds_first: float | None = None
        self.seconds_best: float | None = None
        self._rank = rank
        self._best: Rank | None = None
        self._on_progress = on_progress
        self._began = time.monotonic()
        self._lock = threading.RLock()

    def offer(self, timetable: Timetable, source: str, check: Callable[[Score], None] | None = None) -> bool:
        """Judge a timetable and keep it if it is the best so far; whether it was kept.

        check: called with its score before it is kept; may raise.
        """
        judged = score(self.problem, timetable)
        if check is not None:
            check(judged)
        rank = self._rank(self.problem, timetable, judged)
        with self._lock:
            if self._best is not None and self._best <= rank:
                return False
            self.timetable, self.score, self.source, self._best = timetable, judged, source, rank
            self.seconds_best = self.elapsed
            if judged.complete and self.seconds_first is None:
                self.seconds_first = self.seconds_best
            self._record(source)
            return True

    def raise_bound(self, bound: int, source: str) -> None:
        """Note that no complete timetable has a soft score below `bound`."""
        with self._lock:
            if bound > self.bound:
                self.bound = bound
                self._record(source)

    def best(self) -> tuple[Timetable, Score] | None:
        """The best timetable and its score, read together."""
        with self._lock:
            return None if self.timetable is None or self.score is None else (self.timetable, self.score)

    def _record(self, source: str) -> None:
        placed = 0 if self.timetable is None else len(self.timetable.placements)
        hard, unplaced, objective = (0, 0, None) if self.score is None else self.score.key
        self.curve.append(Progress(self.elapsed, objective, self.bound, unplaced, hard, placed, source))
        if self._on_progress is not None:
            self._on_progress(self.curve[-1])

    # ---- what stop criteria look at (`solver.limits.Standing`) ---------------------------------------------------

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self._began

    @property
    def stagnant(self) -> float:
        best = self.seconds_best
        return 0.0 if best is None else self.elapsed - best

    @property
    def complete(self) -> bool:
        judged = self.score
        return judged is not None and judged.complete

    @property
    def gap(self) -> float | None:
        judged = self.score
        if judged is None or not judged.complete:
            return None
        return max(0, judged.soft - self.bound) / max(1, judged.soft)
