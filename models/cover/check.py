"""Whether a cover plan is sound: judged by the rules of the school, not by the way it was found."""

from collections import Counter
from collections.abc import Iterator, Sequence

from models.cover.judge import Judge
from models.cover.plan import Decision, How
from models.cover.price import parts_covered
from models.cover.scene import Scene, Task
from models.cover.ways import can_be_merged


def faults(scene: Scene, decisions: Sequence[Decision]) -> Iterator[str]:
    """Sentences on what is wrong with a plan: none for a sound one."""
    yield from _undecided(scene, decisions)
    yield from _badly_decided(scene, decisions)
    yield from _leaned_on_twice(scene, decisions)
    yield from _too_much(scene, decisions)
    yield from (v.sentence for v in Judge(scene).new_violations(decisions))


def _undecided(scene: Scene, decisions: Sequence[Decision]) -> Iterator[str]:
    decided = Counter(d.lesson for d in decisions)
    for task in scene.tasks:
        if decided[task.lesson.id] != 1:
            yield f"{task.lesson.title} is decided {decided[task.lesson.id]} times, not once"
    for lesson in sorted(decided.keys() - scene.task.keys()):
        yield f"lesson {lesson!r} needs no cover"


def _badly_decided(scene: Scene, decisions: Sequence[Decision]) -> Iterator[str]:
    for decision in decisions:
        task = scene.task.get(decision.lesson)
        if task is None:
            continue
        title, kept = task.lesson.title, set(scene.request.not_alone) & set(task.lesson.classes)
        if decision.how is How.COVER:
            yield from _wrong_cells(task, decision)
        if decision.how is How.ALONE and not task.present:
            yield f"{title} has no second teacher"
        if decision.how is How.STUDY and kept:
            yield f"{title} must not be left to supervised study"
        if decision.how is How.MERGE and not can_be_merged(scene, task, decision.other or ""):
            yield f"{title} cannot be taught together with {decision.other}"
        if decision.start is not None and decision.start < scene.request.earliest:
            yield f"{title} is moved to {scene.grid.label(decision.start)}, which is over"


def _leaned_on_twice(scene: Scene, decisions: Sequence[Decision]) -> Iterator[str]:
    """A lesson that is merged with, swapped, or left to a co-teacher is so only once."""
    leaned = Counter(d.other for d in decisions if d.other is not None)
    freed = {(duty.freed, duty.teacher) for d in decisions for duty in d.duties}
    leaned.update(lesson for lesson, _ in freed if lesson is not None)
    for lesson, count in leaned.items():
        if count > 1:
            yield f"{scene.problem.lesson[lesson].title} is part of {count} changes"


def _wrong_cells(task: Task, decision: Decision) -> Iterator[str]:
    covered = sorted(c for duty in decision.duties for c in duty.cells)
    if covered != list(task.cells):
        yield f"{task.lesson.title} needs cover in cells {list(task.cells)}, has it in {covered}"


def _too_much(scene: Scene, decisions: Sequence[Decision]) -> Iterator[str]:
    request = scene.request
    for teacher, count in parts_covered(scene, decisions).items():
        if request.most is not None and count > request.most:
            yield f"{teacher} covers {count} times, at most {request.most} are allowed"
    if request.most_per_day is not None:
        for (teacher, day), count in _by_day(scene, decisions).items():
            if count > request.most_per_day:
                name = scene.grid.day_names[day]
                yield f"{teacher} covers {count} times on {name}, at most {request.most_per_day} are allowed"


def _by_day(scene: Scene, decisions: Sequence[Decision]) -> Counter[tuple[str, int]]:
    found = Counter[tuple[str, int]]()
    for decision in decisions:
        day = scene.grid.cells[decision.cells[0]].day
        for teacher, count in parts_covered(scene, [decision]).items():
            found[teacher, day] += count
    return found
