"""The steps of a repair, and what is known after each.

Numbered steps: 1. all lessons keep their times, only teachers and rooms may change; 2. lessons that break a rule or
have no place are free, all others stay or are given up (see `solver.repair_parts`): the fewest changes of that are a
lower bound; those given up become free and the step is repeated until none is: then the bound is a repair, the best;
3. among repairs that change as much, prefer the better soft score.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property

from models.board import Board
from models.problem import Lesson
from models.rules import STRUCTURAL, Violation
from models.score import score
from models.timetable import Placement, Timetable
from solver.cpsat import Parameters, parameters
from solver.errors import ScoreMismatch, SolverDisagreement
from solver.exact import OTHERWISE
from solver.facts import Fact
from solver.limits import Limits
from solver.old_places import Amount, affected, amount
from solver.repair_part import Part, Scope, sees_rooms
from solver.repair_parts import Parts
from solver.repair_question import Answer, Questions
from solver.repair_result import Repair
from solver.repair_school import School
from solver.result import Status

PATIENCE = 1
"""Questions in a row that need not raise the bound."""

NOTHING = Scope(frozenset())


class Repairing:
    """One repair while it is made. Raises Stopped at the limit."""

    def __init__(self, school: School, limits: Limits, most: int | None, cancel: Callable[[], bool]) -> None:
        self.school, self.limits, self.most = school, limits, most
        self.parts, self.questions = Parts(school), Questions(school, limits, cancel)
        self.best: tuple[Amount, Timetable] | None = None
        self.bounds: tuple[int, ...] = (school.must_move, 0, 0, 0, 0)
        self.impossible = False
        self._boards: dict[int, Board] = {}

    # ---- the steps -----------------------------------------------------------------------------------------------

    def squeeze(self) -> None:
        first = self.conflicts
        if first == NOTHING:
            self._offer(self.before)
            return
        if not first.window <= self.school.old.places.keys():
            self.keep_others(first)
        if not self.settled:
            self.keep_times(first)
        scope = first if self.settled else self.move(first)
        if not self.settled:
            self.force(scope)

    def keep_others(self, scope: Scope) -> None:
        """Tries to find places for new lessons without any other change, beyond which there is nothing to prove."""
        part, explicit = self.parts.others_kept(scope.window, still=True, soft=False), frozenset[str]()
        while (answer := self._asked(part, explicit)).timetable is not None:
            if answer.unserved <= explicit:
                self._judged(answer._replace(exhausted=False), scope)
                return
            explicit |= answer.unserved

    def keep_times(self, scope: Scope) -> None:
        """Tries to do without moving any lesson but those that cannot stay or are new."""
        scope = self._with_rooms(scope, scope.roomed | (scope.window - self.school.old.places.keys()))
        explicit = scope.window
        while not self.settled:
            answer = self._asked(self.parts.still_part(scope), explicit)
            if answer.impossible:
                self._raise_bounds((self.school.must_move + 1,))
            if answer.timetable is None:
                return
            if answer.unserved:
                explicit |= answer.unserved
                continue
            self._raise_bounds(answer.bounds)
            wider = self._judged(answer, scope)
            if wider == scope:
                return
            scope = self._with_rooms(wider, wider.roomed - scope.roomed)

    def _with_rooms(self, scope: Scope, lessons: frozenset[str]) -> Scope:
        """Looks also at the rooms of these lessons, and at all that could be in their way there."""
        anywhere = self.school.in_rooms_of(lessons - self.school.old.places.keys())
        roomed = lessons | self.school.at_the_time_of(lessons) | anywhere
        return scope._replace(around=scope.around | roomed, roomed=scope.roomed | roomed)

    def move(self, scope: Scope) -> Scope:
        """Frees what is in the way until a repair is the best; gives what was looked at last. Where that does not raise
        the bound, whole classes become free."""
        explicit, known, idle = frozenset[str](), self.bounds, 0
        while not self.settled:
            known, idle = self.bounds, idle + 1 if self.bounds == known else 0
            part = self.parts.part(scope)
            answer = self._asked(part, explicit)
            if answer.impossible:
                self.impossible = self._asked(part, explicit, self._otherwise()).impossible
                return scope
            self._raise_bounds(answer.bounds)
            if answer.timetable is None or not answer.exhausted:
                return scope
            if answer.unserved:
                explicit |= answer.unserved
                continue
            wider = self._judged(answer, scope)
            if wider == scope:
                return scope
            scope = self.school.with_classes(wider, answer.given_up) if idle > PATIENCE else wider
            if not answer.given_up:
                scope = scope._replace(around=scope.around | self.school.in_rooms_of(scope.window))
        return scope

    def _judged(self, answer: Answer, scope: Scope) -> Scope:
        """Keeps what was found if it is a repair; else what to look at next time."""
        if answer.given_up:
            return scope._replace(window=self.school.starting_with(scope.window | answer.given_up))
        whole = self._whole(answer.timetable or Timetable())
        changed = {c.lesson for c in self.before.diff(whole)} | scope.window
        facts = [f for f in self.school.hard if f in scope.facts or not f.lessons or not f.lessons.isdisjoint(changed)]
        broken = self._conflicts(whole, facts)
        if broken == NOTHING:
            self._offer(whole)
            if answer.exhausted:
                self._raise_bounds(answer.bounds)
            return scope
        around = broken.window.union(*(f.lessons for f in broken.facts))
        return scope.joined(Scope(frozenset(), around, broken.facts, broken.roomed))

    def force(self, scope: Scope) -> None:
        """Looks for any repair, with more and more lessons free, for the time that is left."""
        everyone = Scope(self.school.everyone)
        near = scope._replace(window=self.school.beside(scope.window))
        for wide in (scope, near, everyone):
            if self.settled or self.best is not None:
                return
            wide = wide._replace(around=wide.around | self.school.in_rooms_of(wide.window))
            part = self.parts.part(wide, kept=True)
            answer = self._asked(part, self._roomed(part), self._many)
            if wide.window == everyone.window:
                self.impossible = (
                    answer.impossible and self._asked(part, self._roomed(part), self._otherwise()).impossible
                )
            if answer.timetable is not None:
                self._judged(answer._replace(exhausted=wide.window == everyone.window), wide)

    @property
    def _many(self) -> Parameters:
        """For large models, many strategies at once."""
        return {"num_workers": parameters(self.limits)["num_workers"]}

    def _roomed(self, part: Part) -> frozenset[str]:
        return frozenset(x.id for x in part.problem.lessons if x.rooms)

    def polish(self) -> None:
        """A better soft score with the same amount of change, of the lessons that change anyway."""
        if self.best is None:
            return
        changed, best = self.best
        window = self.school.starting_with({c.lesson for c in self.before.diff(best)})
        still = changed.moves == 0 and window <= self.school.old.places.keys()
        found = self.questions.better(self.parts.others_kept(window, still, True, best), changed, best)
        if found is None:
            return
        timetable, unserved = found
        whole = self._whole(timetable)
        if not unserved and self._better(whole):
            self.best = amount(self.school.problem, self.school.old, whole), whole

    def _asked(self, part: Part, explicit: frozenset[str], changes: Parameters | None = None) -> Answer:
        return self.questions.fewest(part, explicit, self.bounds[0], self.before, changes)

    # ---- what is known -------------------------------------------------------------------------------------------

    @cached_property
    def conflicts(self) -> Scope:
        """What is wrong with the old timetable."""
        return self._conflicts(self.before, self.school.hard)

    @cached_property
    def before(self) -> Timetable:
        return Timetable(placements=tuple(self.school.old.places.values()))

    def _whole(self, part: Timetable) -> Timetable:
        old = self.school.old.places
        placed = {p.lesson: _with_rooms(p, old.get(p.lesson)) for p in part.placements}
        kept = (p for id_, p in old.items() if id_ not in placed)
        return Timetable(placements=(*placed.values(), *kept))

    def _conflicts(self, whole: Timetable, facts: Collection[Fact]) -> Scope:
        """Lessons that clash, have no place, or break one of the facts, and facts that are broken by no lesson in
        particular."""
        problem, board = self.school.problem, self._board(whole)
        lessons = {x.id for x in problem.lessons if x.id not in whole.placement}
        broken, roomed = set[Fact](), set[str]()
        for rule, fact in (*((r, None) for r in STRUCTURAL), *((f.rule, f) for f in facts if f.rule is not None)):
            for violation in rule.violations(board):
                lessons.update(violation.lessons)
                broken.update(() if fact is None else (fact,))
                roomed.update(_concerned(violation, fact) if sees_rooms(rule) else ())
        return Scope(self.school.starting_with(lessons), frozenset(), frozenset(broken), frozenset(roomed))

    @property
    def proven(self) -> bool:
        return self.best is not None and self.best[0] == self.bounds

    @property
    def settled(self) -> bool:
        """Whether nothing is left to be found out."""
        return self.impossible or self.proven or (self.most is not None and self.bounds[0] > self.most)

    def _otherwise(self) -> Parameters:
        return {**OTHERWISE, "random_seed": self.limits.seed + 1}

    def _raise_bounds(self, bounds: tuple[int, ...]) -> None:
        self.bounds = max(self.bounds, bounds)
        if self.best is not None and self.bounds > self.best[0]:
            raise SolverDisagreement(
                f"repairs were proven to change {self.bounds} at least, one changes {self.best[0]}"
            )

    def _offer(self, whole: Timetable) -> None:
        """Keeps the repair if it changes less than the best."""
        changed = amount(self.school.problem, self.school.old, whole)
        if self.best is None or changed < self.best[0]:
            self.best = changed, whole

    def _better(self, whole: Timetable) -> bool:
        """Whether a timetable with as much change as the best keeps every hard rule and has a better score."""
        if self.best is None or whole.placement == self.best[1].placement:
            return False
        changed = {c.lesson for c in self.best[1].diff(whole)}
        if self._conflicts(whole, self._on(self.school.hard, changed)) != NOTHING:
            return False
        soft = self._on(self.school.soft, changed)
        return _price(self._board(whole), soft) < _price(self._board(self.best[1]), soft)

    def _board(self, whole: Timetable) -> Board:
        """Laid out once for each timetable, since that takes a while in a large school."""
        if id(whole) not in self._boards:
            self._boards[id(whole)] = Board(self.school.problem, whole)
        return self._boards[id(whole)]

    def _on(self, facts: Collection[Fact], lessons: set[str]) -> list[Fact]:
        return [f for f in facts if not f.lessons or not f.lessons.isdisjoint(lessons)]

    def result(self, before: Timetable, removed: Mapping[str, Lesson]) -> Repair:
        about = {"problem": self.school.problem, "most": self.most, "seconds": self.questions.watch.elapsed}
        if self.best is None:
            status = Status.INFEASIBLE if self.impossible else Status.UNKNOWN
            return Repair(status, at_least=self.bounds[0], **about)  # type: ignore[arg-type]
        changed, timetable = self.best
        judged = score(self.school.problem, timetable)
        if not judged.complete:
            raise ScoreMismatch(f"a repair was found that the rules refuse: {judged}")
        changes = tuple(before.diff(timetable))
        return Repair(
            status=Status.OPTIMAL if self.proven else Status.FEASIBLE,
            timetable=timetable,
            amount=changed,
            at_least=self.bounds[0],
            changes=changes,
            affected=frozenset(affected({**removed, **self.school.problem.lesson}, changes)),
            **about,  # type: ignore[arg-type]
        )


def _with_rooms(place: Placement, old: Placement | None) -> Placement:
    """With the old rooms, where a part was shown without any."""
    return place.model_copy(update={"rooms": old.rooms}) if old is not None and not place.rooms else place


def _concerned(violation: Violation, fact: Fact | None) -> Collection[str]:
    return violation.lessons or (() if fact is None else fact.lessons)


def _price(board: Board, facts: Iterable[Fact]) -> int:
    return sum(v.penalty for f in facts if f.rule is not None for v in f.rule.violations(board))
