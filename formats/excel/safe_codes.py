"""Codes that a cell can hold: where a name of the problem has a sign or a word that means something else in the
workbook, it is written a little differently."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from formats.excel.sheets import COMMENT_MARK
from models.problem import Problem
from models.timetable import Timetable

Codes = dict[str, str]
"""Name in the problem -> code in the workbook."""

_SIGNS = re.compile(r"[,;/|+\n\r\t]+")
_WORDS = re.compile(r"^(?:none|any|nobody|no|n/a|-|\*)$|^(?:all|any|one|either|every|no)\s", re.IGNORECASE)
_PREFIX = re.compile(r"^(?:room )?(?:teacher|class|room|type|typ|tipo|feature)s?\s*[:=]", re.IGNORECASE)


class Renaming(NamedTuple):
    """One table of codes for each kind of name."""

    day: Codes
    period: Codes
    week: Codes
    subject: Codes
    teacher: Codes
    class_: Codes
    students: Codes
    room: Codes
    feature: Codes
    tag: Codes


def safe(problem: Problem, timetable: Timetable | None) -> tuple[Problem, Timetable | None]:
    """The same with names that a workbook can hold; the very same where all of them are."""
    names = _renaming(problem)
    if all(name == code for codes in names for name, code in codes.items()):
        return problem, timetable
    renamed = Problem.model_validate(_renamed(problem.model_dump(), names))
    if timetable is None:
        return renamed, None
    placed = timetable.model_dump()
    for p in placed["placements"]:
        p["rooms"], p["teachers"] = _each(p["rooms"], names.room), _each(p["teachers"], names.teacher)
    return renamed, Timetable.model_validate(placed)


def safe_codes(names: Iterable[str]) -> Codes:
    """Codes differ in more than letter case and spaces; a safe name is its own code."""
    taken: set[str] = set()
    codes: Codes = {}
    for name in dict.fromkeys(names):
        code = plain = _plain(name)
        number = 1
        while _folded(code) in taken:
            number += 1
            code = f"{plain} ({number})"
        taken.add(_folded(code))
        codes[name] = code
    return codes


def _plain(name: str) -> str:
    code = " ".join(_SIGNS.sub(" ", name).split())[:90].lstrip(COMMENT_MARK).strip() or "_"
    if _PREFIX.match(code):
        code = re.sub("[:=]", " ", code)
    return f"_{code}" if _WORDS.match(code) else code


def _folded(code: str) -> str:
    return " ".join(code.casefold().split())


def _renaming(problem: Problem) -> Renaming:
    lessons, grid = problem.lessons, problem.grid
    features = [f for r in problem.rooms for f in r.features]
    features += [f for x in lessons for request in x.rooms for f in request.features]
    stated = (*(s.id for s in problem.subjects), *(x.subject for x in lessons if x.subject))
    rule_tags = (t for rule in problem.rules for field in ("tags", "later") for t in getattr(rule, field, ()))
    tags = (t for t in (*(t for x in lessons for t in x.tags), *rule_tags) if not t.startswith("subject:"))
    teacher_subjects = (s for t in problem.teachers for s in t.subjects)
    return Renaming(
        day=safe_codes(grid.day_names),
        period=safe_codes(p.id for p in getattr(grid, "periods", ())),
        week=safe_codes(grid.weeks) if len(grid.weeks) > 1 else {},
        subject=safe_codes([*stated, *teacher_subjects]),
        teacher=safe_codes(t.id for t in problem.teachers),
        class_=safe_codes(c.id for c in problem.classes),
        students=safe_codes(s for c in problem.classes for s in c.students),
        room=safe_codes(r.id for r in problem.rooms),
        feature=safe_codes(features),
        tag=safe_codes(tags),
    )  # fmt: skip


def _each(names: Iterable[str | None], codes: Codes) -> list[str | None]:
    return [None if n is None else codes.get(n, n) for n in names]


def _renamed(data: dict[str, Any], names: Renaming) -> dict[str, Any]:
    """Renames in place what `Problem.model_dump` gives."""
    grid = data["grid"]
    for day in grid["days"]:
        day["id"] = names.day[day["id"]]
    for period in grid["periods"]:
        period["id"], period["days"] = names.period[period["id"]], _each(period["days"], names.day)
    grid["weeks"] = _each(grid["weeks"], names.week)
    for things, codes in ((data["subjects"], names.subject), (data["teachers"], names.teacher),
                          (data["classes"], names.class_), (data["rooms"], names.room)):  # fmt: skip
        for thing in things:
            thing["name"] = thing["name"] or ("" if codes[thing["id"]] == thing["id"] else thing["id"])
            thing["id"] = codes[thing["id"]]
    for teacher in data["teachers"]:
        teacher["subjects"] = _each(teacher["subjects"], names.subject)
    for c in data["classes"]:
        c["part_of"], c["students"] = names.class_.get(c["part_of"]), _each(c["students"], names.students)
    for room in data["rooms"]:
        room["features"] = _each(room["features"], names.feature)
    for lesson in data["lessons"]:
        _rename_lesson(lesson, names)
    for rule in data["rules"]:
        _rename_rule(rule, names)
    return data


def _rename_lesson(lesson: dict[str, Any], names: Renaming) -> None:
    lesson["subject"] = names.subject.get(lesson["subject"], "")
    lesson["classes"] = _each(lesson["classes"], names.class_)
    lesson["teachers"] = _each(lesson["teachers"], names.teacher)
    lesson["any_teacher"] = [_each(choice, names.teacher) for choice in lesson["any_teacher"]]
    lesson["tags"] = _each(lesson["tags"], names.tag)
    for request in lesson["rooms"]:
        request["any_of"] = _each(request["any_of"], names.room)
        request["features"] = _each(request["features"], names.feature)
    pin = lesson["pin"]
    for field, codes in (("rooms", names.room), ("teachers", names.teacher)):
        pin[field] = None if pin[field] is None else _each(pin[field], codes)


def _rename_rule(rule: dict[str, Any], names: Renaming) -> None:
    kinds = {"teacher": names.teacher, "class": names.class_, "room": names.room}
    if "who" in rule:
        rule["who"]["ids"] = _each(rule["who"]["ids"], kinds[rule["who"]["kind"]])
    for field in ("tags", "later"):
        if field in rule:
            rule[field] = [_tag(t, names) for t in rule[field]]
    if "room" in rule:
        rule["room"] = names.room.get(rule["room"], rule["room"])
    if "rooms" in rule:
        rule["rooms"] = _each(rule["rooms"], names.room)


def _tag(tag: str, names: Renaming) -> str:
    subject = tag.removeprefix("subject:")
    return names.tag[tag] if subject == tag else f"subject:{names.subject.get(subject, subject)}"
