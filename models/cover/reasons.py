"""Why each lesson of a cover plan is dealt with as it is, as a head of school would say it."""

from collections.abc import Iterator, Sequence

from models.cover.plan import Decision, Duty, How
from models.cover.scene import Scene, Task
from models.cover.ways import candidates
from models.rules.base import counted


def with_reasons(scene: Scene, decisions: Sequence[Decision]) -> Iterator[Decision]:
    for decision in decisions:
        task = scene.task[decision.lesson]
        yield decision.model_copy(update={"reasons": tuple(_reasons(scene, task, decision))})


def sentence(scene: Scene, decision: Decision) -> str:
    """The decision in one line: "Mon P3 Math 7A, for T07: T12 covers (teaches Math, knows the class)"."""
    task = scene.task[decision.lesson]
    when, who = scene.grid.label(task.placement.start), " and ".join(task.absent)
    because = f" ({', '.join(decision.reasons)})" if decision.reasons else ""
    return f"{when} {task.lesson.title}, for {who}: {what(scene, decision)}{because}"


def what(scene: Scene, decision: Decision) -> str:
    """What happens, in a few words: "moved to Thu P3"."""
    task = scene.task[decision.lesson]
    other = "" if decision.other is None else scene.board.at(decision.other)
    there = "" if decision.start is None else scene.grid.label(decision.start)
    return {
        How.COVER: " and ".join(_duty(scene, task, duty) for duty in decision.duties),
        How.ALONE: f"{' and '.join(task.present)} alone",
        How.MOVE: f"moved to {there}{_new_rooms(task, decision)}",
        How.SWAP: f"changes places with {other}",
        How.MERGE: f"taught together with {other}",
        How.STUDY: "supervised study",
        How.OPEN: "nothing found",
    }[decision.how]


def _duty(scene: Scene, task: Task, duty: Duty) -> str:
    part = "" if duty.cells == task.cells else f" {', '.join(scene.grid.label(c) for c in duty.cells)}"
    return f"{duty.teacher} covers{part}"


def _new_rooms(task: Task, decision: Decision) -> str:
    rooms = " and ".join(r for r in decision.rooms if r is not None)
    return f" in {rooms}" if rooms and decision.rooms != task.placement.rooms else ""


def _reasons(scene: Scene, task: Task, decision: Decision) -> Iterator[str]:
    if decision.how is How.COVER:
        for duty in decision.duties:
            name = f"{duty.teacher} " if len(decision.duties) > 1 else ""
            yield from (f"{name}{clause}" for clause in _about_person(scene, task, duty))
    elif decision.how in (How.MOVE, How.SWAP):
        yield "everybody is there and free then"
    elif decision.how is How.MERGE and decision.other is not None:
        place = scene.board.placed[decision.other]
        yield f"{' and '.join(scene.teachers(place))} in {' and '.join(scene.board.rooms_of(place))}, which holds both"
    if decision.how in (How.STUDY, How.OPEN, How.MERGE):
        yield _who_was_free(scene, task)


def _about_person(scene: Scene, task: Task, duty: Duty) -> Iterator[str]:
    subject, teacher = task.lesson.subject, duty.teacher
    yield f"{'teaches' if scene.qualified(teacher, subject) else 'does not teach'} {subject or 'the subject'}"
    yield "knows the class" if scene.knows(teacher, task.lesson) else "does not know the class"
    before = scene.request.counts.get(teacher, 0)
    yield f"covered {counted(before, 'time')} before" if before else "has not covered yet"
    if duty.freed is not None:
        yield f"leaves {scene.problem.lesson[duty.freed].title} to a co-teacher"
    if not scene.at_school(teacher, scene.grid.cells[duty.cells[0]].day):
        yield "has no lesson that day"


def _who_was_free(scene: Scene, task: Task) -> str:
    able = dict.fromkeys(task.parts, 0)
    for person in candidates(scene, task):
        able[person.part] += 1
    least = min(able.values())
    return "no colleague is free" if not least else f"{counted(least, 'colleague')} free, wanted more elsewhere"
