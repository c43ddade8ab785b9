"""The pool through which the parts of a search share their best timetable and bound."""

import threading
import time
from collections.abc import Callable

from models.problem import Problem
from models.score import Score, score
from models.timetable import Timetable
from solver.result import Progress

OnProgress = Callable[[Progress], None]


class Incumbents:
    """Keeps the best timetable by the definition of the rules. Every method may be called from any thread.

    on_progress: called with every better timetable and every better bound, never by two threads at once.
    """

    def __init__(self, problem: Problem, on_progress: OnProgress | None = None) -> None:
        self.problem = problem
        self.timetable: Timetable | None = None
        self.score: Score | None = None
        self.source = ""
        self.bound: int | None = None
        self.curve: list[Progress] = []
        self.seconds_first: float | None = None
        self.seconds_best: float | None = None
        self._on_progress = on_progress
        self._began = time.monotonic()
        self._lock = threading.RLock()

    def offer(self, timetable: Timetable, source: str) -> bool:
        """Judge a timetable and keep it if it is the best so far; whether it was kept."""
        judged = score(self.problem, timetable)
        with self._lock:
            if self.score is not None and self.score.key <= judged.key:
                return False
            self.timetable, self.score, self.source = timetable, judged, source
            self.seconds_best = self.elapsed
            if judged.complete and self.seconds_first is None:
                self.seconds_first = self.elapsed
            self._record(source)
            return True

    def raise_bound(self, bound: int, source: str) -> None:
        """Note that no complete timetable has a soft score below `bound`."""
        with self._lock:
            if self.bound is None or bound > self.bound:
                self.bound = bound
                self._record(source)

    def best(self) -> tuple[Timetable, Score] | None:
        with self._lock:
            return None if self.timetable is None or self.score is None else (self.timetable, self.score)

    def _record(self, source: str) -> None:
        placed = 0 if self.timetable is None else len(self.timetable.placements)
        hard, unplaced = (0, 0) if self.score is None else self.score.key[:2]
        objective = None if self.score is None else self.score.soft
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
        return self.score is not None and self.score.complete

    @property
    def gap(self) -> float | None:
        with self._lock:
            if self.score is None or not self.score.complete or self.bound is None:
                return None
            return max(0, self.score.soft - self.bound) / max(1, self.score.soft)
