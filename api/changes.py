"""Changes of a school as the command line takes them: from JSON files and from words."""

from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter, ValidationError

from api.errors import InputError
from models.changes import Changed
from models.problem import Problem
from models.timetable import Timetable
from scheduling import changes
from scheduling.changes import Change

_CHANGES: TypeAdapter[list[Change]] = TypeAdapter(list[Change])


def changes_in(content: object, where: str) -> list[Change]:
    """From JSON: a list of changes, or an object with the list as "changes". InputError names the field."""
    listed = content.get("changes") if isinstance(content, dict) else content
    if not isinstance(listed, list):
        raise InputError(f'{where}: expected a list of changes, or an object with the list as "changes"')
    if not listed:
        raise InputError(f"{where}: there are no changes in it")
    try:
        return _CHANGES.validate_python(listed)
    except ValidationError as error:
        raise InputError(*(f"{where}: {_place(e)}" for e in error.errors())) from error


def _place(error: Any) -> str:
    number, *names = error["loc"] or (0,)
    place = ".".join(["changes", str(int(number) + 1), *(str(x) for x in names[1:])])
    return f"{place}: {str(error['msg']).removeprefix('Value error, ')}"


def change_said(text: str) -> Change:
    """From words. InputError says what was expected."""
    try:
        return changes.change_said(text)
    except ValueError as error:
        raise InputError(str(error)) from error


def applied(
    problem: Problem, timetable: Timetable, listed: Iterable[tuple[str, Change]], effective_from: int = 0
) -> Changed:
    """listed: each with where it stands, for messages. InputError names what is unknown, empty or contradictory."""
    try:
        return changes.applied(problem, timetable, listed, effective_from)
    except ValueError as error:
        raise InputError(str(error)) from error
