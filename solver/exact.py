"""The CP-SAT part of a search: a complete timetable, then the best one, or proof that there is none."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from models.problem import Problem
from models.score import Score
from models.timetable import Timetable
from solver.bounds import raise_bound
from solver.context import HANDOVER, Search, Stopped
from solver.cpsat import Outcome, Parameters, Run, Solution, parameters
from solver.domains import Domains
from solver.easier import at_its_times, room_prices, without_room_prices
from solver.errors import ScoreMismatch, SolverDisagreement
from solver.extract import hints_of, timetable_of
from solver.model import build
from solver.statements import Expr
from solver.variables import Variables

SOURCE = "cp-sat"

PATIENCE = 0.6
"""Share of the time left in which a step must succeed before the next one is tried."""

BRIEFLY = 0.1
"""Share of the time left in which rooms are chosen at given times."""

LONGEST = 600.0
"""Seconds such a step may take when the search has no limit in seconds."""

AROUND_BEST: Parameters = {"use_lns_only": True, "cp_model_probing_level": 0}
FEWEST_WORKERS, AROUND_SHARE, STALLED = 2, 0.85, 45.0
"""CP-SAT's neighbourhoods without a search of the whole: workers at least, share of the time left that they have, and
seconds without a better timetable after which they end earlier: the rest goes into a proof that there is none.
From timetables of 12 s of one core, after 30 s of two: comp06 53, comp07 36, comp10 23; with one worker that searches
the whole 58, 39, 27; with three of these 61, 41, 31, but they proved what the easier problem proves."""

AS_HINTED: Parameters = {"fix_variables_to_their_hinted_value": True, "num_workers": 1}
"""For finding out all values that follow from the hinted ones."""

MOST_REBUILDS = 3
"""When counting rooms was not enough so often, the model chooses every room itself."""

OTHERWISE: Parameters = {"symmetry_level": 0, "cp_model_probing_level": 0, "linearization_level": 2}
"""How the second proof of impossibility differs from the first, besides its seed."""


@dataclass(frozen=True)
class Goal:
    """What a model is solved for: the expression to minimize, if any, and whether a score agrees with its value."""

    expression: Callable[[Variables], Expr] | None
    agrees: Callable[[Score, int], bool] = lambda judged, claimed: True


def unplaced(v: Variables) -> Expr:
    """Periods of lessons without a place."""
    return sum(x.duration * (1 - v.placed(x.id)) for x in v.problem.lessons)


def price(v: Variables, weight: int | None = None) -> Expr:
    """What the soft rules cost; with a weight, only those of that weight."""
    return sum(amount * each for amount, each, rule in v.penalties if weight in (None, rule.weight))


ANY = Goal(None)
FEWEST_UNPLACED = Goal(unplaced, lambda judged, claimed: judged.unplaced == claimed)
CHEAPEST = Goal(price, lambda judged, claimed: judged.soft <= claimed)  # a model may claim too much, not too little
CHEAPEST_EASIER = Goal(price, lambda judged, claimed: judged.soft - room_prices(judged) <= claimed)

Demand = Callable[[Variables], cp_model.BoundedLinearExpression | bool]


def cp_sat(search: Search) -> None:
    """Numbered steps: 1. look for any complete timetable; 2. if there is none, prove that again in another way;
    3. while none is known, place as much as possible; 4. make it cheaper until it is the best, at first, where rooms
    have prices, with all rooms counted."""
    try:
        complete = Exact(search, best_effort=False, easier=not search.limits.lexicographic)
        if complete.find_any():
            complete.confirm_impossible()
        if not search.incumbents.complete:
            Exact(search, best_effort=True).place_most()
        if search.incumbents.complete and complete.problem is not search.problem:
            complete.improve_easier()
            choose_rooms(search)
            Exact(search, best_effort=False).improve_from_best()
        elif search.incumbents.complete:
            complete.improve()
    except Stopped:
        pass


def choose_rooms(search: Search) -> None:
    """Gives the lessons of the best timetable the best rooms and teachers at their times."""
    best = search.incumbents.best()
    if best is not None and best[1].complete:
        Exact(search, best_effort=False, problem=at_its_times(search.problem, best[0])).solve(CHEAPEST, share=BRIEFLY)


class Exact:
    """One model of the problem, solved for one goal after the other.

    problem: another one, whose timetables are timetables of the one that is searched for; easier: the same without
    prices of rooms; source: who is said to have found what it finds.
    """

    def __init__(
        self,
        search: Search,
        best_effort: bool,
        problem: Problem | None = None,
        easier: bool = False,
        source: str = SOURCE,
    ) -> None:
        self.search, self.pool, self.best_effort, self.source = search, search.incumbents, best_effort, source
        self.problem = problem or (without_room_prices(search.problem) if easier else search.problem)
        self.domains = search.domains if problem is None else Domains(problem)
        self.demands: list[Demand] = []
        self.explicit = frozenset[str]()
        self.conflicting = frozenset[str]()
        self.merge, self.from_best = not best_effort, False
        self.rebuilds = 0
        self.v = self._built()

    # ---- the steps -----------------------------------------------------------------------------------------------

    def find_any(self) -> bool:
        """Looks for a complete timetable at any price, which is faster than for a cheap one; whether there is
        proven to be none."""
        return self.solve(ANY, share=PATIENCE, enough=lambda: self.pool.complete).infeasible

    def confirm_impossible(self) -> None:
        """A single proof has been wrong before, so the second one is of a model that tells all lessons apart.
        SolverDisagreement when it finds a timetable."""
        self.merge = False
        if self.v.merged:
            self.v = self._built()
        changes = {**OTHERWISE, "random_seed": self.search.limits.seed + 1}
        second = self.solve(ANY, share=PATIENCE, changes=changes)
        if self.pool.complete:
            raise SolverDisagreement("one solve proved the problem impossible, but a complete timetable was found")
        self.search.infeasible = second.infeasible
        if not second.infeasible:
            self.search.notes.append("Probably impossible: proven once, but the second proof did not end in time.")

    def place_most(self) -> None:
        """Fewest unplaced periods first, then the lowest price without unplacing more. Begins with an empty
        timetable at worst."""
        self.pool.offer(Timetable(), self.source)
        most = self.solve(FEWEST_UNPLACED, share=PATIENCE, enough=lambda: self.pool.complete)
        best = self.pool.best()
        if best is None or best[1].hard or best[1].complete:
            return
        fewest = best[1].unplaced
        self.demand(lambda v: unplaced(v) <= fewest)
        cheapest = self.solve(CHEAPEST)
        if most.exhausted and cheapest.exhausted:
            self.search.finish()

    def improve(self) -> None:
        if self.search.limits.lexicographic:
            self._improve_by_weight()
        else:
            raise_bound(self.search, self.v)
            self.solve(CHEAPEST, bounding=True)

    def improve_easier(self) -> None:
        """As `improve`, without what was left out: for the bound, while the local search goes on."""
        self.solve(CHEAPEST_EASIER, share=HANDOVER, bounding=True)

    def improve_from_best(self) -> None:
        """As `improve`, mostly by CP-SAT's own neighbourhoods, which need all of the best timetable to begin from."""
        self.from_best, gentle = True, self.search.handover is None
        if self.search.limits.deterministic is None:
            self._look_around(gentle)
        self.solve(CHEAPEST, bounding=True, gentle=gentle)

    def _look_around(self, gentle: bool) -> None:
        began = self.pool.elapsed
        workers = max(FEWEST_WORKERS, self.search.limits.threads)
        self.solve(
            CHEAPEST,
            share=AROUND_SHARE,
            enough=lambda: min(self.pool.stagnant, self.pool.elapsed - began) > STALLED,
            changes={**AROUND_BEST, "num_workers": workers},
            gentle=gentle,
        )

    def _improve_by_weight(self) -> None:
        """Rules of the highest weight first; the best they can cost is fixed before the next."""
        weights = sorted({rule.weight for _, _, rule in self.v.penalties if rule.weight}, reverse=True)
        proven = [self._settle(weight) for weight in weights]
        if all(proven):
            self.search.optimal = True
            self.search.finish()

    def _settle(self, weight: int) -> bool:
        """Makes the rules of one weight as cheap as they can be and keeps them so; whether that is proven."""
        outcome = self.solve(Goal(lambda v: price(v, weight)), share=PATIENCE)
        least = outcome.objective
        if least is not None:
            self.demand(lambda v: price(v, weight) <= least)
        return outcome.exhausted

    # ---- one solve -----------------------------------------------------------------------------------------------

    def demand(self, relation: Demand) -> None:
        """Also asked from now on, of this model and those built anew."""
        self.demands.append(relation)
        self.v.model.add(relation(self.v))

    def solve(
        self,
        goal: Goal,
        share: float = 1.0,
        enough: Callable[[], bool] = lambda: False,
        changes: Parameters | None = None,
        bounding: bool = False,
        gentle: bool = True,
    ) -> Outcome:
        """Solves, and solves again as long as rooms that were counted cannot be handed out.

        share: of the time left; enough: when to end early; bounding: whether the bound holds for every complete
        timetable; gentle: at low priority.
        """
        while True:
            self._prepare(goal)
            outcome = Run(
                self.v.model,
                on_solution=lambda solution: self._take(goal, solution),
                on_bound=lambda bound: self.pool.raise_bound(bound, self.source) if bounding else None,
                should_stop=lambda: bool(self.conflicting) or enough() or self.search.should_stop(),
                at_once=self.search.limits.deterministic is not None,
                gentle=gentle,
            ).solve({**parameters(self.search.limits), **self._time(share), **(changes or {})})
            self.search.spent += outcome.deterministic
            if not self.conflicting or enough():
                return outcome
            self._choose_rooms()

    def _prepare(self, goal: Goal) -> None:
        self.search.check()
        self.conflicting = frozenset()
        model, best = self.v.model, self.pool.best()
        model.clear_hints()  # type: ignore[no-untyped-call]
        for literal, truth in [] if best is None else hints_of(self.v, best[0]):
            model.add_hint(literal, truth)
        model.clear_objective()  # type: ignore[no-untyped-call]
        if goal.expression is not None:
            model.minimize(goal.expression(self.v))
        if self.from_best:
            self._hint_everything()

    def _hint_everything(self) -> None:
        """What is derived from the best timetable too: so CP-SAT has it at once, not after a search of its own."""
        found = list[list[int]]()
        outcome = Run(
            self.v.model,
            on_solution=lambda solution: found.append(solution.values),
            on_bound=lambda bound: None,
            should_stop=self.search.should_stop,
        ).solve({**parameters(self.search.limits), **self._time(BRIEFLY), **AS_HINTED})
        self.search.spent += outcome.deterministic
        if found:
            self.v.model.clear_hints()  # type: ignore[no-untyped-call]
            hint = self.v.model.proto.solution_hint
            hint.vars.extend(list(range(len(found[-1]))))
            hint.values.extend(found[-1])

    def _take(self, goal: Goal, solution: Solution) -> None:
        """Offers a solution to the pool and notes the lessons whose rooms were counted in vain."""
        timetable, self.conflicting = timetable_of(self.v, solution.holds, self.search.should_stop)

        def check(judged: Score) -> None:
            kept = judged.hard == 0 and (self.best_effort or judged.unplaced == 0)
            if not self.conflicting and not (kept and goal.agrees(judged, round(solution.objective))):
                raise ScoreMismatch(f"the model claims {solution.objective:.0f}, the rules say {judged}")

        self.pool.offer(timetable, self.source, check)

    def _time(self, share: float) -> Parameters:
        """The limits of one solve that takes a share of what is left."""
        limits, found = self.search.limits, dict[str, bool | int | float]()
        if limits.deterministic is not None:
            found["max_deterministic_time"] = max(0.0, limits.deterministic - self.search.spent) * share
        elif limits.seconds is not None or share < 1:
            left = math.inf if limits.seconds is None else max(0.0, limits.seconds - self.pool.elapsed)
            found["max_time_in_seconds"] = min(left * share, LONGEST if share < 1 else left)
        if limits.gap is not None:
            found["relative_gap_limit"] = limits.gap
        return found

    # ---- models --------------------------------------------------------------------------------------------------

    def _built(self) -> Variables:
        v = build(
            self.problem,
            best_effort=self.best_effort,
            explicit=self.explicit,
            domains=self.domains,
            merge=self.merge,
            on_step=self.search.check,
        )
        for relation in self.demands:
            v.model.add(relation(v))
        return v

    def _choose_rooms(self) -> None:
        """Builds the model anew, with the rooms of the lessons in conflict chosen by it."""
        self.rebuilds += 1
        everyone = frozenset(x.id for x in self.problem.lessons if x.rooms)
        self.explicit |= self.conflicting if self.rebuilds < MOST_REBUILDS else everyone
        self.v = self._built()
