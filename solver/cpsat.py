"""Running one CP-SAT model: parameters, watching, and bringing home what it finds.

Solutions are only noted by CP-SAT's threads; the caller's thread looks at the latest a few times per second, so that
a burst of solutions costs one look. With one worker each is looked at as it comes, which keeps runs reproducible.
"""

import math
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ortools.sat.python import cp_model

from solver.errors import InvalidModel
from solver.limits import Limits
from solver.statements import Lit

POLL = 0.05
"""Seconds between two looks at the running solver."""

DIVERSITY = 8
"""CP-SAT runs at least so many different strategies, even on fewer cores: one alone often gets stuck."""

NICE = 10
"""How far below the program CP-SAT's threads are put beside a local search, as `nice` counts."""

Parameters = Mapping[str, bool | int | float]


class Solution(NamedTuple):
    """values: of all variables, by index; objective: what the model says it costs."""

    values: list[int]
    objective: float

    def holds(self, literal: Lit) -> bool:
        """Whether a literal of the model is true."""
        if isinstance(literal, bool):
            return literal
        index = literal.index
        return bool(self.values[index] if index >= 0 else 1 - self.values[-index - 1])


@dataclass(frozen=True)
class Outcome:
    """infeasible: the model was proven to have no solution. exhausted: nothing better than what was found exists.
    objective: of the best solution, if there is one. deterministic: deterministic time used."""

    infeasible: bool
    exhausted: bool
    objective: int | None
    deterministic: float


def parameters(limits: Limits) -> dict[str, bool | int | float]:
    """CP-SAT's parameters that follow from the limits."""
    one = limits.deterministic is not None
    return {
        "random_seed": limits.seed,
        "num_workers": 1 if one else max(limits.threads, DIVERSITY),
        "catch_sigint_signal": False,
    }


class Run(cp_model.CpSolverSolutionCallback):
    """One solve of one model.

    on_solution, on_bound: called with what was found, in the caller's thread (with `at_once`: as it is found).
    should_stop: asked a few times per second, and after each solution. gentle: at low priority, beside a local
    search that shall have what it can use.
    """

    def __init__(
        self,
        model: cp_model.CpModel,
        on_solution: Callable[[Solution], None],
        on_bound: Callable[[int], None],
        should_stop: Callable[[], bool],
        at_once: bool = False,
        gentle: bool = False,
    ) -> None:
        super().__init__()
        self._model, self._on_solution, self._on_bound, self._should_stop = model, on_solution, on_bound, should_stop
        self._at_once, self._gentle = at_once, gentle
        self._solutions = deque[Solution](maxlen=1)
        self._bounds = deque[float](maxlen=1)
        self._error: BaseException | None = None

    def solve(self, parameters: Parameters) -> Outcome:
        solver = cp_model.CpSolver()
        for name, value in parameters.items():
            setattr(solver.parameters, name, value)
        if self._model.has_objective():
            solver.best_bound_callback = self._note_bound
        thread = threading.Thread(target=self._run, args=(solver,), name="cp-sat")
        thread.start()
        try:
            while thread.is_alive():
                if not self._at_once:
                    self._deliver()
                if self._error is not None or self._should_stop():
                    solver.stop_search()
                thread.join(POLL)
        finally:
            while thread.is_alive():  # a stop before the solver has set itself up is lost, so say it again
                solver.stop_search()
                thread.join(POLL)
        self._deliver()
        if self._error is not None:
            raise self._error
        return self._outcome(solver)

    def _run(self, solver: cp_model.CpSolver) -> None:
        """CP-SAT's many threads inherit the low priority, so that they share what the local search leaves."""
        if self._gentle and sys.platform == "linux":
            thread = threading.get_native_id()
            os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + NICE)
        solver.solve(self._model, self)

    def on_solution_callback(self) -> None:
        self._solutions.append(Solution(list(self.response_proto.solution), self.objective_value))
        if self._at_once:
            try:
                self._deliver()
                if self._should_stop():
                    self.stop_search()
            except BaseException as error:  # must not pass through the solver's own code
                self._error = error
                self.stop_search()

    def _note_bound(self, bound: float) -> None:
        if math.isfinite(bound):
            self._bounds.append(bound)

    def _deliver(self) -> None:
        while self._solutions:
            self._on_solution(self._solutions.pop())
        while self._bounds:
            self._on_bound(whole(self._bounds.pop()))

    def _outcome(self, solver: cp_model.CpSolver) -> Outcome:
        proto = solver.response_proto
        if proto.status == cp_model.MODEL_INVALID:
            raise InvalidModel(self._model.validate())
        infeasible = proto.status == cp_model.INFEASIBLE
        if proto.status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Outcome(infeasible, exhausted=False, objective=None, deterministic=proto.deterministic_time)
        objective, bound = round(proto.objective_value), whole(proto.best_objective_bound)
        if self._model.has_objective():
            self._on_bound(bound)
        return Outcome(infeasible, bound >= objective, objective, proto.deterministic_time)


def whole(bound: float) -> int:
    """A lower bound on a whole number, rounded up."""
    return math.ceil(bound - 1e-6)
