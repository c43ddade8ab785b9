"""Who can take a lesson at the time it had."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from models.board import Board
from models.problem import Lesson
from models.reach import TOGETHER
from models.rules import ResourceRule, Rule
from models.stage import Move, Stage
from models.timetable import Placement, Timetable
from solver.facts import with_context
from solver.repair_part import SHRINKING
from solver.repair_school import School


@dataclass(frozen=True)
class Candidates:
    """Of lessons that keep their times, with the teachers who are free then."""

    school: School

    def free(self, lesson: Lesson) -> Lesson:
        """It keeps its time if it may, and only teachers who can take it then are candidates."""
        place = self.school.old.places.get(lesson.id)
        if place is None or lesson.pin.start not in (None, place.start):
            return lesson
        if lesson.id not in self._known:
            self._known[lesson.id] = self._at_old_time(lesson, place)
        return self._known[lesson.id]

    @cached_property
    def _known(self) -> dict[str, Lesson]:
        return {}

    def _at_old_time(self, lesson: Lesson, place: Placement) -> Lesson:
        pin = lesson.pin.model_copy(update={"start": place.start})
        choices = tuple(
            tuple(t for t in options if t == chosen or self._can_take(t, lesson, place.start))
            for options, chosen in zip(lesson.any_teacher, place.teachers, strict=True)
        )
        return lesson.model_copy(update={"pin": pin, "any_teacher": choices})

    def _can_take(self, teacher: str, lesson: Lesson, start: int) -> bool:
        """Whether the teacher is free then, and no limit is passed by this besides the lessons certainly hers."""
        place = Placement(lesson=lesson.id, start=start)
        taken = _for_teacher(lesson, teacher)
        stage = Stage(self._own(teacher), [Move(taken, place)])
        slots = set(self.school.problem.slots_of(lesson, start))
        if any(
            b.lesson.id != lesson.id and not slots.isdisjoint(range(b.start, b.end))
            for b in stage.of("teacher", teacher)
        ):
            return False
        return not any(True for rule in self._limits.get(teacher, ()) for _ in rule.violations(stage))

    def _own(self, teacher: str) -> Board:
        """The lessons that have a place and are certainly hers, and nothing else."""
        if teacher not in self._boards:
            own = [self.school.problem.lesson[x] for x in self._taught.get(teacher, ())]
            places = tuple(Placement(lesson=x.id, start=self.school.old.places[x.id].start) for x in own)
            alone = with_context(self.school.problem, tuple(_for_teacher(x, teacher) for x in own), ())
            self._boards[teacher] = Board(alone, Timetable(placements=places))
        return self._boards[teacher]

    @cached_property
    def _boards(self) -> dict[str, Board]:
        return {}

    @cached_property
    def _limits(self) -> dict[str, list[Rule]]:
        """Teacher -> hard rules on her alone that hold for any of her lessons if they hold for all."""
        found: dict[str, list[Rule]] = defaultdict(list)
        for fact in self.school.hard:
            rule = fact.rule
            if isinstance(rule, ResourceRule) and rule.who.kind == "teacher" and rule.name in SHRINKING - TOGETHER:
                found[rule.who.ids[0]].append(rule)
        return found

    @cached_property
    def _taught(self) -> dict[str, list[str]]:
        """Teacher -> lessons that have a place and are certainly hers."""
        found: dict[str, list[str]] = defaultdict(list)
        for id_ in self.school.old.places:
            for teacher in self.school.problem.lesson[id_].teachers:
                found[teacher].append(id_)
        return found


def _for_teacher(lesson: Lesson, teacher: str) -> Lesson:
    """What the lesson means for the time of one teacher."""
    return lesson.model_copy(update={"teachers": (teacher,), "any_teacher": (), "classes": (), "rooms": ()})
