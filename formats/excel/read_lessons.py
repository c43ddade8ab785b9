"""Sheet Lessons: one row is a course, which has one or more lessons."""

from formats.excel.context import Course, Reading
from formats.excel.lesson_names import LessonNames
from formats.excel.room_words import default_rooms, read_room_cell
from formats.excel.rows import Row, Rows
from formats.excel.staff_words import StaffReader
from formats.excel.values import blocks
from models.problem import RoomRequest
from models.rules.same_teacher import SameTeacher

MOST_LESSONS = 250_000


def read_lessons(reading: Reading, rows: Rows) -> None:
    reader = LessonReader(reading)
    for row in rows:
        reader.read(row)
    for course in reading.courses:
        if course.any_teacher and len(course.ids) > 1:
            reading.rules.append(SameTeacher(lessons=tuple(course.ids), source=course.row.source("Teacher")))


class LessonReader:
    """Reads the rows one by one; what repeats (rooms of a class, teams) is worked out once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.staff = StaffReader(reading)
        self._default_rooms: dict[tuple[tuple[str, ...], str], tuple[RoomRequest, ...]] = {}
        self._named_rooms: dict[str, tuple[RoomRequest, ...]] = {}
        self.names = LessonNames()
        self.count = 0
        self._alike: dict[tuple[object, ...], Course] = {}

    def read(self, row: Row) -> None:
        before = self.reading.findings.errors
        row.missing("Class", "Subject", "Teacher", "Per week")
        known = self.reading.classes
        classes = () if known.is_none(row.text("Class")) else known.many(row, "Class")
        subject = self.reading.subjects.one(row, "Subject") or ""
        teachers, any_teacher = self.staff.read(row, subject)
        course = Course(
            row=row,
            id="",
            classes=classes,
            subject=subject,
            teachers=teachers,
            any_teacher=any_teacher,
            durations=self._durations(row),
            rooms=self._rooms(row, classes, subject),
            weeks=self.reading.times.read_weeks(row, "Week"),
            together=row.text("Together"),
            students=row.number("Students"),
            tags=tuple(dict.fromkeys(row.items("Tags"))),
        )
        if self.reading.findings.errors > before:
            self.reading.lacks_lessons = True
            return
        if not self._has_room_for(course):
            return
        course.id = self.names.course(classes, subject, teachers)
        course.ids = self.names.lessons(course.id, len(course.durations))
        self._check(course)
        self.reading.courses.append(course)

    def _has_room_for(self, course: Course) -> bool:
        before, self.count = self.count, self.count + len(course.durations)
        if before <= MOST_LESSONS < self.count:
            message = f"the sheet asks for more than {MOST_LESSONS:,} lessons"
            course.row.error("Per week", message, "the lessons of one school")
            self.reading.lacks_lessons = True
        return self.count <= MOST_LESSONS

    def _durations(self, row: Row) -> list[int]:
        total = row.number("Per week")
        if total is None:
            return []
        grid = self.reading.times.grid
        if grid is not None and total > grid.size:
            row.error("Per week", f"Per week is {total}", f"at most {grid.size}, the periods of a week")
        lengths = row.read("Blocks", lambda cell: blocks(cell, total)) or [1] * total
        longest = max(grid.runs, default=0) if grid is not None else max(lengths)
        if max(lengths) > longest:
            expected = f"at most {longest} periods, which is the longest stretch without lunch"
            row.error("Blocks", f"a lesson of {max(lengths)} periods fits into no day", expected)
        return lengths

    def _rooms(self, row: Row, classes: tuple[str, ...], subject: str) -> tuple[RoomRequest, ...]:
        cell = row.raw("Room")
        named = self._named_rooms.get(cell) if isinstance(cell, str) else None
        if named is not None:
            return named
        before = len(self.reading.findings.all)
        named = read_room_cell(self.reading, row, "Room") if cell != "" else None
        if named is not None:
            if isinstance(cell, str) and len(self.reading.findings.all) == before:
                self._named_rooms[cell] = named
            return named
        usual = self._default_rooms.get((classes, subject))
        if usual is None:
            usual = self._default_rooms[classes, subject] = default_rooms(self.reading, classes, subject)
        return usual

    def _check(self, course: Course) -> None:
        self._check_alike(course)
        self._check_qualified(course)
        self._check_day_limit(course)
        self._check_students(course)
        note = course.row.text("Notes")
        if note:
            self.reading.notes[course.id] = note

    def _check_alike(self, course: Course) -> None:
        alike = (course.classes, course.subject, course.teachers, course.any_teacher, course.weeks, course.together)
        first = self._alike.setdefault(alike, course)
        if first is not course:
            course.row.warning(
                "Class",
                f"{course.title} with the same teacher already stands in row {first.row.index + 1}",
                suggestion="Delete one of the rows if both mean the same lessons.",
            )

    def _check_qualified(self, course: Course) -> None:
        for teacher in course.teachers:
            known = self.reading.teacher.get(teacher)
            if known is not None and known.subjects and course.subject not in known.subjects:
                message = f'teacher "{teacher}" is not qualified for "{course.subject}"'
                course.row.warning("Teacher", message, f"one of {', '.join(known.subjects)}")

    def _check_day_limit(self, course: Course) -> None:
        limit = self.reading.day_limit.get(course.subject)
        longest = max(course.durations)
        if limit is not None and longest > limit:
            message = f"a lesson of {longest} periods breaks Max per day of {course.subject}, which is {limit}"
            course.row.error("Blocks", message, f"lessons of at most {limit} periods")

    def _check_students(self, course: Course) -> None:
        size = sum(self.reading.class_[c].size for c in course.classes if c in self.reading.class_)
        if course.students is not None and size and course.students > size:
            message = f"{course.students} students take part, but {'+'.join(course.classes)} has {size}"
            course.row.warning("Students", message)
