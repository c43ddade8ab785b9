"""What a cover plan costs, by definition."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

from models.cover.plan import Decision, How
from models.cover.scene import Scene, Task

Part = tuple[str, tuple[int, ...]]
"""Lesson and the cells of one of its parts."""


def price(scene: Scene, decisions: Sequence[Decision]) -> int:
    """The cost of a plan in points."""
    own = sum(_own_price(scene, d) for d in decisions)
    return own + _changes(scene, decisions) * scene.request.weights.change + _fairness(scene, decisions)


def _own_price(scene: Scene, decision: Decision) -> int:
    task = scene.task[decision.lesson]
    if decision.how is not How.COVER:
        return way_price(scene, task, decision.how)
    parts = ((part, duty) for duty in decision.duties for part in parts_of(task, duty.cells))
    return sum(part_price(scene, task, part, duty.teacher, duty.freed) for part, duty in parts)


def parts_of(task: Task, cells: Sequence[int]) -> list[tuple[int, ...]]:
    """The parts of a lesson that lie in these cells."""
    return [part for part in task.parts if set(part) <= set(cells)]


def way_price(scene: Scene, task: Task, how: How) -> int:
    """Of a way that settles a whole lesson without somebody standing in."""
    weights, parts = scene.request.weights, len(task.parts)
    return {
        How.ALONE: weights.alone * parts,
        How.MOVE: weights.move,
        How.SWAP: weights.swap,
        How.MERGE: weights.merge,
        How.STUDY: weights.study * parts,
        How.OPEN: weights.open * parts,
    }[how]


def part_price(scene: Scene, task: Task, part: tuple[int, ...], teacher: str, freed: str | None) -> int:
    """Of somebody who stands in for one part, without what depends on the rest of the plan."""
    weights = scene.request.weights
    wished = sum(scene.wishes.get(teacher, {}).get(c, 0) for c in part)
    return (
        weights.cover
        + weights.unqualified * (not scene.qualified(teacher, task.lesson.subject))
        + weights.unknown_class * (not scene.knows(teacher, task.lesson))
        + weights.day_off * (not scene.at_school(teacher, scene.grid.cells[part[0]].day))
        + weights.freed * (freed is not None)
        + weights.wish * wished
    )


def _changes(scene: Scene, decisions: Sequence[Decision]) -> int:
    """How often a class has another person than in the period before, both standing in."""
    who = dict(_persons(scene, decisions))
    return sum(a in who and b in who and who[a] != who[b] for a, b in neighbours(scene))


def _persons(scene: Scene, decisions: Sequence[Decision]) -> Iterator[tuple[Part, str]]:
    for decision in decisions:
        for duty in decision.duties:
            for part in parts_of(scene.task[decision.lesson], duty.cells):
                yield (decision.lesson, part), duty.teacher


def neighbours(scene: Scene) -> Iterator[tuple[Part, Part]]:
    """Parts that follow each other on a day for the same classes, with nothing but a break between."""
    parts = [(task, part) for task in scene.tasks for part in task.parts]
    for (first, a), (second, b) in product(parts, parts):
        same = set(first.lesson.classes) == set(second.lesson.classes)
        if same and a[-1] + 1 == b[0] and scene.grid.adjoins(b[0], over_breaks=True):
            yield (first.lesson.id, a), (second.lesson.id, b)


def parts_covered(scene: Scene, decisions: Sequence[Decision]) -> Counter[str]:
    """Teacher -> parts she stands in for in the plan."""
    return Counter(teacher for _, teacher in _persons(scene, decisions))


def _fairness(scene: Scene, decisions: Sequence[Decision]) -> int:
    """Each part costs as many times the weight as parts were covered before it, in the window and in the plan."""
    counts = scene.request.counts
    covered = parts_covered(scene, decisions).items()
    return scene.request.weights.fairness * sum(counts.get(t, 0) * n + n * (n - 1) // 2 for t, n in covered)
