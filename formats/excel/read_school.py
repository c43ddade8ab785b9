"""Sheets School and Periods: the settings and the time grid."""

from dataclasses import dataclass, field
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from formats.excel.days import expand_days
from formats.excel.findings import Findings
from formats.excel.parts import Broken
from formats.excel.rows import MOST_LETTERS, Row, Rows
from formats.excel.sheets import MOST_DAYS, SETTINGS, key
from formats.excel.table import Table, address
from formats.excel.times import Times
from formats.excel.values import did_you_mean, fold, minutes, text_of
from models.time import Day, Period, PeriodGrid, PeriodKind, clock

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri"]
EVERY_WEEK = ["every"]
MOST_WEEKS = 8
_BY_KEY = {k: s.name for s in SETTINGS for k in s.keys}
_HEADERS = frozenset({"setting", "value", "einstellung", "wert", "parametre", "valeur", "ajuste", "valor", "valore"})


@dataclass
class School:
    """places: setting -> address of its value."""

    sheet: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    days: list[str] = field(default_factory=lambda: list(DAYS))
    weeks: list[str] = field(default_factory=lambda: list(EVERY_WEEK))


def read_school(table: Table | None, findings: Findings) -> School:
    """Settings stand in any two neighbouring columns, with or without a header."""
    if table is None:
        findings.warning('there is no sheet "School"; the week is taken as Mon-Fri, every week alike')
        return School()
    school = School(table.name)
    for number in range(len(table.rows)):
        _read_setting(table, number, school, findings)
    _read_days(school, findings)
    _read_weeks(school, findings)
    _check_zone(school, findings)
    return school


def _read_setting(table: Table, number: int, school: School, findings: Findings) -> None:
    filled = [(p, c) for p, c in enumerate(table.rows[number]) if text_of(c)]
    if not filled or text_of(filled[0][1]).startswith("#"):
        return
    position, word = filled[0]
    name = _BY_KEY.get(key(text_of(word)))
    if name is None:
        if len(filled) > 1 and key(text_of(word)) not in _HEADERS:
            hint = did_you_mean(text_of(word), (s.name for s in SETTINGS))
            findings.warning(
                f'the setting "{text_of(word)}" is not known', table.name, address(number, position), suggestion=hint
            )
        return
    if len(filled) < 2 or key(text_of(filled[1][1])) in _HEADERS:
        return
    place = address(number, filled[1][0])
    if isinstance(filled[1][1], Broken):
        findings.error(f"{name} is {filled[1][1]}", table.name, place, expected="a value")
    elif name in school.settings:
        findings.error(f'the setting "{name}" is already given in {school.places[name]}', table.name, place)
    else:
        school.settings[name], school.places[name] = text_of(filled[1][1]), place


def _read_days(school: School, findings: Findings) -> None:
    text = school.settings.get("Days", "")
    school.days = []  # unknown until read: an unreadable setting must not make every day of the workbook wrong
    if not text:
        school.days = list(DAYS)
        findings.warning('the setting "Days" is not given; the week is taken as Mon-Fri', school.sheet)
        return
    place = school.places["Days"]
    try:
        days = expand_days(text)
    except ValueError as error:
        findings.error(f'Days is "{text}"', school.sheet, place, found=text, expected=str(error))
        return
    twice = sorted({d for d in days if days.count(d) > 1})
    if twice:
        findings.error(f"Days names {twice[0]} twice", school.sheet, place, found=text, expected="every day once")
    elif any(len(d) > MOST_LETTERS for d in days):
        findings.error("Days names a very long day", school.sheet, place, found=text, expected="names such as Mon")
    elif len(days) > MOST_DAYS:
        findings.error(f"Days names {len(days)} days", school.sheet, place, found=text, expected=f"at most {MOST_DAYS}")
    else:
        school.days = days


def _read_weeks(school: School, findings: Findings) -> None:
    text = school.settings.get("Week pattern", "1")
    names = [x.strip() for x in text.replace(",", "/").replace(";", "/").split("/") if x.strip()]
    if len(names) == 1 and names[0].isdecimal() and 1 <= int(names[0]) <= MOST_WEEKS:
        count = int(names[0])
        names = EVERY_WEEK if count == 1 else [chr(65 + n) for n in range(count)]
    if (
        len(names) != len({key(n) for n in names})
        or not 1 <= len(names) <= MOST_WEEKS
        or any(len(n) > MOST_LETTERS for n in names)
    ):
        expected = f"1, or the names of 2 to {MOST_WEEKS} weeks such as A/B"
        findings.error(
            f'Week pattern is "{text}"', school.sheet, school.places["Week pattern"], found=text, expected=expected
        )
    else:
        school.weeks = list(EVERY_WEEK) if len(names) == 1 else names


