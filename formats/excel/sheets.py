"""The school workbook as data: its sheets and columns. Template, reader and documentation are made from this."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from unicodedata import combining, normalize

from formats.excel.synonyms import SYNONYMS

COMMENT_MARK = "#"
"""A row whose first filled cell starts with this is a remark and is not read."""

MOST_PERIODS = 20
MOST_DAYS = 14


class Kind(StrEnum):
    """What a cell holds: decides how it is read and which drop-down or range the template gives it."""

    TEXT = "text"
    CODE = "code"  # a short name that other sheets refer to, or one such reference
    CODES = "codes"  # a list of them, separated by , ; or /
    NUMBER = "number"  # a whole number from `least` to `most`
    TIME = "time"  # HH:MM
    DAYS = "days"  # Mon, "Mon, Wed", Mon-Fri
    PERIODS = "periods"  # P1, "P1, P3", P1-P4
    BLOCKS = "blocks"  # 2+1+1
    CHOICE = "choice"  # one of `choices`
    YES_NO = "yes/no"
    COLOUR = "colour"  # #RRGGBB
    WEEKS = "weeks"  # A, B, both
    WEIGHT = "weight"  # a whole number from 1, blank = hard


def key(text: str) -> str:
    """Letters and digits alone, lower case, without accents: "Class / Form " -> "classform"."""
    plain = (c for c in normalize("NFKD", text.casefold()) if not combining(c))
    return "".join(c for c in plain if c.isalnum())


def keys_of(name: str, entry: str) -> frozenset[str]:
    """Keys of a name and of its synonyms, which stand under `entry`."""
    return frozenset(key(x) for x in (name, *SYNONYMS.get(entry, "").split(",")) if key(x))


@dataclass(frozen=True)
class Column:
    """note: what a director is told; example: what the example row shows; refers: sheet whose codes the cell
    names; least, most: range of a number; blank: what an empty cell means."""

    name: str
    kind: Kind
    note: str
    example: str = ""
    refers: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 100_000
    blank: str = ""


@dataclass(frozen=True)
class Sheet:
    """row: what one row is; required: a workbook without it cannot be imported."""

    name: str
    row: str
    columns: tuple[Column, ...]
    required: bool = False

    @cached_property
    def keys(self) -> frozenset[str]:
        return keys_of(self.name, self.name)

    @cached_property
    def prefixes(self) -> tuple[str, ...]:
        """Keys of what one row is called, the longest first."""
        return tuple(sorted({k.removesuffix("s") for k in self.keys}, key=len, reverse=True))

    @cached_property
    def column(self) -> dict[str, Column]:
        return {c.name: c for c in self.columns}

    @cached_property
    def by_key(self) -> dict[str, Column]:
        """Header key -> column; a column's own name wins over another's synonym."""
        found = {k: c for c in self.columns for k in keys_of(c.name, f"{self.name}/{c.name}")}
        found.update({key(c.name): c for c in self.columns})
        return found


@dataclass(frozen=True)
class Setting:
    """A row of the sheet `School`."""

    name: str
    note: str
    example: str

    @cached_property
    def keys(self) -> frozenset[str]:
        return keys_of(self.name, f"School:{self.name}")


SETTINGS = (
    Setting("School", "Name of the school", "Hilltop School"),
    Setting("Academic session", "School year or term", "2026/27 Term 1"),
    Setting("Time zone", "Name of the time zone", "Europe/London"),
    Setting("Days", "Days of the week with lessons: a range or a list", "Mon-Fri"),
    Setting("Week pattern", "1, or the names of the weeks that alternate", "1"),
    Setting("Language", "Language of the printed timetable", "en"),
)

SCHOOL = Sheet(
    "School",
    "a setting",
    (
        Column("Setting", Kind.TEXT, "What is set", example="Days", required=True),
        Column("Value", Kind.TEXT, "Its value", example="Mon-Fri", required=True),
    ),
)
PERIODS = Sheet(
    "Periods",
    "a period of the day",
    (
        Column("Label", Kind.CODE, "Name of the period, as printed", example="P1", required=True),
        Column("Start", Kind.TIME, "When it starts (HH:MM)", example="08:00", required=True),
        Column("End", Kind.TIME, "When it ends (HH:MM)", example="08:45", required=True),
        Column(
            "Kind",
            Kind.CHOICE,
            "What it is for; no lesson runs over lunch or an assembly",
            example="lesson",
            choices=("lesson", "break", "lunch", "assembly"),
            blank="lesson",
        ),
        Column("Days", Kind.DAYS, "Days on which it exists", blank="every day"),
    ),
    required=True,
)
SUBJECTS = Sheet(
    "Subjects",
    "a subject",
    (
        Column("Code", Kind.CODE, "Short name, used by the other sheets", example="MATH", required=True),
        Column("Name", Kind.TEXT, "Full name", example="Mathematics"),
        Column("Colour", Kind.COLOUR, "Colour in the printed timetable (#RRGGBB)", example="#4E79A7"),
        Column("Room type", Kind.CODES, "Kind of room its lessons need, if their row names no room"),
        Column(
            "Max per day",
            Kind.NUMBER,
            "Most periods a class may have of it on one day",
            example="2",
            least=1,
            most=MOST_PERIODS,
            blank="not more than needed",
        ),
    ),
    required=True,
)
TEACHERS = Sheet(
    "Teachers",
    "a teacher",
    (
        Column("Code", Kind.CODE, "Short name, used by the other sheets", example="SMI", required=True),
        Column("Name", Kind.TEXT, "Full name", example="Ada Smith"),
        Column("Email", Kind.TEXT, "For notices"),
        Column(
            "Subjects",
            Kind.CODES,
            "What the teacher is qualified for",
            example="MATH",
            refers="Subjects",
            blank="not stated",
        ),
        Column("Max per day", Kind.NUMBER, "Most periods on one day", example="6", most=MOST_PERIODS, blank="no limit"),
        Column(
            "Max per week",
            Kind.NUMBER,
            "Most periods in one week",
            example="24",
            most=MOST_PERIODS * MOST_DAYS,
            blank="no limit",
        ),
        Column("Max days", Kind.NUMBER, "Most days in school per week", least=1, most=MOST_DAYS, blank="no limit"),
        Column(
            "Max gaps per week",
            Kind.NUMBER,
            "Most free periods between lessons per week",
            example="4",
            most=MOST_PERIODS * MOST_DAYS,
            blank="as few as possible",
        ),
        Column(
            "Max in a row",
            Kind.NUMBER,
            "Most periods without a pause",
            example="4",
            least=1,
            most=MOST_PERIODS,
            blank="no limit",
        ),
        Column("Active", Kind.YES_NO, "no: keeps the row, may not teach", example="yes", blank="yes"),
    ),
    required=True,
)
ROOMS = Sheet(
    "Rooms",
    "a room",
    (
        Column("Code", Kind.CODE, "Short name, used by the other sheets", example="R101", required=True),
        Column("Name", Kind.TEXT, "Full name", example="Room 101"),
        Column("Capacity", Kind.NUMBER, "Seats", example="32", blank="no limit"),
        Column("Type", Kind.CODES, "What the room offers; a list is allowed", example="lab"),
        Column("Site", Kind.TEXT, "Building or campus", blank="one site"),
        Column("Home class", Kind.CODE, "Class whose home room it is", refers="Classes"),
    ),
)
CLASSES = Sheet(
    "Classes",
    "a class or a part of one",
    (
        Column("Code", Kind.CODE, "Short name, used by the other sheets", example="7A", required=True),
        Column("Name", Kind.TEXT, "Full name", example="Year 7 A"),
        Column("Level", Kind.TEXT, "Year or level", example="7"),
        Column("Size", Kind.NUMBER, "Number of students", example="28"),
        Column("Part of", Kind.CODE, "The class it is a part of", refers="Classes"),
        Column("Split", Kind.TEXT, "Name of the division: parts of one split together are the whole class"),
        Column(
            "Home room", Kind.CODE, "Where its lessons are when their row names no room", example="R101", refers="Rooms"
        ),
        Column(
            "Student sets",
            Kind.CODES,
            "Names of the groups of students that always move together, if they are not given by splits",
            blank="from the splits",
        ),
    ),
    required=True,
)
LESSONS = Sheet(
    "Lessons",
    "a teaching commitment: the lessons of a subject that a class has with a teacher",
    (
        Column(
            "Class",
            Kind.CODES,
            "A class; several (7A, 7B) have it jointly; none: no students",
            example="7A",
            refers="Classes",
            required=True,
        ),
        Column("Subject", Kind.CODE, "A subject", example="MATH", refers="Subjects", required=True),
        Column(
            "Teacher",
            Kind.CODES,
            "A teacher; several (SMI, JON) teach together; `any of SMI|JON`: one is chosen; "
            "`any of *`: one of those qualified; none, nobody or -: no teacher",
            example="SMI",
            refers="Teachers",
            required=True,
        ),
        Column(
            "Per week",
            Kind.NUMBER,
            "Periods per week",
            example="4",
            required=True,
            least=1,
            most=MOST_PERIODS * MOST_DAYS,
        ),
        Column(
            "Blocks",
            Kind.BLOCKS,
            "Lengths of the lessons: 2+1+1 is a double and two singles",
            example="2+1+1",
            blank="all singles",
        ),
        Column(
            "Room",
            Kind.CODES,
            "A room; a list: one of them; `type:lab`: one with this feature (`type:lab+sink`: with both); "
            "LAB + GYM: both; behind a room `(optional)`: may go without",
            blank="by the subject's room type, else the class's home room, else none",
        ),
        Column("Week", Kind.WEEKS, "Weeks of the pattern in which it happens", blank="every week"),
        Column("Together", Kind.TEXT, "Rows with the same label are at the same time"),
        Column("Students", Kind.NUMBER, "How many take part", blank="the whole class"),
        Column("Tags", Kind.CODES, "Words that rules may refer to (tag=practical)"),
        Column("Notes", Kind.TEXT, "For people"),
    ),
    required=True,
)
UNAVAILABLE = Sheet(
    "Unavailable",
    "a time when a teacher, class or room cannot be used, or should rather not",
    (
        Column(
            "Who",
            Kind.CODE,
            "A teacher, class or room (teacher:T1 if the code is used twice)",
            example="SMI",
            required=True,
        ),
        Column("Day", Kind.DAYS, "A day, a list or a range", example="Fri", required=True),
        Column("Periods", Kind.PERIODS, "Periods of the day, a list or a range", example="P5-P6", blank="all day"),
        Column("Weight", Kind.WEIGHT, "How much it should be avoided", least=1, blank="never"),
    ),
)
RULES_SHEET = Sheet(
    "Rules",
    "a rule",
    (
        Column("Rule", Kind.CHOICE, "Name from the catalogue of rules", example="max gaps per day", required=True),
        Column(
            "Applies to",
            Kind.TEXT,
            "all teachers, all classes, all rooms, codes; for rules on lessons: all lessons, a subject, a class, "
            "a course (7A MATH)",
            example="all classes",
        ),
        Column(
            "Value",
            Kind.TEXT,
            "A number, times (Mon P3-P4), or several (limit=2; per=week); off: the rule is switched off",
            example="0",
        ),
        Column("Weight", Kind.WEIGHT, "Price of one unit of breach", example="20", least=1, blank="hard: must be kept"),
    ),
)
FIXED = Sheet(
    "Fixed",
    "a lesson whose place is decided",
    (
        Column(
            "Class",
            Kind.CODES,
            "Class of the lesson, as on sheet Lessons",
            example="7A",
            refers="Classes",
            required=True,
        ),
        Column("Subject", Kind.CODE, "Subject of the lesson", example="MATH", refers="Subjects", required=True),
        Column("Day", Kind.DAYS, "Day", example="Mon", required=True),
        Column(
            "Period",
            Kind.CODE,
            "Period in which it starts; P1-P2 for a double",
            example="P1",
            refers="Periods",
            required=True,
        ),
        Column("Room", Kind.CODE, "Room", refers="Rooms", blank="left open"),
        Column("Teacher", Kind.CODES, "Teacher", refers="Teachers", blank="left open"),
        Column("Week", Kind.WEEKS, "Week of the lesson, if it is not in every week", blank="any"),
        Column("Lesson", Kind.TEXT, "Name of the lesson, if the row was written by this program"),
    ),
)
TIMETABLE = Sheet(
    "Timetable",
    "a placed lesson of an existing timetable",
    (
        Column(
            "Class",
            Kind.CODES,
            "Class of the lesson, as on sheet Lessons",
            example="7A",
            refers="Classes",
            required=True,
        ),
        Column("Subject", Kind.CODE, "Subject of the lesson", example="MATH", refers="Subjects", required=True),
        Column("Teacher", Kind.CODES, "Teacher", example="SMI", refers="Teachers"),
        Column("Day", Kind.DAYS, "Day", example="Mon", required=True),
        Column(
            "Period",
            Kind.CODE,
            "Period in which it starts; P1-P2 for a double",
            example="P1",
            refers="Periods",
            required=True,
        ),
        Column("Room", Kind.CODES, "Room, one for each room the lesson asks for", refers="Rooms"),
        Column("Locked", Kind.YES_NO, "yes: the lesson stays where it is", blank="no"),
        Column("Week", Kind.WEEKS, "Week of the lesson, if it is not in every week", blank="any"),
        Column("Lesson", Kind.TEXT, "Name of the lesson, if the row was written by this program"),
    ),
)

SHEETS = (SCHOOL, PERIODS, SUBJECTS, TEACHERS, ROOMS, CLASSES, LESSONS, UNAVAILABLE, RULES_SHEET, FIXED, TIMETABLE)
"""In the order of the workbook."""
