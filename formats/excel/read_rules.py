"""Sheet Rules: any rule of the catalogue, in the words of a director."""

from collections.abc import Iterator
from typing import Any, cast

from pydantic import ValidationError

from formats.excel.context import Reading
from formats.excel.defaults import Said
from formats.excel.lesson_words import Group, read_groups
from formats.excel.rows import Row, Rows
from formats.excel.rule_names import find_rule, rule_names
from formats.excel.rule_values import expects, is_off, read_value
from formats.excel.who_words import read_who
from models.rules import AnyRule, Rule
from models.rules.base import ResourceRule, Who

COUNTED_TOGETHER = frozenset(
    {
        "ends_day",
        "max_simultaneous",
        "max_slots_used",
        "max_total_in_times",
        "min_simultaneous",
        "min_slots_used",
        "not_overlapping",
        "preferred_rooms",
        "preferred_times",
        "room_capacity",
        "room_wanted",
    }
)
"""Rules on all their lessons at once; the others hold for each course by itself."""

MOST_RULES = 10_000

PAIRED = frozenset({"same_start"})
"""Rules that join the first lessons of several courses, their second ones, and so on."""


def read_rules(reading: Reading, rows: Rows) -> Said:
    """Adds the rules; answers what they settle, so that defaults can give way."""
    said = Said()
    for number, row in enumerate(rows):
        if number == MOST_RULES:
            row.error("Rule", f"the sheet has more than {MOST_RULES:,} rules", "rules on many at once")
            break
        _read_row(reading, row, said)
    return said


def _read_row(reading: Reading, row: Row, said: Said) -> None:
    if row.missing("Rule"):
        return
    name = row.text("Rule")
    rule = find_rule(name)
    if rule is None:
        row.error(
            "Rule", f'"{name}" is not a rule of the catalogue', "a rule name", row.hint("Rule", name, rule_names())
        )
        return
    before = reading.findings.errors
    scopes = list(_scopes(reading, row, rule, said))
    if is_off(row) or reading.findings.errors > before:
        return
    weight, values = row.number("Weight"), read_value(reading, row, rule)
    if values is None or reading.findings.errors > before or reading.times.grid is None:
        return
    for scope in scopes:
        _add(reading, row, rule, {**values, **scope, "weight": weight, "source": row.source("Rule")})


def _add(reading: Reading, row: Row, rule: type[Rule], fields: dict[str, Any]) -> None:
    try:
        reading.rules.append(cast(AnyRule, rule(**fields)))
    except ValidationError as error:
        first = error.errors()[0]
        place = " ".join(str(x).replace("_", " ") for x in first["loc"])
        must = first["msg"].replace("Input", "it")
        row.error("Value", f'{place} is "{first["input"]}", {must}', expects(rule))


def _scopes(reading: Reading, row: Row, rule: type[Rule], said: Said) -> Iterator[dict[str, Any]]:
    """The fields who or lessons of each rule the row stands for."""
    kind = str(rule.model_fields["kind"].default)
    if issubclass(rule, ResourceRule):
        for who in _who(reading, row, kind, said):
            yield {"who": who}
        return
    items = read_groups(reading, row, "Applies to")
    said.about_lessons(kind, (id_ for item in items for group in item for id_ in group))
    for lessons in _groups(reading, row, kind, items):
        yield {"lessons": lessons}


def _who(reading: Reading, row: Row, kind: str, said: Said) -> list[Who]:
    if not row.text("Applies to"):
        row.error("Applies to", "Applies to is missing", "all teachers, all classes, all rooms, or codes")
        return []
    everyone = read_who(reading, row, "Applies to")
    for who in everyone:
        said.about(kind, who)
    return everyone


def _groups(reading: Reading, row: Row, kind: str, items: list[list[Group]]) -> list[Group]:
    courses = [group for item in items for group in item if group]
    if kind in COUNTED_TOGETHER:
        return [tuple(dict.fromkeys(id_ for group in courses for id_ in group))] if courses else []
    if kind in PAIRED and len(courses) > 1:
        if len({len(group) for group in courses}) > 1:
            counts = ", ".join(str(len(group)) for group in courses)
            row.error("Applies to", f"the courses have {counts} lessons", "courses with the same number of lessons")
            return []
        return list(zip(*courses, strict=True))
    several = [group for group in courses if len(group) > 1]
    if courses and not several:
        advice = "Join courses that belong together with +."
        row.warning("Applies to", "the rule binds nothing: each of these courses has one lesson", suggestion=advice)
    return several
