"""Rules as rows: limits of a teacher or a subject in their own columns, closed times on the sheet Unavailable, all
others on the sheet Rules. The reader's defaults that the problem does not have are switched off."""

from collections import Counter
from dataclasses import dataclass, field

from formats.excel.course_rows import CourseRow, Courses, lessons_of
from formats.excel.defaults import FAMILIES
from formats.excel.read_people import TEACHER_LIMITS
from formats.excel.read_rules import COUNTED_TOGETHER, PAIRED
from formats.excel.rule_names import spoken
from formats.excel.rule_text import SUBJECT, Names, unsupported, value_of
from formats.excel.sheets import SUBJECTS, TEACHERS
from formats.excel.time_words import TimeWords
from formats.excel.write_table import Row
from models.problem import Problem
from models.rules import AnyRule
from models.rules.base import ResourceRule
from models.rules.max_periods_per_day import MaxPeriodsPerDay
from models.rules.unavailable import Unavailable
from models.time import PeriodGrid

ALL_LESSONS = "all lessons"
MOST_TOGETHER = 20
"""Courses named in one row."""
DEFAULTS = (
    ("max_gaps_per_week", "all classes"),
    ("day_starts_early", "all classes"),
    ("max_gaps_per_week", "all teachers"),
    ("not_twice_a_day", ALL_LESSONS),
    ("together_if_same_day", ALL_LESSONS),
    ("room_capacity", ALL_LESSONS),
)
"""What the reader adds where no row speaks of it (see `defaults`)."""
_COLUMN = {rule: column for column, rule in TEACHER_LIMITS.items()}


@dataclass
class RuleRows:
    """limits: teacher -> column -> number; day_limits: subject -> periods a class may have of it per day."""

    limits: dict[str, dict[str, int]] = field(default_factory=dict)
    day_limits: dict[str, int] = field(default_factory=dict)
    unavailable: list[Row] = field(default_factory=list)
    rules: list[Row] = field(default_factory=list)


