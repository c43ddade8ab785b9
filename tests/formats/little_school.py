"""A hand-made school with one of everything a week can show: breaks, a short Friday, a double over a break, a
divided class, joint classes, weeks A and B, co-teaching, a chosen teacher, text that looks like a formula."""

from models.problem import Lesson, Pin, Problem, Room, RoomRequest, SchoolClass, Subject, Teacher
from models.rules import AnyRule
from models.rules.base import Who
from models.rules.max_gaps_per_week import MaxGapsPerWeek
from models.rules.max_periods_per_day import MaxPeriodsPerDay
from models.rules.min_days_between import MinDaysBetween
from models.rules.same_start import SameStart
from models.rules.unavailable import Unavailable
from models.time import Day, Period, PeriodGrid, PeriodKind
from models.timetable import Placement, Timetable, Unplaced

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
LONG_DAYS = DAYS[:4]

GRID = PeriodGrid(
    days=tuple(Day(id=d) for d in DAYS),
    weeks=("A", "B"),
    periods=(
        Period(id="P1", start=480, end=520),
        Period(id="P2", start=520, end=560),
        Period(id="Break", start=560, end=575, kind=PeriodKind.BREAK),
        Period(id="P3", start=575, end=615),
        Period(id="P4", start=615, end=655, days=LONG_DAYS),
        Period(id="P4", start=615, end=645, days=("Fri",)),
        Period(id="Lunch", start=655, end=695, kind=PeriodKind.LUNCH, days=LONG_DAYS),
        Period(id="P5", start=695, end=735, days=LONG_DAYS),
        Period(id="P6", start=735, end=775, days=LONG_DAYS),
    ),
)


def cell(day: str, label: str) -> int:
    found = GRID.cell_at(day, label)
    assert found is not None
    return found


SUBJECTS = (
    Subject(id="MAT", name="Mathematics", colour="#1F4E79"),
    Subject(id="ENG", name="English"),
    Subject(id="PHY", name="Physics"),
    Subject(id="FRE", name="French"),
    Subject(id="SPA", name="Spanish"),
    Subject(id="PE", name="Physical education"),
    Subject(id="ART", name="Art"),
    Subject(id="MUS", name="Music"),
)
TEACHERS = (
    Teacher(id="ADE", name="Ade Bello", email="ade@school.example", subjects=("MAT", "PHY")),
    Teacher(id="BEN", name="Benita Cruz", subjects=("ENG",)),
    Teacher(id="CHI", name='=HYPERLINK("http://x")'),
    Teacher(id="DOR", name="Dora Egwu"),
    Teacher(id="EVA"),
)
CLASSES = (
    SchoolClass(id="7A", name="Form 7A", level="JSS1", size=28),
    SchoolClass(id="7A-F", size=15, part_of="7A", split="language"),
    SchoolClass(id="7A-S", size=13, part_of="7A", split="language"),
    SchoolClass(id="7B", name="Form 7B", level="JSS1", size=30),
)
ROOMS = (
    Room(id="R1", capacity=30),
    Room(id="R2", capacity=30),
    Room(id="LAB", name="Science lab", capacity=30, features=("lab", "gas"), site="North"),
    Room(id="GYM", capacity=80, features=("hall",)),
)
ANY_ROOM = (RoomRequest(any_of=("R1", "R2")),)

LESSONS = (
    Lesson(id="m1", subject="MAT", course="mat", classes=("7A",), teachers=("ADE",), rooms=ANY_ROOM),
    Lesson(id="m2", subject="MAT", course="mat", duration=2, classes=("7A",), teachers=("ADE",), rooms=ANY_ROOM),
    Lesson(id="f", subject="FRE", course="fre", classes=("7A-F",), teachers=("DOR",), rooms=ANY_ROOM),
    Lesson(id="s", subject="SPA", course="spa", classes=("7A-S",), teachers=("EVA",), rooms=ANY_ROOM),
    Lesson(id="pe", subject="PE", course="pe", duration=2, classes=("7A", "7B"), teachers=("BEN", "CHI"),
           rooms=(RoomRequest(features=("hall",)),)),
    Lesson(id="art", subject="ART", course="art", classes=("7B",), teachers=("CHI",), weeks=(0,)),
    Lesson(id="mus", subject="MUS", course="mus", classes=("7B",), any_teacher=(("DOR", "EVA"),), weeks=(1,)),
    Lesson(id="p", subject="PHY", course="phy", duration=2, classes=("7B",), teachers=("ADE",),
           rooms=(RoomRequest(features=("lab",)),), pin=Pin(start=cell("Tue", "P5"))),
    Lesson(id="e", subject="ENG", course="eng", classes=("7B",), teachers=("BEN",)),
)  # fmt: skip

RULES: tuple[AnyRule, ...] = (
    SameStart(lessons=("f", "s")),
    MinDaysBetween(lessons=("m1", "m2"), days=1),
    Unavailable(who=Who(kind="teacher", ids=("ADE",)), cells=(cell("Mon", "P1"), cell("Mon", "P2"))),
    Unavailable(who=Who(kind="teacher", ids=("BEN",)), cells=(cell("Tue", "P1"),), weight=5),
    MaxPeriodsPerDay(who=Who(kind="teacher", ids=("ADE",)), limit=5),
    MaxGapsPerWeek(who=Who(kind="teacher"), limit=0, weight=10),
)

PROBLEM = Problem(
    name="Little school",
    grid=GRID,
    subjects=SUBJECTS,
    teachers=TEACHERS,
    classes=CLASSES,
    rooms=ROOMS,
    lessons=LESSONS,
    rules=RULES,
)

TIMETABLE = Timetable(
    placements=(
        Placement(lesson="m1", start=cell("Mon", "P3"), rooms=("R1",)),
        Placement(lesson="m2", start=cell("Tue", "P2"), rooms=("R1",)),
        Placement(lesson="f", start=cell("Wed", "P1"), rooms=("R1",)),
        Placement(lesson="s", start=cell("Wed", "P1"), rooms=("R2",)),
        Placement(lesson="pe", start=cell("Thu", "P5"), rooms=("GYM",)),
        Placement(lesson="art", start=cell("Fri", "P4")),
        Placement(lesson="mus", start=cell("Fri", "P4"), teachers=("EVA",)),
        Placement(lesson="p", start=cell("Tue", "P5"), rooms=("LAB",)),
    ),
    unplaced=(Unplaced(lesson="e", reason="=1+1 teacher BEN has no free period left"),),
)


def changed(**fields: object) -> Problem:
    """The school with some fields replaced (`model_copy` would keep what was derived from the old ones)."""
    kept = {name: getattr(PROBLEM, name) for name in Problem.model_fields}
    return Problem(**{**kept, **fields})
