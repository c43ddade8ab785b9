"""Hand-written little .fet files: three days of four hours, three teachers, two years, three rooms."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

DAYS = ("Mon", "Tue", "Wed")
HOURS = ("1", "2", "3", "4")
YEARS: dict[str, dict[str, tuple[str, ...]]] = {"Y": {"G1": ("S1", "S2"), "G2": ("S2", "S3")}, "Z": {}}
ROOMS = {"R1": "", "R2": "", "R3": ""}

Field = tuple[str, object]


def element(tag: str, *fields: Field) -> str:
    """An element with child elements; a list as value repeats the child, a list of fields nests it."""
    return f"<{tag}>" + "".join(child(name, value) for name, value in fields) + f"</{tag}>"


def child(name: str, value: object) -> str:
    if isinstance(value, list):
        return "".join(child(name, v) for v in value)
    if isinstance(value, tuple):
        return element(name, *value)
    return f"<{name}>{escape(str(value))}</{name}>"


def activity(
    number: int,
    teacher: str | Sequence[str] = "T1",
    students: str | Sequence[str] = "Y",
    subject: str = "Math",
    duration: int = 1,
    tags: Sequence[str] = (),
    active: bool = True,
    group: int = 0,
    head_count: int | None = None,
) -> str:
    teachers = [teacher] if isinstance(teacher, str) else list(teacher)
    sets = [students] if isinstance(students, str) else list(students)
    extra: list[Field] = [] if head_count is None else [("Number_Of_Students", head_count)]
    return element(
        "Activity",
        ("Teacher", [t for t in teachers if t]),
        ("Subject", subject),
        ("Activity_Tag", list(tags)),
        ("Students", [s for s in sets if s]),
        ("Duration", duration),
        ("Total_Duration", duration),
        ("Id", number),
        ("Activity_Group_Id", group),
        *extra,
        ("Active", str(active).lower()),
        ("Comments", ""),
    )


def constraint(kind: str, *fields: Field, weight: float = 100, active: bool = True) -> str:
    return element(
        f"Constraint{kind}",
        ("Weight_Percentage", weight),
        *fields,
        ("Active", str(active).lower()),
        ("Comments", ""),
    )


def times(tag: str, day: str, hour: str, *cells: str) -> Field:
    """Cells written "Mon 1", as repeated elements with a day and an hour."""
    return tag, [((day, c.split()[0]), (hour, c.split()[1])) for c in cells]


def ids(*numbers: int) -> list[Field]:
    return [("Number_of_Activities", len(numbers)), ("Activity_Id", list(numbers))]


def breaks(*cells: str) -> str:
    return constraint("BreakTimes", ("Number_of_Break_Times", len(cells)), times("Break_Time", "Day", "Hour", *cells))


def not_available(kind: str, who: str, *cells: str, tag: str = "") -> str:
    """kind: Teacher, StudentsSet or Room."""
    return constraint(
        f"{kind}NotAvailableTimes",
        (tag or {"StudentsSet": "Students"}.get(kind, kind), who),
        ("Number_of_Not_Available_Times", len(cells)),
        times("Not_Available_Time", "Day", "Hour", *cells),
    )


def fixed(number: int, cell: str, locked: bool = False, weight: float = 100) -> str:
    day, hour = [*cell.split(), ""][:2]
    return constraint(
        "ActivityPreferredStartingTime",
        ("Activity_Id", number),
        ("Preferred_Day", day),
        ("Preferred_Hour", hour),
        ("Permanently_Locked", str(locked).lower()),
        weight=weight,
    )


def virtual_room(name: str, *sets: Sequence[str], capacity: int = 30000) -> str:
    return element(
        "Room",
        ("Name", name),
        ("Building", ""),
        ("Capacity", capacity),
        ("Virtual", "true"),
        ("Number_of_Sets_of_Real_Rooms", len(sets)),
        ("Set_of_Real_Rooms", [(("Number_of_Real_Rooms", len(s)), ("Real_Room", list(s))) for s in sets]),
        ("Comments", ""),
    )


def real_room(name: str, building: str = "", capacity: int = 30000) -> str:
    return element(
        "Room",
        ("Name", name),
        ("Building", building),
        ("Capacity", capacity),
        ("Virtual", "false"),
        ("Comments", ""),
    )


def _year(name: str, groups: dict[str, tuple[str, ...]]) -> str:
    def named(tag: str, text: str, below: str = "") -> str:
        return f"<{tag}><Name>{text}</Name><Number_of_Students>10</Number_of_Students>{below}</{tag}>"

    inner = "".join(named("Group", g, "".join(named("Subgroup", s) for s in subs)) for g, subs in groups.items())
    return named("Year", name, inner)


def fet(
    activities: Iterable[str],
    time: Iterable[str] = (),
    space: Iterable[str] = (),
    *,
    days: Sequence[str] = DAYS,
    hours: Sequence[str] = HOURS,
    rooms: Iterable[str] | None = None,
    teachers: Sequence[str] = ("T1", "T2", "T3"),
    mode: str = "",
    version: str = "5.41.0",
) -> bytes:
    """A whole file; the compulsory constraints are added."""

    def listing(tag: str, count: str, entry: str, names: Sequence[str]) -> str:
        entries = "".join(element(entry, ("Name", n)) for n in names)
        return f"<{tag}><{count}>{len(names)}</{count}>{entries}</{tag}>"

    def plain(tag: str, entry: str, names: Sequence[str]) -> str:
        return f"<{tag}>" + "".join(element(entry, ("Name", n)) for n in names) + f"</{tag}>"

    parts = [
        f'<fet version="{version}">',
        f"<Mode>{mode}</Mode>" if mode else "",
        "<Institution_Name>Little school</Institution_Name><Comments></Comments>",
        listing("Days_List", "Number_of_Days", "Day", days),
        listing("Hours_List", "Number_of_Hours", "Hour", hours),
        plain("Subjects_List", "Subject", ("Math", "Art", "Sport")),
        plain("Activity_Tags_List", "Activity_Tag", ("lab", "test")),
        plain("Teachers_List", "Teacher", teachers),
        "<Students_List>" + "".join(_year(y, groups) for y, groups in YEARS.items()) + "</Students_List>",
        "<Activities_List>" + "\n".join(activities) + "</Activities_List>",
        plain("Buildings_List", "Building", ("East", "West")),
        "<Rooms_List>" + "\n".join(rooms if rooms is not None else map(real_room, ROOMS)) + "</Rooms_List>",
        "<Time_Constraints_List>",
        constraint("BasicCompulsoryTime"),
        *time,
        "</Time_Constraints_List>",
        "<Space_Constraints_List>",
        constraint("BasicCompulsorySpace"),
        *space,
        "</Space_Constraints_List>",
        "</fet>",
    ]
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(parts).encode()