class RuleWriter:
    def __init__(self, problem: Problem, grid: PeriodGrid, courses: Courses) -> None:
        self.problem = problem
        self.courses = courses
        self.words = TimeWords(grid)
        self.names = Names(problem)
        self.rows = RuleRows()
        self._row_of = {frozenset(x.id for x in row.lessons): row for row in courses.rows}
        self._longest: dict[str, int] = {}
        for x in problem.lessons:
            self._longest[x.subject] = max(x.duration, self._longest.get(x.subject, 0))
        self._rows_named = Counter(
            f"{c} {row.lessons[0].subject}" for row in courses.rows for c in row.lessons[0].classes
        )
        self._codes = {id_.casefold() for id_ in (*problem.class_, *(x.subject for x in problem.lessons))}
        self._alike: dict[tuple[str, str | int | None, int | None], list[AnyRule]] = {}

    def write(self) -> RuleRows:
        for number, rule in enumerate(self.problem.rules):
            if number not in self.courses.said and not self._in_a_column(rule):
                self._write(rule)
        for rules in self._alike.values():
            self._write_alike(rules)
        self._switch_off_defaults()
        return self.rows

    def _in_a_column(self, rule: AnyRule) -> bool:
        """Whether a cell of the sheets Teachers or Subjects can say it; if so, it does."""
        if not isinstance(rule, ResourceRule) or rule.weight is not None:
            return False
        if isinstance(rule, MaxPeriodsPerDay) and rule.who.kind == "class" and not rule.who.ids:
            return self._limit_subject(rule)
        column = _COLUMN.get(type(rule))
        if column is None or rule.who.kind != "teacher" or not rule.who.ids or rule.tags:
            return False
        limit, declared = int(getattr(rule, "limit")), TEACHERS.column[column]  # noqa: B009  all of these have one
        taken = any(column in self.rows.limits.get(t, {}) for t in rule.who.ids)
        if taken or not declared.least <= limit <= declared.most:
            return False
        for teacher in rule.who.ids:
            self.rows.limits.setdefault(teacher, {})[column] = limit
        return True

    def _limit_subject(self, rule: MaxPeriodsPerDay) -> bool:
        subject = rule.tags[0].removeprefix(SUBJECT) if len(rule.tags) == 1 else ""
        declared = SUBJECTS.column["Max per day"]
        longest = max(declared.least, self._longest.get(subject, 0))
        if f"{SUBJECT}{subject}" not in rule.tags or subject in self.rows.day_limits:
            return False
        if not longest <= rule.limit <= declared.most:
            return False
        self.rows.day_limits[subject] = rule.limit
        return True

    def _write(self, rule: AnyRule) -> None:
        if isinstance(rule, Unavailable) and rule.who.ids and not rule.tags:
            self._write_unavailable(rule)
        elif isinstance(rule, ResourceRule):
            self._add(rule, self.names.all_of(rule.who))
        else:
            self._write_on_lessons(rule)

    def _write_unavailable(self, rule: Unavailable) -> None:
        for id_ in rule.who.ids:
            who = self.names.one(rule.who.kind, id_)
            for days, periods in self.words.rows(rule.cells):
                row = {"Who": who, "Day": days, "Periods": periods, "Weight": rule.weight}
                self.rows.unavailable.append(row)

    def _write_on_lessons(self, rule: AnyRule) -> None:
        lessons = lessons_of(rule)
        if not lessons and rule.kind != "room_capacity":
            raise unsupported(rule, "no lessons", "lessons it applies to")
        if rule.kind in COUNTED_TOGETHER:
            everything = not lessons or len(set(lessons)) == len(self.problem.lessons)
            self._add(rule, ALL_LESSONS if everything else self._sum(lessons))
        elif rule.kind in PAIRED or len(lessons) == 1:
            self._add(rule, self._group(lessons))
        else:
            self._alike.setdefault((rule.kind, value_of(rule, self.words), rule.weight), []).append(rule)

    def _write_alike(self, rules: list[AnyRule]) -> None:
        """Rules that differ only in their lessons share rows, since each item of such a row is a rule of its own."""
        groups = {frozenset(lessons_of(r)) for r in rules}
        courses = {frozenset(x.id for x in row.lessons) for row in self.courses.rows if len(row.lessons) > 1}
        if groups == courses and len(groups) == len(rules):
            self._add(rules[0], ALL_LESSONS)
            return
        items = [self._group(lessons_of(r)) for r in rules]
        for start in range(0, len(items), MOST_TOGETHER):
            self._add(rules[0], ", ".join(items[start : start + MOST_TOGETHER]))

    def _sum(self, lessons: tuple[str, ...]) -> str:
        """Lessons that are counted together: subjects where they are all of these, else courses and lessons."""
        named = set(lessons)
        subjects = dict.fromkeys(self.problem.lesson[x].subject for x in lessons)
        if all(x.id in named for x in self.problem.lessons if x.subject in subjects):
            return ", ".join(f"subject {s}" for s in subjects)
        whole = [row for row in self.courses.rows if named.issuperset(x.id for x in row.lessons)]
        courses = {x.id: course for row in whole if (course := self._course(row)) for x in row.lessons}
        return ", ".join(dict.fromkeys(courses.get(x) or self.courses.name[x] for x in lessons))

    def _group(self, lessons: tuple[str, ...]) -> str:
        """Lessons as one item of a list: the course where they are all of it, else one by one."""
        row = self._row_of.get(frozenset(lessons))
        course = self._course(row) if row is not None and [x.id for x in row.lessons] == list(lessons) else None
        return course or " + ".join(self.courses.name[x] for x in lessons)

    def _course(self, row: CourseRow) -> str | None:
        """ "7A MATH", if this means no other row."""
        x = row.lessons[0]
        text = f"{x.classes[0]} {x.subject}" if x.classes else ""
        is_a_code = text.casefold() in self._codes or x.classes[:1] in (("teacher",), ("subject",), ("class",))
        return text if self._rows_named[text] == 1 and text.count(" ") == 1 and not is_a_code else None

    def _add(self, rule: AnyRule, applies_to: str) -> None:
        row = {
            "Rule": spoken(rule.kind),
            "Applies to": applies_to,
            "Value": value_of(rule, self.words),
            "Weight": rule.weight,
        }
        self.rows.rules.append(row)

    def _switch_off_defaults(self) -> None:
        said = {(FAMILIES.get(_kind(row), _kind(row)), row["Applies to"]) for row in self.rows.rules}
        for kind, everyone in DEFAULTS:
            if (kind, everyone) not in said:
                self.rows.rules.append({"Rule": spoken(kind), "Applies to": everyone, "Value": "off"})


def _kind(row: Row) -> str:
    return str(row["Rule"]).replace(" ", "_")


def rule_rows(problem: Problem, grid: PeriodGrid, courses: Courses) -> RuleRows:
    """Raises Unsupported naming the rule that the workbook cannot say."""
    return RuleWriter(problem, grid, courses).write()
