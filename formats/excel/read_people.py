"""Sheets Subjects, Teachers, Rooms and Classes: their codes first, so that they may refer to each other, then
their rows."""

from formats.excel.codes import Codes
from formats.excel.context import Reading
from formats.excel.rows import Row, Rows
from formats.excel.values import colour, fold, yes_no
from models.problem import Room, SchoolClass, Subject, Teacher
from models.rules import Who
from models.rules.max_days import MaxDays
from models.rules.max_gaps_per_week import MaxGapsPerWeek
from models.rules.max_in_a_row import MaxInARow
from models.rules.max_periods_per_day import MaxPeriodsPerDay
from models.rules.max_periods_per_week import MaxPeriodsPerWeek
from models.students import StudentSets

TEACHER_LIMITS = {
    "Max per day": MaxPeriodsPerDay,
    "Max per week": MaxPeriodsPerWeek,
    "Max days": MaxDays,
    "Max gaps per week": MaxGapsPerWeek,
    "Max in a row": MaxInARow,
}
"""Column -> the hard rule its number stands for."""


def define(rows: Rows | None, codes: Codes) -> dict[str, Row]:
    """Code -> its row."""
    codes.defined = rows is not None and "Code" in rows
    if rows is None or not codes.defined:
        return {}
    return {code: row for row in rows for code in (codes.add(row, "Code"),) if code is not None}


def read_subjects(reading: Reading, rows: dict[str, Row]) -> None:
    for code, row in rows.items():
        reading.subject[code] = Subject(
            id=code, name=row.text("Name"), colour=row.read("Colour", colour) or "", source=row.source("Code")
        )
        features = read_features(reading, row, "Room type", row.items("Room type"))
        if features:
            reading.room_type[code] = features
        limit = row.number("Max per day")
        if limit is not None:
            reading.day_limit[code] = limit
            reading.rules.append(
                MaxPeriodsPerDay(
                    who=Who(kind="class"), tags=(f"subject:{code}",), limit=limit, source=row.source("Max per day")
                )
            )


def read_features(reading: Reading, row: Row, column: str, words: list[str]) -> tuple[str, ...]:
    """Features as the sheet Rooms writes them; those that no room has are reported."""
    found: list[str] = []
    for word in words:
        feature = reading.features.get(fold(word))
        if feature is not None:
            found.append(feature)
        elif reading.rooms.defined:
            known = reading.features.values()
            hint = row.hint(column, word, known)
            row.error(column, f'no room is of type "{word}"', "a type of sheet Rooms", hint)
    return tuple(dict.fromkeys(found))


def read_teachers(reading: Reading, rows: dict[str, Row]) -> None:
    for code, row in rows.items():
        subjects = reading.subjects.many(row, "Subjects")
        reading.teacher[code] = Teacher(
            id=code, name=row.text("Name"), email=row.text("Email"), subjects=subjects, source=row.source("Code")
        )
        if "@" not in (row.text("Email") or "@"):
            row.warning("Email", f'Email is "{row.text("Email")}"', "an address such as a.smith@school.org")
        for column, rule in TEACHER_LIMITS.items():
            limit = row.number(column)
            if limit is not None:
                who = Who(kind="teacher", ids=(code,))
                reading.rules.append(rule(who=who, limit=limit, source=row.source(column)))
        if row.read("Active", yes_no) is False:
            reading.inactive.add(code)


def read_rooms(reading: Reading, rows: dict[str, Row]) -> None:
    for code, row in rows.items():
        features = tuple(dict.fromkeys(reading.features.setdefault(fold(x), x) for x in row.items("Type")))
        reading.room[code] = Room(
            id=code,
            name=row.text("Name"),
            capacity=row.number("Capacity"),
            features=features,
            site=row.text("Site"),
            source=row.source("Code"),
        )
        home_of = reading.classes.one(row, "Home class")
        if home_of is not None:
            _set_home(reading, row, "Home class", home_of, code)


def _set_home(reading: Reading, row: Row, column: str, class_: str, room: str) -> None:
    other = reading.home_room.get(class_)
    if other not in (None, room):
        row.error(column, f'class "{class_}" has two home rooms, "{other}" and "{room}"', "one home room")
        return
    first = reading.home_of.setdefault(room, class_)
    if first != class_:
        row.warning(column, f'room "{room}" is the home room of "{first}" and of "{class_}"')
    reading.home_room[class_] = room


def read_classes(reading: Reading, rows: dict[str, Row]) -> None:
    for code, row in rows.items():
        parent = reading.classes.one(row, "Part of")
        sets, split = tuple(row.items("Student sets")), row.text("Split")
        if parent is not None and not sets and not split:
            expected = "a name that all parts of one division share"
            row.error(
                "Split" if "Split" in row.rows else "Part of", f'part "{code}" of "{parent}" names no split', expected
            )
            parent = None
        if split and parent is None and not row.text("Part of"):
            row.error("Part of", f'"{code}" belongs to split "{split}" but is part of no class', "its class")
        reading.class_[code] = SchoolClass(
            id=code,
            name=row.text("Name"),
            level=row.text("Level"),
            size=row.number("Size") or 0,
            part_of=parent,
            split=split,
            students=sets,
            source=row.source("Code"),
        )
        room = reading.rooms.one(row, "Home room")
        if room is not None:
            _set_home(reading, row, "Home room", code, room)
    _check_divisions(reading, rows)


def _check_divisions(reading: Reading, rows: dict[str, Row]) -> None:
    """Reports parts of themselves, single parts and divisions that are too fine; derives the student sets."""
    roots = {code: _root(reading, code) for code in reading.class_}
    circular = [code for code, root in roots.items() if root is None]
    for code in circular:
        rows[code].error("Part of", f'class "{code}" is part of itself', "a class above it")
    if circular:
        return
    parts = reading.parts
    for c in reading.class_.values():
        if c.part_of is not None and not c.students:
            parts.setdefault((c.part_of, c.split), []).append(c.id)
    for (parent, split), members in parts.items():
        _check_parts(reading, rows, parent, split, members)
    families: dict[str | None, list[SchoolClass]] = {}
    for c in reading.class_.values():
        families.setdefault(roots[c.id], []).append(c)
    before = reading.findings.errors
    for family in families.values():
        try:
            StudentSets(family, ()).of((family[0].id,))
        except ValueError as error:
            rows[family[0].id].error("Code", str(error), "fewer divisions of one class")
    if reading.findings.errors == before:
        reading.students = StudentSets(list(reading.class_.values()), ())


def _check_parts(reading: Reading, rows: dict[str, Row], parent: str, split: str, members: list[str]) -> None:
    row = rows[members[0]]
    if len(members) == 1:
        row.warning("Split", f'"{members[0]}" is the only part of split "{split}" of "{parent}"')
    sizes = [reading.class_[m].size for m in members]
    whole = reading.class_[parent].size
    if whole and all(sizes) and sum(sizes) != whole:
        row.warning("Size", f'the parts of split "{split}" have {sum(sizes)} students, "{parent}" has {whole}')


def _root(reading: Reading, code: str) -> str | None:
    """The class at the top; None if the way up never ends."""
    for _ in reading.class_:
        above = reading.class_[code].part_of
        if above is None or above not in reading.class_:
            return code
        code = above
    return None
