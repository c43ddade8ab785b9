"""What the sheets read so far tell those read later."""

from dataclasses import dataclass, field
from functools import cached_property

from formats.excel.codes import Codes
from formats.excel.findings import Findings
from formats.excel.rows import Row
from formats.excel.times import Times
from models.base import ResourceKind
from models.problem import Pin, Room, RoomRequest, SchoolClass, Subject, Teacher
from models.rules import AnyRule
from models.students import StudentSets


@dataclass
class Course:
    """A row of the sheet Lessons. durations: of its lessons, in periods; ids: of its lessons, in the same order;
    weeks: positions, empty for all; rooms: what each of its lessons asks for."""

    row: Row
    id: str
    classes: tuple[str, ...]
    subject: str
    teachers: tuple[str, ...]
    any_teacher: tuple[tuple[str, ...], ...]
    durations: list[int]
    rooms: tuple[RoomRequest, ...]
    weeks: tuple[int, ...]
    together: str
    students: int | None
    tags: tuple[str, ...] = ()
    ids: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """As a person names it: "MATH 7A"."""
        return " ".join(filter(None, (self.subject, "+".join(self.classes))))

    @property
    def staff(self) -> frozenset[str]:
        """All who teach it or may teach it."""
        return frozenset((*self.teachers, *(t for choice in self.any_teacher for t in choice)))


@dataclass
class Reading:
    """features: of all rooms, folded -> as written; room_type: subject -> features its lessons need;
    day_limit: subject -> periods a class may have of it on a day; home_room: class -> room;
    home_of: room -> the first class it is home to; parts: (class, split) -> its parts;
    closed: resource -> cells in which it is never available; pins: lesson -> what is decided;
    notes: course -> remark; lacks_lessons: some rows of Lessons could not be read, so a lesson that is not found is
    no new error."""

    findings: Findings
    times: Times
    subjects: Codes
    teachers: Codes
    rooms: Codes
    classes: Codes
    subject: dict[str, Subject] = field(default_factory=dict)
    teacher: dict[str, Teacher] = field(default_factory=dict)
    room: dict[str, Room] = field(default_factory=dict)
    class_: dict[str, SchoolClass] = field(default_factory=dict)
    inactive: set[str] = field(default_factory=set)
    features: dict[str, str] = field(default_factory=dict)
    room_type: dict[str, tuple[str, ...]] = field(default_factory=dict)
    day_limit: dict[str, int] = field(default_factory=dict)
    home_room: dict[str, str] = field(default_factory=dict)
    home_of: dict[str, str] = field(default_factory=dict)
    parts: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    closed: dict[tuple[ResourceKind, str], set[int]] = field(default_factory=dict)
    students: StudentSets | None = None
    courses: list[Course] = field(default_factory=list)
    lacks_lessons: bool = False
    rules: list[AnyRule] = field(default_factory=list)
    pins: dict[str, Pin] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    @cached_property
    def course_of(self) -> dict[str, Course]:
        """Lesson -> its course; for use once all courses are read."""
        return {id_: course for course in self.courses for id_ in course.ids}

    def sets_of(self, classes: tuple[str, ...]) -> tuple[str, ...]:
        """Groups of students that a lesson of these classes keeps busy; the classes themselves where the divisions
        have errors."""
        return classes if self.students is None else self.students.of(classes)
