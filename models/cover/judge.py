"""What a cover plan does to the hard rules of the school, in the week of the absences."""

from collections import Counter
from collections.abc import Iterator, Sequence

from models.board import Board
from models.cover.plan import Decision, Duty, How
from models.cover.scene import Scene, Task
from models.problem import Lesson, Pin, Problem
from models.reach import Reach
from models.rules import AnyRule, LessonRule, Violation, Who
from models.rules.room_capacity import RoomCapacity
from models.rules.same_teacher import SameTeacher
from models.rules.unavailable import Unavailable
from models.timetable import Placement, Timetable
from models.weigh import Scales
from models.weight import Weight
from models.what_if import without

Places = dict[str, Placement]


class Judge:
    """The week as a problem of its own: every lesson may have any teacher, absences and protected times are hard rules,
    and each part of a lesson without its teacher has a lesson beside it, for somebody who takes only that part."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        placed = {p.lesson: p for p in scene.timetable.placements if scene.happens(p.lesson)}
        self.places = {id_: self._placed(place) for id_, place in placed.items()}
        self.board = Board(self._problem(), Timetable(placements=tuple(self.places.values())))
        # A lesson here may lack its teacher or, taught with another, its room: both are priced, not judged.
        self.reach = Reach(self.board.problem, unjudged=("room_request",))
        self._scales = Scales(self.reach, self.board)

    # ---- the week ------------------------------------------------------------------------------------------------

    def _placed(self, place: Placement) -> Placement:
        return Placement(lesson=place.lesson, start=place.start, rooms=place.rooms, teachers=self.scene.teachers(place))

    def _problem(self) -> Problem:
        scene, problem = self.scene, self.scene.problem
        return Problem(
            grid=scene.grid.model_copy(update={"weeks": (scene.grid.weeks[scene.request.week],)}),
            subjects=problem.subjects,
            teachers=problem.teachers,
            classes=problem.classes,
            rooms=problem.rooms,
            lessons=(*(_open(problem.lesson[p.lesson], p) for p in self.places.values()), *self._beside()),
            rules=(*self._rules(), *self._absences()),
        )

    def _beside(self) -> Iterator[Lesson]:
        for task in self.scene.tasks:
            for part in task.parts:
                candidates = tuple(t.id for t in self.scene.problem.teachers)
                subject, tags = task.lesson.subject, task.lesson.tags
                id_, length = beside(task.lesson.id, part), len(part)
                yield Lesson(id=id_, subject=subject, tags=tags, duration=length, any_teacher=(candidates,))

    def _rules(self) -> Iterator[AnyRule]:
        """The hard rules, of lessons of the week. A lesson that is covered has another teacher than its course."""
        for rule in self.scene.problem.rules:
            if rule.weight is not None or isinstance(rule, SameTeacher):
                continue
            if isinstance(rule, LessonRule | RoomCapacity) and rule.lessons:
                lessons = tuple(x for x in rule.lessons if x in self.places)
                if lessons:
                    yield rule.model_copy(update={"lessons": lessons})
            else:
                yield rule

    def _absences(self) -> Iterator[Unavailable]:
        for teacher, cells in (*self.scene.absent.items(), *self.scene.request.protected.items()):
            yield Unavailable(who=Who(kind="teacher", ids=(teacher,)), cells=tuple(sorted(cells)))

    # ---- judging -------------------------------------------------------------------------------------------------

    def new_violations(self, decisions: Sequence[Decision]) -> list[Violation]:
        """Breaches of hard rules that the decisions make."""
        after: Places = {}
        for decision in decisions:
            self._decide(decision, after)
        lessons = [self.board.problem.lesson[id_] for id_ in after]
        scales = Scales(self.reach, without(self.board, lessons))
        before = (self.places[id_] for id_ in after if id_ in self.places)
        return _worse(scales.weigh(after.values()) + -scales.weigh(before))

    def refuses(self, task: Task, part: tuple[int, ...], teacher: str) -> bool:
        """Whether a hard rule keeps the teacher from one more lesson in this part, whatever else is decided; clashes
        are not looked at."""
        id_ = beside(task.lesson.id, part)
        place = Placement(lesson=id_, start=part[0], teachers=(teacher,))
        weight = self._scales.weigh([place])
        return any(v.rule.name != "teacher_clash" for v in _worse(weight))

    # ---- decisions as places -------------------------------------------------------------------------------------

    def _decide(self, decision: Decision, after: Places) -> None:
        id_ = decision.lesson
        here = after.get(id_, self.places[id_])
        if decision.how in (How.MOVE, How.SWAP):
            if decision.other is not None:
                after[decision.other] = self.places[decision.other].model_copy(update={"start": here.start})
            after[id_] = here.model_copy(update={"start": decision.start, "rooms": decision.rooms})
            return
        present = tuple(t for t in here.teachers if t not in decision.absent)
        rooms = () if decision.how is How.MERGE else here.rooms
        if self._whole(decision):
            present = (*present, decision.duties[0].teacher)
        else:
            after.update(self._duties(decision))
        after[id_] = here.model_copy(update={"teachers": present, "rooms": rooms})
        for duty in decision.duties:
            self._free(duty, after)

    def _whole(self, decision: Decision) -> bool:
        """Whether one person takes the whole lesson."""
        covered = tuple(self.scene.board.cells_of(decision.lesson))
        return len(decision.duties) == 1 and decision.duties[0].cells == covered

    def _duties(self, decision: Decision) -> Iterator[tuple[str, Placement]]:
        task = self.scene.task[decision.lesson]
        for duty in decision.duties:
            for part in task.parts:
                if set(part) <= set(duty.cells):
                    id_ = beside(decision.lesson, part)
                    yield id_, Placement(lesson=id_, start=part[0], teachers=(duty.teacher,))

    def _free(self, duty: Duty, after: Places) -> None:
        if duty.freed is not None:
            place = after.get(duty.freed, self.places[duty.freed])
            left = tuple(t for t in place.teachers if t != duty.teacher)
            after[duty.freed] = place.model_copy(update={"teachers": left})


def beside(lesson: str, part: tuple[int, ...]) -> str:
    """Id of the lesson of somebody who takes one part of another lesson."""
    return f"{lesson} / {part[0]}"


def _open(lesson: Lesson, place: Placement) -> Lesson:
    """The lesson with the teachers it has as ones that could be others, in this week alone."""
    choices = tuple((t,) for t in place.teachers)
    return lesson.model_copy(update={"teachers": (), "any_teacher": choices, "weeks": (), "pin": Pin()})


def _worse(weight: Weight) -> list[Violation]:
    """The breaches that came, of rules that are now broken by more than before for the same people."""
    net = Counter[tuple[int, tuple[str, ...]]]()
    for violation in weight.came:
        net[id(violation.rule), violation.who] += violation.amount
    for violation in weight.gone:
        net[id(violation.rule), violation.who] -= violation.amount
    return [v for v in weight.came if v.rule.weight is None and net[id(v.rule), v.who] > 0]
