"""Why a lesson has no place: what is in its way at the times where the least is."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from models.base import ResourceKind
from models.board import Board
from models.problem import Lesson, Problem
from models.reach import TOGETHER
from models.rules import STRUCTURAL, LessonRule, ResourceRule, Rule, Violation
from models.score import unplaced_lessons
from models.stage import Move, Rows, Stage
from models.timetable import Placement, Timetable, Unplaced
from solver.domains import Domains, Resource

TIMES = 3
"""So many times are named in a reason."""

TRIED = 8
"""At so many free times the rules are asked."""

MOST_ASKED = 600
"""The rules are asked so often over all lessons, which takes about a second; then only who is busy is told."""


class Obstacles(NamedTuple):
    """What keeps a block from starting in a cell: one sentence each, without a full stop."""

    cell: int
    sentences: list[str]


ENDED = "The search was ended, and what is in its way was not looked for."


def with_reasons(
    problem: Problem, domains: Domains, timetable: Timetable, over: Callable[[], bool] = lambda: False
) -> Timetable:
    """The same timetable with every lesson it does not place, and the reason; over: whether to look for no more."""
    missing = unplaced_lessons(problem, timetable)
    seeker = Seeker(problem, domains, timetable)
    leaders = dict.fromkeys(domains.leader[x] for x in missing)
    reasons = {leader: ENDED if over() else seeker.reason(leader) for leader in leaders}
    unplaced = tuple(Unplaced(lesson=x, reason=reasons[domains.leader[x]]) for x in missing)
    return Timetable(placements=timetable.placements, unplaced=unplaced)


class Seeker:
    """Looks for what is in the way in one timetable. Lessons that must start together are looked at together."""

    def __init__(self, problem: Problem, domains: Domains, timetable: Timetable) -> None:
        self.problem, self.domains, self.board = problem, domains, Board(problem, timetable)
        self._asked = 0

    def reason(self, leader: str) -> str:
        block = [self.problem.lesson[x] for x in self.domains.blocks[leader] if x not in self.board.placed]
        cells = self.domains.starts[leader]
        if not cells:
            return self._never(block)
        found = sorted((self.busy(block, cell) for cell in cells), key=lambda o: (len(o.sentences), o.cell))
        free = [o.cell for o in found if not o.sentences][:TRIED]
        if free:
            asked = sorted((self.broken(block, cell) for cell in free), key=lambda o: (len(o.sentences), o.cell))
            found = asked + found[len(free) :]
        named = ". ".join(f"{self.problem.grid.label(o.cell)}: {_list(o.sentences)}" for o in found[:TIMES])
        rest = "" if len(cells) <= TIMES else f" ({TIMES} of {len(cells)} possible times)"
        return f"{named}{rest}."

    def _never(self, block: list[Lesson]) -> str:
        """The reason of a block without any possible start."""
        alone = [x for x in block if not self.domains.own_starts(x)]
        if not alone:
            return f"There is no time that suits all of {_list(x.title for x in block)}, which must start together."
        lesson = alone[0]
        if any(not rooms and not lesson.may_go_without(i) for i, rooms in enumerate(self.domains.rooms[lesson.id])):
            return "There is no room it may use."
        names = [self.board.name(kind, row) for kind, row in self.domains.fixed(lesson)]
        needs = _list([*dict.fromkeys(names), *(["a room"] if lesson.rooms else [])]) or "it"
        return f"There is no allowed time at which {needs} can be had for {_periods(lesson.duration)}."

    # ---- who is busy ---------------------------------------------------------------------------------------------

    @cached_property
    def _user(self) -> dict[Resource, dict[int, str]]:
        """Resource -> slot -> the lesson it has then."""
        found: dict[Resource, dict[int, str]] = defaultdict(dict)
        for resource, bookings in self.board.bookings.items():
            for b in bookings:
                found[resource].update(dict.fromkeys(range(b.start, b.end), b.lesson.id))
        return found

    def _users(self, resource: Resource, slots: Iterable[int]) -> Iterator[str]:
        """The lessons a resource has in some slots, each once."""
        busy = self._user.get(resource, {})
        yield from dict.fromkeys(busy[s] for s in slots if s in busy)

    def busy(self, block: list[Lesson], cell: int) -> Obstacles:
        """Teachers, classes and rooms that are busy when the block would start in the cell."""
        sentences: dict[str, None] = {}
        for lesson in block:
            slots = self.problem.slots_of(lesson, cell)
            for kind, row in self.domains.fixed(lesson):
                for other in self._users((kind, row), slots):
                    sentences[f"{self.board.name(kind, row)} has {self.problem.lesson[other].title}"] = None
        if not sentences:
            sentences.update(dict.fromkeys(s for x, s in self._placed(block, cell) if isinstance(s, str)))
        return Obstacles(cell, list(sentences))

    def _placed(self, block: list[Lesson], cell: int) -> list[tuple[Lesson, Placement | str]]:
        """Each lesson with a placement in the cell, or with what it lacks."""
        taken: set[Resource] = set()
        return [(lesson, self._place(lesson, cell, taken)) for lesson in block]

    def _place(self, lesson: Lesson, cell: int, taken: set[Resource]) -> Placement | str:
        """taken: rooms and teachers given to the rest of the block; grows."""
        teachers = [self._free("teacher", options, lesson, cell, taken) for options in self.domains.teachers[lesson.id]]
        rooms = [self._free("room", options, lesson, cell, taken) for options in self.domains.rooms[lesson.id]]
        for teacher, options in zip(teachers, self.domains.teachers[lesson.id], strict=True):
            if teacher is None:
                return f"none of {_list(options)} is free"
        for i, (room, options) in enumerate(zip(rooms, self.domains.rooms[lesson.id], strict=True)):
            if room is None and not lesson.may_go_without(i):
                return f"no room is free ({_list(options)})" if options else "there is no such room"
        chosen = tuple(t for t in teachers if t is not None)
        return Placement(lesson=lesson.id, start=cell, rooms=tuple(rooms), teachers=chosen)

    def _free(
        self, kind: ResourceKind, options: Iterable[str], lesson: Lesson, cell: int, taken: set[Resource]
    ) -> str | None:
        """The first of the options that the lesson can have in the cell."""
        covered, slots = range(cell, cell + lesson.duration), self.problem.slots_of(lesson, cell)
        for option in options:
            resource: Resource = (kind, option)
            closed = self.domains.closed_cells(resource, lesson)
            if resource not in taken and closed.isdisjoint(covered) and not any(self._users(resource, slots)):
                taken.add(resource)
                return option
        return None

    # ---- which rules would be broken -----------------------------------------------------------------------------

    def broken(self, block: list[Lesson], cell: int) -> Obstacles:
        """Hard rules that would be broken if the block started in a cell where everything it needs is free.

        Only the rules that speak of the block are asked, on a timetable of the lessons they look at; what these
        rules find there without the block does not count.
        """
        self._asked += 1
        if self._asked > MOST_ASKED:
            return Obstacles(cell, ["a rule is in the way"])
        added = [p for _, p in self._placed(block, cell) if isinstance(p, Placement)]
        rules = self._concerned(added)
        beside = self._beside(added, rules)
        before = Counter(v.sentence for v in self._violations(rules, beside))
        after = Counter(v.sentence for v in self._violations(rules, [*beside, *added]))
        sentences = list(after - before)
        return Obstacles(cell, sentences or ["nothing is in the way; the search ended before it was placed"])

    @cached_property
    def _empty(self) -> Board:
        return Board(self.problem, Timetable())

    def _violations(self, rules: list[Rule], placements: list[Placement]) -> Iterator[Violation]:
        board = Stage(self._empty, [Move(self.problem.lesson[p.lesson], p) for p in placements])
        return (v for rule in rules for v in rule.violations(board))

    @cached_property
    def _hard(self) -> list[tuple[Rule, frozenset[Resource]]]:
        """The hard rules with the resources they speak of."""
        rules: list[Rule] = [*STRUCTURAL, *(r for r in self.problem.rules if r.weight is None)]
        return [(rule, self._resources_of(rule)) for rule in rules]

    def _resources_of(self, rule: Rule) -> frozenset[Resource]:
        if not isinstance(rule, ResourceRule):
            return frozenset()
        return frozenset((rule.who.kind, row) for row in self.problem.rows(rule.who))

    def _used(self, placements: Iterable[Placement]) -> set[Resource]:
        return {r for p in placements for r in self.board.resources(self.problem.lesson[p.lesson], p)}

    def _concerned(self, added: list[Placement]) -> list[Rule]:
        """The hard rules that speak of the block, those on resources of the block's own alone."""
        used, lessons = self._used(added), {p.lesson for p in added}
        return [
            _of(rule, used & resources)
            for rule, resources in self._hard
            if (not used.isdisjoint(resources) if resources else not lessons.isdisjoint(self._lessons_of(rule)))
        ]

    def _lessons_of(self, rule: Rule) -> tuple[str, ...]:
        """The lessons a rule names; all when it names none."""
        named: tuple[str, ...] = getattr(rule, "lessons", ())
        return named or tuple(self.problem.lesson)

    def _beside(self, added: list[Placement], rules: list[Rule]) -> list[Placement]:
        """The placed lessons that share a resource with the block, or are named by one of the rules."""
        shared = [b.placement.lesson for r in self._used(added) for b in self.board.bookings.get(r, ())]
        named = [x for rule in rules if isinstance(rule, LessonRule) for x in rule.lessons]
        return [self.board.placed[x] for x in dict.fromkeys([*shared, *named]) if x in self.board.placed]


def _of(rule: Rule, resources: set[Resource]) -> Rule:
    """The rule on these resources alone, where it says something of each. Judging all classes of a school each time
    took most of what reasons take."""
    if not isinstance(rule, ResourceRule) or rule.name in TOGETHER:
        return rule
    rows = Rows(kind=rule.who.kind, ids=tuple(sorted(row for _, row in resources)))
    return rule.model_copy(update={"who": rows})


def _periods(count: int) -> str:
    return "a period" if count == 1 else f"{count} periods in a row"


def _list(names: Iterable[str]) -> str:
    """ "A", "A and B", "A, B and C"; of more than four the first three and how many others."""
    all_ = list(names)
    if len(all_) > 4:
        all_ = [*all_[:3], f"{len(all_) - 3} others"]
    return " and ".join(filter(None, [", ".join(all_[:-1]), *all_[-1:]]))
