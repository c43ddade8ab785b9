"""Where a contradiction may lie: sets of lessons to be looked at without all others."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from models.diagnose import proofs
from models.problem import Problem
from models.rules import LessonRule
from solver.facts import users_of

Window = frozenset[str]

BATCH = 120
"""Windows are looked at together until they have so many lessons, which takes hardly longer than one of them."""

FEW = 12
"""A rule on at most so many lessons draws all of them into a window that has one."""


def proven(problem: Problem, on_step: Callable[[], None] = lambda: None) -> list[Window]:
    """Lessons of the counting proofs, and these with all that hard rules tie to them. on_step: called many times during
    the work; what it raises ends it."""
    found = [frozenset(f.lessons) for f in proofs(problem, on_step) if f.lessons]
    drawn = _drawn(problem) if found else {}
    return list(dict.fromkeys((*found, *(frozenset((*w, *(y for x in w for y in drawn[x]))) for w in found))))


def families(problem: Problem) -> list[list[Window]]:
    """The lessons that rules link; of every teacher; of every class; of every kind of room: each family in the order
    of the problem."""
    drawn = _drawn(problem)
    position = {x.id: n for n, x in enumerate(problem.lessons)}

    def ordered(sets: Iterable[Iterable[str]]) -> list[Window]:
        wide = dict.fromkeys(frozenset(y for x in lessons for y in (x, *drawn[x])) for lessons in sets)
        return sorted(wide, key=lambda w: sorted(position[x] for x in w))

    kinds: dict[object, set[str]] = defaultdict(set)
    for x in problem.lessons:
        for request in x.rooms:
            kinds[problem.room_choices(request)].add(x.id)
    return [linked(problem), ordered(_by_teacher(problem)), ordered(by_class(problem)), ordered(kinds.values())]


def by_class(problem: Problem) -> list[set[str]]:
    """The lessons of each class with all its parts; at the end those without a class."""
    users = users_of(problem).of
    sets = [problem.students.of((c.id,)) for c in problem.classes if c.part_of is None]
    found = [set[str]().union(*(users.get(("class", s), ()) for s in students)) for students in sets]
    return [lessons for lessons in (*found, {x.id for x in problem.lessons if not x.classes}) if lessons]


def _by_teacher(problem: Problem) -> list[Window]:
    return [lessons for (kind, _), lessons in users_of(problem).of.items() if kind == "teacher"]


def _drawn(problem: Problem) -> dict[str, set[str]]:
    """Lesson -> those that hard rules on few lessons tie to it."""
    found: dict[str, set[str]] = defaultdict(set)
    for rule in problem.rules:
        if rule.weight is None and isinstance(rule, LessonRule) and len(rule.lessons) <= FEW:
            for x in rule.lessons:
                found[x].update(rule.lessons)
    return found


def linked(problem: Problem) -> list[Window]:
    """The lessons that at least two hard rules link, directly or through others, small sets first."""
    group: dict[str, tuple[str, ...]] = {x.id: (x.id,) for x in problem.lessons}
    links = Counter[str]()
    for rule in problem.rules:
        if rule.weight is None and isinstance(rule, LessonRule):
            groups = dict.fromkeys(group[x] for x in rule.lessons)
            joined = tuple(x for g in groups for x in g)
            if len(groups) > 1:
                group.update(dict.fromkeys(joined, joined))
            links.update(rule.lessons[:1])
    whole = sorted({g for g in group.values() if sum(links[x] for x in g) > 1}, key=lambda g: (len(g), g))
    return [frozenset(g) for g in whole]


def batches(windows: Sequence[Window]) -> Iterator[list[Window]]:
    """Neighbours together."""
    batch: list[Window] = []
    for window in windows:
        if batch and len(union((*batch, window))) > BATCH:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def union(windows: Iterable[Window]) -> Window:
    return frozenset[str]().union(*windows)
