"""The cell Value of the sheet Rules, read by the fields a rule has."""

import typing
from collections.abc import Callable
from typing import Any

from formats.excel.context import Reading
from formats.excel.rows import Row
from formats.excel.sheets import key
from formats.excel.values import Unreadable, minutes, split_list, text_of, whole_number, yes_no
from models.rules import Rule
from models.rules.travel_time import Travel

OFF = frozenset({"off", "none", "no", "never"})
_SCOPE = frozenset({"kind", "weight", "source", "who", "tags", "lessons"})
_TIMES = frozenset({"times", "time", "cells", "when"})
_SUBJECTS = frozenset({"subject", "subjects"})
_TAGS = frozenset({"tag", "tags"})


def fields_of(rule: type[Rule]) -> dict[str, str]:
    """Field -> how it is written, for the fields that the value gives."""
    return {name: _form(name, info.annotation) for name, info in rule.model_fields.items() if name not in _SCOPE}


def _form(name: str, annotation: Any) -> str:
    special = {"cells": "times", "room": "room", "rooms": "rooms", "until": "clock", "pairs": "sites", "later": "tags"}
    if name in special:
        return special[name]
    if annotation is bool:
        return "yes/no"
    if typing.get_origin(annotation) is typing.Literal:
        return "|".join(typing.get_args(annotation))
    return "number"


def expects(rule: type[Rule]) -> str:
    """What the value of a rule should be, e.g. "limit (a number); per (day|week)"."""
    shown = {
        "times": "times such as Mon P3-P4",
        "number": "a number",
        "clock": "a time such as 15:30",
        "room": "a room",
        "rooms": "rooms",
        "sites": "Main-North=20",
        "tags": "tags, or subject:MATH for all lessons of a subject",
    }
    parts = []
    for name, form in fields_of(rule).items():
        label = "times" if form == "times" else name.replace("_", " ")
        optional = "" if rule.model_fields[name].is_required() else ", may be left out"
        parts.append(f"{label} ({shown.get(form, form)}{optional})")
    return "; ".join(parts) or "no value"


def read_value(reading: Reading, row: Row, rule: type[Rule]) -> dict[str, Any] | None:
    """Fields of the rule, and `tags` from subject=...; None after reporting what is wrong."""
    fields = fields_of(rule)
    values: dict[str, Any] = {}
    before = reading.findings.errors
    text = row.text("Value")
    for part in (p.strip() for p in text.split(";") if p.strip()):
        name, equals, said = (x.strip() for x in part.partition("="))
        try:
            if equals:
                _named(reading, row, fields, values, rule, name, said)
            else:
                _bare(reading, row, fields, values, name)
        except Unreadable as error:
            row.error("Value", f'"{part}" cannot be read', str(error) or expects(rule))
    missing = [n for n in fields if n not in values and rule.model_fields[n].is_required()]
    if missing and reading.findings.errors == before:
        row.error("Value", f'the rule "{row.text("Rule")}" lacks {missing[0].replace("_", " ")}', expects(rule))
    return values if reading.findings.errors == before else None


def _named(
    reading: Reading, row: Row, fields: dict[str, str], values: dict[str, Any], rule: type[Rule], name: str, said: str
) -> None:
    """A part such as limit=2."""
    by_key = {key(field): field for field in fields}
    if key(name) in _SUBJECTS and "tags" in rule.model_fields:
        subjects, unknown = reading.subjects.split(said)
        for item in unknown:
            reading.subjects.report(row, "Value", item)
        values["tags"] = (*values.get("tags", ()), *(f"subject:{s}" for s in subjects))
    elif key(name) in _TAGS and "tags" in rule.model_fields:
        values["tags"] = (*values.get("tags", ()), *split_list(said))
    elif key(name) in by_key:
        field = by_key[key(name)]
        values[field] = _parse(reading, row, fields[field], said)
    elif key(name) in _TIMES and "cells" in fields:
        values["cells"] = _parse(reading, row, "times", said)
    elif "pairs" in fields and "-" in name:
        a, _, b = (x.strip() for x in name.partition("-"))
        values["pairs"] = (*values.get("pairs", ()), Travel(a=a, b=b, minutes=whole_number(said)))
    else:
        row.error("Value", f'the rule has no "{name}"', expects(rule), row.hint("Value", name, fields))


def _bare(reading: Reading, row: Row, fields: dict[str, str], values: dict[str, Any], said: str) -> None:
    """A part without a name goes to the first field it fits, those that know their words first."""
    open_last = sorted(fields.items(), key=lambda item: item[1] in ("times", "room", "rooms"))
    field, form = next((x for x in open_last if _fits(*x, said, fields, values)), ("", ""))
    if not field:
        raise Unreadable
    if form == "yes/no":
        values[field] = True
    elif "|" in form:
        values[field] = key(said).removeprefix("per")
    else:
        found = _parse(reading, row, form, said)
        values[field] = (*values.get(field, ()), *found) if form in ("times", "rooms") else found


def _fits(field: str, form: str, said: str, fields: dict[str, str], values: dict[str, Any]) -> bool:
    """Whether a part without a name may be meant for the field. A bare number is no time where a number is asked."""
    if form == "yes/no":
        return key(field) == key(said)
    if "|" in form:
        return key(said).removeprefix("per") in form.split("|")
    if form == "number":
        return field not in values and _is_number(said)
    if form == "times":
        return not (_is_number(said) and "number" in fields.values())
    return form not in ("sites", "tags") and field not in values


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace(",", "", 1).isdecimal()


def _parse(reading: Reading, row: Row, form: str, said: str) -> Any:
    simple: dict[str, Callable[[str], Any]] = {"number": whole_number, "clock": minutes, "yes/no": yes_no}
    if form in simple:
        return simple[form](said)
    if form == "tags":
        return tuple(split_list(said))
    if form == "times":
        return reading.times.cells(reading.times.places_in(said))
    if form in ("room", "rooms"):
        return _rooms(reading, row, form, said)
    if said.casefold() not in form.split("|"):
        raise Unreadable(f"one of {form.replace('|', ', ')}")
    return said.casefold()


def _rooms(reading: Reading, row: Row, form: str, said: str) -> str | tuple[str, ...]:
    found, unknown = reading.rooms.split(said)
    for item in unknown:
        reading.rooms.report(row, "Value", item)
    if form == "rooms" or not found:
        return tuple(found)
    return found[0]


def is_off(row: Row) -> bool:
    """Whether the row switches the rule off."""
    return text_of(row.raw("Value")).casefold() in OFF or text_of(row.raw("Weight")).casefold() in OFF
