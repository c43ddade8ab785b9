"""What the constraints of a FET file speak of: activities, people, rooms, times."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from formats.fet.students import read_classes
from formats.fet.week import Week, read_week
from formats.xml import Node
from models.problem import Lesson, Room, SchoolClass, Subject, Teacher

BOUNDLESS = 30000
"""The capacity FET gives a room that has no limit."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class VirtualRoom:
    """Several real rooms asked for together: one of each set, all different. seats: None means not limited."""

    sets: tuple[tuple[str, ...], ...]
    seats: int | None


@dataclass
class School:
    """The tables of a file. lessons: the active activities; inactive: ids of the others."""

    week: Week
    subjects: dict[str, Subject]
    tags: frozenset[str]
    teachers: dict[str, Teacher]
    classes: dict[str, SchoolClass]
    rooms: dict[str, Room]
    virtual: dict[str, VirtualRoom]
    lessons: dict[str, Lesson] = field(default_factory=dict)
    components: dict[str, int] = field(default_factory=dict)
    inactive: set[str] = field(default_factory=set)

    @cached_property
    def students(self) -> dict[str, frozenset[str]]:
        """Students set -> its atomic sets."""
        return {name: frozenset(c.students) for name, c in self.classes.items()}

    def sharing(self, students: str) -> Callable[[Lesson], bool]:
        """Whether a lesson has a student of the set."""
        atoms = self.students[students]
        return lambda lesson: any(not atoms.isdisjoint(self.students[c]) for c in lesson.classes)

    def known(self, node: Node, name: str, table: Iterable[str], listing: str) -> str:
        """The name, if the table has it; FormatError otherwise."""
        if name not in table:
            raise node.wrong(repr(name), f"a name of <{listing}>")
        return name

    def teacher(self, node: Node) -> str:
        return self.known(node, node.text, self.teachers, "Teachers_List")

    def class_(self, node: Node) -> str:
        return self.known(node, node.text, self.classes, "Students_List")

    def room(self, node: Node) -> str:
        """A real or a virtual room."""
        if node.text not in self.rooms and node.text not in self.virtual:
            raise node.wrong(repr(node.text), "a name of <Rooms_List>")
        return node.text

    def real_room(self, node: Node) -> str:
        return self.known(node, node.text, self.rooms, "Rooms_List")

    def subject(self, node: Node) -> str:
        return self.known(node, node.text, self.subjects, "Subjects_List")

    def tag(self, node: Node) -> str:
        return self.known(node, node.text, self.tags, "Activity_Tags_List")


def read_school(root: Node) -> School:
    week = read_week(root)
    subjects = _named(root, "Subjects_List", "Subject", lambda n, name: Subject(id=name, source=n.place))
    tags = _named(root, "Activity_Tags_List", "Activity_Tag", lambda n, name: name)
    teachers = _named(root, "Teachers_List", "Teacher", lambda n, name: _teacher(n, name, subjects))
    classes = {c.id: c for c in read_classes(root)}
    rooms = _named(root, "Rooms_List", "Room", _room)
    school = School(
        week,
        subjects,
        frozenset(tags),
        teachers,
        classes,
        rooms={name: room for name, room in rooms.items() if isinstance(room, Room)},
        virtual={name: room for name, room in rooms.items() if isinstance(room, VirtualRoom)},
    )
    for node in root.child("Activities_List").all("Activity"):
        _add_activity(school, node)
    return school


def _named(root: Node, listing: str, tag: str, make: Callable[[Node, str], T]) -> dict[str, T]:
    """The entries of a list by name, each name once."""
    found: dict[str, T] = {}
    for node in root.child(listing).all(tag):
        name = node.child("Name")
        if not name.text or name.text in found:
            raise name.wrong(repr(name.text), "a name that occurs once")
        found[name.text] = make(node, name.text)
    return found


def _teacher(node: Node, name: str, subjects: dict[str, Subject]) -> Teacher:
    listing = node.find("Qualified_Subjects")
    qualified = listing.values("Qualified_Subject") if listing else []
    return Teacher(id=name, subjects=tuple(s for s in qualified if s in subjects), source=node.place)


def _room(node: Node, name: str) -> Room | VirtualRoom:
    seats = node.integer("Capacity")
    capacity = seats if seats < BOUNDLESS else None
    if not node.flag("Virtual", False):
        return Room(id=name, capacity=capacity, site=node.value_or("", "Building"), source=node.place)
    sets = tuple(tuple(s.values("Real_Room")) for s in node.all("Set_of_Real_Rooms"))
    if not sets or not all(sets):
        raise node.wrong("an empty set of real rooms", "at least one real room in each set")
    return VirtualRoom(sets, capacity)


def _add_activity(school: School, node: Node) -> None:
    number, group = str(node.integer("Id")), node.integer("Activity_Group_Id")
    if number in school.lessons or number in school.inactive:
        raise node.wrong(f"activity {number} again", "every activity once")
    lesson = Lesson(
        id=number,
        subject=school.subject(node.child("Subject")),
        course=str(group or number),
        duration=node.integer("Duration"),
        classes=tuple(school.class_(n) for n in node.all("Students")),
        teachers=tuple(school.teacher(n) for n in node.all("Teacher")),
        students=node.integer("Number_Of_Students") if node.find("Number_Of_Students") else None,
        tags=tuple(school.tag(n) for n in node.all("Activity_Tag")),
        source=node.place,
    )
    if node.flag("Active", True):
        _must_fit(school, lesson, node.child("Duration"))
        school.lessons[number] = lesson
        school.components[number] = int(number) - group + 1 if group else 1
    else:
        school.inactive.add(number)


def _must_fit(school: School, lesson: Lesson, duration: Node) -> None:
    longest = max(school.week.grid.runs, default=0)
    if lesson.duration > longest:
        raise duration.wrong(f"{lesson.duration} hours", f"at most {longest}, the longest stretch without a break")
