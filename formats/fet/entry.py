"""One constraint of a FET file, with what its converter needs to read it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from formats.fet.school import School
from formats.xml import Node
from models.base import Weight
from models.problem import Lesson
from models.rules import AnyRule, Who


class Inexpressible(Exception):
    """What a constraint asks for beyond the rules of the catalogue; the message names it after the constraint."""


@dataclass(frozen=True, slots=True)
class Entry:
    """weight: None for 100 %, else the percentage as the price of one unit."""

    node: Node
    school: School
    weight: Weight

    @property
    def source(self) -> str:
        return self.node.place

    def teacher(self) -> Who:
        return Who(kind="teacher", ids=(self.school.teacher(self.node.child("Teacher_Name", "Teacher")),))

    def students(self) -> Who:
        return Who(kind="class", ids=(self.school.class_(self.node.child("Students", "Students_Name")),))

    def tag(self) -> str:
        return self.school.tag(self.node.child("Activity_Tag_Name", "Activity_Tag"))

    def named(self, tag: str) -> tuple[str, ...]:
        """Ids of the active ones among the activities named by the child elements `tag`."""
        found: dict[str, None] = {}
        for node in self.node.all(tag):
            if node.text in self.school.lessons:
                found[node.text] = None
            elif node.text not in self.school.inactive:
                raise node.wrong(f"activity {node.text!r}", "an activity of <Activities_List>")
        return tuple(found)

    def lessons(self) -> tuple[str, ...]:
        return self.named("Activity_Id")

    def pair(self, *tags: str) -> tuple[str, ...]:
        """The activities of several child elements in that order, or none when one of them is inactive."""
        found = tuple(x for tag in tags for x in self.named(tag))
        return found if len(found) == len(tags) else ()

    def matching(self) -> tuple[str, ...]:
        """Ids of the lessons that pass the filters of the constraint; an empty filter lets all pass."""
        tests = [test for test in (make(self) for make in FILTERS) if test]
        return tuple(x.id for x in self.school.lessons.values() if all(test(x) for test in tests))

    def times(self, tag: str, day: str, hour: str) -> tuple[int, ...]:
        """The cells of the times listed under `tag`; breaks have none."""
        week = self.school.week
        return tuple(sorted({cell for node in self.node.all(tag) for cell in week.times(node, day, hour)}))


Test = Callable[[Lesson], bool]


def _by_teacher(e: Entry) -> Test | None:
    node = e.node.find("Teacher_Name")
    if node is None or not node.text:
        return None
    name = e.school.teacher(node)
    return lambda lesson: name in lesson.teachers


def _by_students(e: Entry) -> Test | None:
    node = e.node.find("Students_Name")
    return e.school.sharing(e.school.class_(node)) if node is not None and node.text else None


def _by_subject(e: Entry) -> Test | None:
    node = e.node.find("Subject_Name") or e.node.find("Subject")
    if node is None or not node.text:
        return None
    name = e.school.subject(node)
    return lambda lesson: lesson.subject == name


def _by_tag(e: Entry) -> Test | None:
    node = e.node.find("Activity_Tag_Name") or e.node.find("Activity_Tag")
    if node is None or not node.text:
        return None
    name = e.school.tag(node)
    return lambda lesson: name in lesson.tags


def _by_duration(e: Entry) -> Test | None:
    if not e.node.value_or("", "Duration"):
        return None
    duration = e.node.integer("Duration")
    return lambda lesson: lesson.duration == duration


def _by_component(e: Entry) -> Test | None:
    if e.node.find("Component_Number") is None:
        return None
    component = e.node.integer("Component_Number")
    return lambda lesson: e.school.components[lesson.id] == component


FILTERS: tuple[Callable[[Entry], Test | None], ...] = (
    _by_teacher,
    _by_students,
    _by_subject,
    _by_tag,
    _by_duration,
    _by_component,
)

Converter = Callable[[Entry], Iterable[AnyRule]]
"""Turns a constraint into rules, none when it asks for nothing. Raises FormatError or Inexpressible."""
