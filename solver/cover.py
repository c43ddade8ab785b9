"""The cheapest joint plan for lessons whose teachers are away, and proof that no other costs less.

Numbered steps: 1. one literal for each way and each person who could stand in, so that nobody and nothing is used
twice; 2. minimise; 3. judge the plan by the school's own rules; what breaks one is ruled out, and 2. is repeated.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ortools.sat.python import cp_model

from models.cover.check import faults
from models.cover.judge import Judge
from models.cover.plan import CoverPlan, Decision, Duty, How
from models.cover.price import neighbours, parts_covered, price
from models.cover.reasons import with_reasons
from models.cover.request import CoverRequest
from models.cover.scene import Resource, Scene, Task
from models.cover.ways import Candidate, Way, candidates, ways
from models.problem import Problem
from models.rules import Violation
from models.timetable import Timetable
from solver.cpsat import Run, Solution, parameters
from solver.errors import ScoreMismatch
from solver.limits import Limits

Literals = list[cp_model.IntVar]


def cover(
    problem: Problem,
    timetable: Timetable,
    request: CoverRequest,
    limits: Limits = Limits(),  # noqa: B008  frozen
    cancel: Callable[[], bool] = lambda: False,
) -> CoverPlan:
    """What to do with each lesson whose teacher is away. Every lesson gets a decision, if only that nothing was found.

    ValueError for a request that does not fit the problem. limits: seconds, workers, seed, deterministic count.
    """
    scene = Scene(problem, timetable, request)
    if not scene.tasks:
        return CoverPlan(decisions=(), cost=0, bound=0)
    return Covering(scene, limits, cancel).plan()


@dataclass(frozen=True)
class Choice:
    """The literals of one lesson."""

    task: Task
    ways: Sequence[tuple[Way, cp_model.IntVar]]
    people: Sequence[tuple[Candidate, cp_model.IntVar]]
    covered: cp_model.IntVar

    def decision(self, solution: Solution) -> Decision:
        chosen = next((way for way, literal in self.ways if solution.holds(literal)), None)
        if chosen is None:
            return decided(self.task, How.COVER).model_copy(update={"duties": tuple(self._duties(solution))})
        way = {"start": chosen.start, "rooms": chosen.rooms, "other": chosen.other}
        return decided(self.task, chosen.how).model_copy(update=way)

    def _duties(self, solution: Solution) -> Iterator[Duty]:
        cells: dict[tuple[str, str | None], list[int]] = {}
        for person, literal in self.people:
            if solution.holds(literal):
                cells.setdefault((person.teacher, person.freed), []).extend(person.part)
        for (teacher, freed), found in cells.items():
            yield Duty(teacher=teacher, cells=tuple(sorted(found)), freed=freed)

    def made_by(self, decision: Decision) -> Literals:
        """The literals that are true together when this is decided."""
        if decision.how is not How.COVER:
            return [literal for way, literal in self.ways if _is(way, decision)]
        duties = {(duty.teacher, c) for duty in decision.duties for c in duty.cells}
        return [literal for person, literal in self.people if all((person.teacher, c) in duties for c in person.part)]


def _is(way: Way, decision: Decision) -> bool:
    wanted = (decision.how, decision.start, decision.rooms, decision.other)
    return (way.how, way.start, way.rooms, way.other) == wanted


def decided(task: Task, how: How) -> Decision:
    """Without what the way needs besides."""
    return Decision(lesson=task.lesson.id, absent=task.absent, cells=task.cells, how=how)


class Covering:
    """One plan while it is made."""

    def __init__(self, scene: Scene, limits: Limits, cancel: Callable[[], bool]) -> None:
        self.scene, self.limits, self._cancel = scene, limits, cancel
        self.judge = Judge(scene)
        self.model = cp_model.CpModel()
        self._began = time.monotonic()
        self.choices = {task.lesson.id: self._choice(task) for task in scene.tasks}
        self._nothing_twice()
        self._nobody_too_often()
        self.model.minimize(self._own_costs() + self._change_costs() + self._fairness_costs())

    # ---- the model -----------------------------------------------------------------------------------------------

    def _choice(self, task: Task) -> Choice:
        found = [(way, self._new()) for way in ways(self.scene, task)]
        able = (x for x in candidates(self.scene, task) if not self.judge.refuses(task, x.part, x.teacher))
        people = [(person, self._new()) for person in able]
        covered = self._new()
        self.model.add_exactly_one([covered, *(literal for _, literal in found)])
        for part in task.parts:
            standing_in = [literal for person, literal in people if person.part == part]
            self.model.add_exactly_one([*standing_in, ~covered])
        return Choice(task, found, people, covered)

    def _new(self) -> cp_model.IntVar:
        return self.model.new_bool_var("")

    @cached_property
    def _people(self) -> list[tuple[Candidate, cp_model.IntVar]]:
        return [pair for choice in self.choices.values() for pair in choice.people]

    @cached_property
    def _ways(self) -> list[tuple[Way, cp_model.IntVar]]:
        return [pair for choice in self.choices.values() for pair in choice.ways]

    def _nothing_twice(self) -> None:
        """Nobody is at two places, and a lesson is part of one change only."""
        taken = defaultdict[tuple[Resource, int], Literals](list)
        leaned = defaultdict[str, Literals](list)
        for person, literal in self._people:
            for cell in person.part:
                taken[("teacher", person.teacher), cell].append(literal)
        for way, literal in self._ways:
            for key in way.takes:
                taken[key].append(literal)
            for lesson in way.leans_on:
                leaned[lesson].append(literal)
        for lesson, freed in self._freed().items():
            leaned[lesson].append(freed)
        for literals in (*taken.values(), *leaned.values()):
            self.model.add_at_most_one(literals)

    def _freed(self) -> dict[str, cp_model.IntVar]:
        """Lesson -> whether one of its teachers, and then only one, is taken out to stand in elsewhere."""
        by_lesson = defaultdict[str, dict[str, Literals]](dict)
        for person, literal in self._people:
            if person.freed is not None:
                by_lesson[person.freed].setdefault(person.teacher, []).append(literal)
        return {lesson: self._any_one(by_teacher) for lesson, by_teacher in by_lesson.items()}

    def _any_one(self, by_teacher: dict[str, Literals]) -> cp_model.IntVar:
        picked = [self._any(literals) for literals in by_teacher.values()]
        self.model.add_at_most_one(picked)
        return self._any(picked)

    def _any(self, literals: Literals) -> cp_model.IntVar:
        result = self._new()
        for literal in literals:
            self.model.add_implication(literal, result)
        return result

    def _nobody_too_often(self) -> None:
        most, per_day = self.scene.request.most, self.scene.request.most_per_day
        days = defaultdict[tuple[str, int], Literals](list)
        for person, literal in self._people:
            days[person.teacher, self.scene.grid.cells[person.part[0]].day].append(literal)
        if per_day is not None:
            for literals in days.values():
                self.model.add(sum(literals) <= per_day)
        if most is not None:
            for literals in self._by_teacher.values():
                self.model.add(sum(literals) <= most)

    @cached_property
    def _by_teacher(self) -> dict[str, Literals]:
        found = defaultdict[str, Literals](list)
        for person, literal in self._people:
            found[person.teacher].append(literal)
        return found

    # ---- what it costs -------------------------------------------------------------------------------------------

    def _own_costs(self) -> cp_model.LinearExpr:
        priced = [(way.price, x) for way, x in self._ways] + [(person.price, x) for person, x in self._people]
        return cp_model.LinearExpr.weighted_sum([x for _, x in priced], [cost for cost, _ in priced])

    def _change_costs(self) -> cp_model.LinearExpr:
        """A literal for each two neighbouring parts, true when different people stand in."""
        able = defaultdict[tuple[str, tuple[int, ...]], dict[str, cp_model.IntVar]](dict)
        for lesson, choice in self.choices.items():
            for person, literal in choice.people:
                able[lesson, person.part][person.teacher] = literal
        changed: Literals = []
        for a, b in neighbours(self.scene):
            change = self._new()
            for teacher, literal in able[a].items():
                same = able[b].get(teacher)
                covered = self.choices[b[0]].covered
                self.model.add_bool_or([~literal, ~covered, change, *([] if same is None else [same])])
            changed.append(change)
        return cp_model.LinearExpr.sum(changed) * self.scene.request.weights.change

    def _fairness_costs(self) -> cp_model.LinearExpr:
        """The first part of a person costs what she has covered before, each further one more: cheap ones first."""
        weight, counts = self.scene.request.weights.fairness, self.scene.request.counts
        steps: Literals = []
        prices: list[int] = []
        for teacher, literals in self._by_teacher.items():
            own = [self._new() for _ in literals]
            self.model.add(sum(own) == sum(literals))
            steps += own
            prices += [weight * (counts.get(teacher, 0) + n) for n in range(len(own))]
        return cp_model.LinearExpr.weighted_sum(steps, prices)

    # ---- the search ----------------------------------------------------------------------------------------------

    def plan(self) -> CoverPlan:
        """The best plan that breaks no rule. When time is up before one is found, what breaks a rule is left open."""
        bound = 0
        decisions = [decided(task, How.OPEN) for task in self.scene.tasks]
        while True:
            solution, least = self._solve()
            bound = max(bound, least)
            if solution is not None:
                decisions = [choice.decision(solution) for choice in self.choices.values()]
                if price(self.scene, decisions) > round(solution.objective):
                    raise ScoreMismatch("a cover plan costs more than the model says")
            broken = self.judge.new_violations(decisions)
            if not broken or self._over():
                return self._told(self._sound(decisions, broken), bound)
            self._rule_out(decisions, broken)

    def _sound(self, decisions: list[Decision], broken: Sequence[Violation]) -> list[Decision]:
        """Without the decisions that have to do with a breach."""
        while broken:
            bad = [d for d in decisions if any(self._has_to_do_with(d, v) for v in broken) and d.how is not How.OPEN]
            given_up = {d.lesson for d in bad or decisions}
            decisions = [decided(self.scene.task[d.lesson], How.OPEN) if d.lesson in given_up else d for d in decisions]
            broken = self.judge.new_violations(decisions)
        return decisions

    def _solve(self) -> tuple[Solution | None, int]:
        solutions, bounds = list[Solution](), [0]
        fixed = self.limits.deterministic is not None
        run = Run(self.model, solutions.append, bounds.append, self._over, fixed)
        limit = self.limits.deterministic
        run.solve({**parameters(self.limits), **({} if limit is None else {"max_deterministic_time": limit})})
        return solutions[-1] if solutions else None, max(bounds)

    def _over(self) -> bool:
        limit = self.limits.seconds
        return self._cancel() or (limit is not None and time.monotonic() - self._began >= limit)

    def _rule_out(self, decisions: Sequence[Decision], broken: Sequence[Violation]) -> None:
        """Forbids, for each breach, a smallest set of decisions that breaks a rule by itself."""
        for violation in broken:
            if not self._over():
                near = [d for d in decisions if self._has_to_do_with(d, violation)]
                group = self._smallest(near if self.judge.new_violations(near) else list(decisions))
                literals = [x for d in group for x in self.choices[d.lesson].made_by(d)]
                self.model.add_bool_or([~x for x in literals])

    def _smallest(self, group: list[Decision]) -> list[Decision]:
        for decision in list(group):
            others = [d for d in group if d is not decision]
            if others and self.judge.new_violations(others):
                group = others
        return group

    def _has_to_do_with(self, decision: Decision, violation: Violation) -> bool:
        """Whether the decision moves a lesson or engages a person that the breach names."""
        others = (decision.other, *(duty.freed for duty in decision.duties))
        lessons = {decision.lesson, *(x for x in others if x is not None)}
        if not lessons.isdisjoint(violation.lessons):
            return True
        board = self.scene.board
        engaged: set[Resource] = {("teacher", duty.teacher) for duty in decision.duties}
        for id_ in lessons:
            engaged.update(board.resources(self.scene.problem.lesson[id_], board.placed[id_]))
        return any(board.name(kind, row) in violation.who for kind, row in engaged)

    def _told(self, decisions: Sequence[Decision], bound: int) -> CoverPlan:
        """The plan, judged once more."""
        for fault in faults(self.scene, decisions):
            raise ScoreMismatch(f"a cover plan was found that the rules refuse: {fault}")
        cost, before = price(self.scene, decisions), self.scene.request.counts
        covered = parts_covered(self.scene, decisions)
        counts = {t: before.get(t, 0) + n for t, n in sorted(covered.items())}
        told = tuple(with_reasons(self.scene, decisions))
        return CoverPlan(decisions=told, cost=cost, bound=min(bound, cost), counts=counts)