def _check_zone(school: School, findings: Findings) -> None:
    zone = school.settings.get("Time zone", "")
    try:
        if zone:
            ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        findings.error(
            f'Time zone is "{zone}"',
            school.sheet,
            school.places["Time zone"],
            found=zone,
            expected="a name such as Europe/London",
            suggestion=_zone_hint(zone),
        )


def _zone_hint(zone: str) -> str:
    """The zone of the same city, else the closest name."""
    zones = sorted(available_timezones())
    city = key(zone.rpartition("/")[2])
    same = next((z for z in zones if key(z.rpartition("/")[2]) == city), None)
    return f'Did you mean "{same}"?' if same else did_you_mean(zone, zones)


def read_times(school: School, rows: Rows | None) -> Times:
    """The time grid; with errors in it, its names alone."""
    if rows is None:
        return Times(school.days, [], frozenset(), school.weeks, None)
    before = rows.findings.errors
    named = Times(school.days, [], frozenset(), school.weeks, None)
    read = [(row, _read_period(row, named)) for row in rows]
    periods = [(row, period) for row, period in read if period is not None]
    _check_overlaps(periods, school.days)
    labels = _labels([period for _, period in periods], [_label(row) for row, _ in read])
    # a label may be a lesson on some days and an assembly on others
    lessons = frozenset(_label(row) for row, _ in read if (key(text_of(row.raw("Kind"))) or "lesson") == "lesson")
    if not lessons:
        rows.findings.error("there is no period for lessons", rows.table.name, expected="a row for each period")
    grid = _grid(school, [p for _, p in periods]) if rows.findings.errors == before and school.days else None
    return Times(school.days, labels, lessons, school.weeks, grid)


def _grid(school: School, periods: list[Period]) -> PeriodGrid:
    return PeriodGrid(days=tuple(Day(id=d) for d in school.days), periods=tuple(periods), weeks=tuple(school.weeks))


def _label(row: Row) -> str:
    return text_of(row.raw("Label"))


def _labels(periods: list[Period], fallback: list[str]) -> list[str]:
    """Labels from early to late; periods with errors keep their place in the sheet."""
    early = sorted(periods, key=lambda p: (p.start, p.end))
    return list(dict.fromkeys([*(p.id for p in early), *filter(None, fallback)]))


def _read_period(row: Row, times: Times) -> Period | None:
    before = row.rows.findings.errors
    row.missing("Label", "Start", "End")
    start, end = row.read("Start", minutes), row.read("End", minutes)
    label, kind = row.name("Label"), row.choice("Kind") or "lesson"
    days = times.read_days(row, "Days") if row.text("Days") else []
    if start is not None and end is not None and end <= start:
        row.error("End", f"{_label(row)} ends at {clock(end)}, but starts at {clock(start)}", "a later time")
    if row.rows.findings.errors > before or start is None or end is None:
        return None
    place = row.source("Label")
    return Period(id=label, start=start, end=end, kind=PeriodKind(kind), days=tuple(days or ()), source=place)


def _check_overlaps(periods: list[tuple[Row, Period]], days: list[str]) -> None:
    reported: set[int] = set()
    for day in days:
        today = sorted(
            ((r, p) for r, p in periods if not p.days or day in p.days), key=lambda x: (x[1].start, x[1].end)
        )
        for (row_a, a), (row_b, b) in pairwise(today):
            if b.start < a.end and row_b.index not in reported:
                reported.add(row_b.index)
                row_b.error(
                    "Start",
                    f"{b.id} starts at {clock(b.start)}, but {a.id} ({row_a.cell('Label')}) ends at {clock(a.end)}",
                    "periods that do not overlap",
                )
        labels: dict[str, Row] = {}
        for row, period in today:
            first = labels.setdefault(fold(period.id), row)
            if first is not row and row.index not in reported:
                reported.add(row.index)
                row.error("Label", f'the period "{period.id}" is already defined in {first.cell("Label")}')
