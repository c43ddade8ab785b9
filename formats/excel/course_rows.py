"""Lessons as rows of the sheet Lessons: equal lessons of one course share a row."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from formats.errors import Unsupported
from formats.excel.lesson_names import LessonNames
from formats.excel.placed import class_text, week_text
from formats.excel.write_table import Row
from models.problem import Lesson, Problem, RoomRequest
from models.rules import AnyRule
from models.rules.same_start import SameStart
from models.rules.same_teacher import SameTeacher


@dataclass
class CourseRow:
    """lessons: in the order of Blocks; together: label, or empty; names: the lessons' names in the workbook."""

    lessons: list[Lesson]
    together: str = ""
    names: list[str] = field(default_factory=list)


@dataclass
class Courses:
    """said: positions of the problem's rules that the rows express; name: lesson -> its name in the workbook."""

    rows: list[CourseRow]
    said: set[int]
    name: dict[str, str]


def courses_of(problem: Problem) -> Courses:
    said: set[int] = set()
    rows = list(_grouped(problem, said))
    _label(problem, rows, said)
    names = LessonNames()
    for row in rows:
        first = row.lessons[0]
        row.names = names.lessons(names.course(first.classes, first.subject, first.teachers), len(row.lessons))
    pairs = ((x.id, name) for row in rows for x, name in zip(row.lessons, row.names, strict=True))
    return Courses(rows, said, dict(pairs))


def _grouped(problem: Problem, said: set[int]) -> Iterator[CourseRow]:
    """A row whose teacher is chosen says that one teacher has all its lessons; where the problem does not, each
    lesson gets a row of its own."""
    groups: dict[object, list[Lesson]] = {}
    for x in problem.lessons:
        kept = x.model_copy(update={"id": "", "duration": 1, "pin": None, "source": ""})
        groups.setdefault((x.course or x.id, _fields(kept)), []).append(x)
    one_teacher = {
        frozenset(r.lessons): n for n, r in enumerate(problem.rules) if isinstance(r, SameTeacher) and r.weight is None
    }
    for lessons in groups.values():
        rule = one_teacher.get(frozenset(x.id for x in lessons))
        if not lessons[0].any_teacher or len(lessons) == 1:
            yield CourseRow(lessons)
        elif rule is not None:
            said.add(rule)
            yield CourseRow(lessons)
        else:
            yield from (CourseRow([x]) for x in lessons)


def _fields(x: Lesson) -> tuple[object, ...]:
    return tuple(getattr(x, name) for name in Lesson.model_fields)


def _label(problem: Problem, rows: list[CourseRow], said: set[int]) -> None:
    """Gives a label to rows whose lessons are at the same times, each with one of every other row."""
    place = {x.id: (n, x) for n, row in enumerate(rows) for x in row.lessons}
    joins: dict[frozenset[int], list[int]] = {}
    touched: dict[int, set[frozenset[int]]] = {}
    for number, rule in enumerate(problem.rules):
        if isinstance(rule, SameStart):
            among = frozenset(place[x][0] for x in rule.lessons)
            joins.setdefault(among, []).append(number)
            for row in among:
                touched.setdefault(row, set()).add(among)
    label = 0
    for among, numbers in joins.items():
        members = [rows[n] for n in sorted(among)]
        rules = [problem.rules[n] for n in numbers]
        if any(len(touched[n]) > 1 for n in among) or not _pair_up(problem, members, rules):
            continue
        label += 1
        said.update(numbers)
        for member in members:
            member.together = f"T{label}"


def _pair_up(problem: Problem, rows: list[CourseRow], rules: list[AnyRule]) -> bool:
    """Whether the rules join every lesson of each row with one of every other; if so, puts them in that order."""
    known = {x.id: n for n, row in enumerate(rows) for x in row.lessons}
    ordered: list[list[Lesson]] = [[] for _ in rows]
    for rule in sorted(rules, key=lambda r: -max(problem.lesson[x].duration for x in lessons_of(r))):
        lessons = lessons_of(rule)
        alike = len({problem.lesson[x].duration for x in lessons}) == 1
        if rule.weight is not None or not alike or sorted(known[x] for x in lessons) != list(range(len(rows))):
            return False
        for x in lessons:
            ordered[known[x]].append(problem.lesson[x])
    complete = all(
        sorted(x.id for x in o) == sorted(x.id for x in r.lessons) for o, r in zip(ordered, rows, strict=True)
    )
    if not complete or len(rows) < 2 or not _can_meet(problem, [r.lessons[0] for r in rows]):
        return False
    for row, lessons_of_row in zip(rows, ordered, strict=True):
        row.lessons = lessons_of_row
    return True


def lessons_of(rule: AnyRule) -> tuple[str, ...]:
    """Lessons a rule names; none for a rule on resources."""
    lessons: tuple[str, ...] = getattr(rule, "lessons", ())
    return lessons


def _can_meet(problem: Problem, lessons: list[Lesson]) -> bool:
    """Whether nobody is in two of the lessons; the reader refuses a label that makes people be in two places."""
    people = [{*x.teachers, *problem.students.of(x.classes)} for x in lessons]
    return sum(map(len, people)) == len(set().union(*people))


def course_row(problem: Problem, row: CourseRow) -> Row:
    """The row of the sheet. Raises Unsupported for what its columns cannot say."""
    x = row.lessons[0]
    lengths = [lesson.duration for lesson in row.lessons]
    for what, asked in (("lesson without a subject", not x.subject), ("buffer", x.buffer_before or x.buffer_after)):
        if asked:
            raise Unsupported(f"lesson {x.id}", [(what, 1)], "what the sheet Lessons can say")
    return {
        "Class": class_text(x),
        "Subject": x.subject,
        "Teacher": teacher_text(x),
        "Per week": sum(lengths),
        "Blocks": "+".join(map(str, lengths)) if max(lengths) > 1 else None,
        "Room": " + ".join(_room_text(problem, x, r) for r in x.rooms) or None,
        "Week": week_text(problem, x),
        "Together": row.together or None,
        "Students": x.students,
        "Tags": ", ".join(x.tags) or None,
    }


def teacher_text(x: Lesson) -> str:
    """All of these and one of each of those: "SMI, any of JON|LEE"."""
    return ", ".join((*x.teachers, *("any of " + "|".join(choice) for choice in x.any_teacher))) or "none"


def _room_text(problem: Problem, x: Lesson, request: RoomRequest) -> str:
    rooms = problem.room_choices(request)
    if not rooms:
        raise Unsupported(f"lesson {x.id}", [("request that no room fulfils", 1)], "a room of the sheet Rooms")
    needed = ", ".join(rooms)
    if not request.any_of and not request.seats:
        needed = f"type:{'+'.join(request.features)}" if request.features else "any"
    return f"{needed} (optional)" if request.optional else needed
