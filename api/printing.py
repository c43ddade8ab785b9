"""Timetables to print (.html, .pdf) and for calendars (.ics): the same on the command line and over HTTP."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from api.errors import InputError
from models.base import ResourceKind
from models.problem import Problem
from models.timetable import Timetable

if TYPE_CHECKING:
    from formats.grid import Layout

    Draw = Callable[[str, Iterable[Layout]], bytes]
    """Makes a PDF of pages; the text is the name of the school."""


def printed(
    problem: Problem,
    timetable: Timetable,
    ending: str,
    kind: ResourceKind | None = None,
    name: str | None = None,
    draw: "Draw | None" = None,
) -> bytes:
    """ending: "html" or "pdf"; a page for one resource, for all of a kind, or for all that have lessons. draw: draws
    the PDF, None: right here."""
    from formats.pages.select import weeks

    with belonging():
        layouts = list(weeks(problem, timetable, kind, name))
    if ending == "html":
        from formats.pages.html import draw_html

        return draw_html(problem.name, layouts).encode()
    from formats.pages.pdf import draw_pdf

    return (draw or draw_pdf)(problem.name, layouts)


def calendar(
    problem: Problem,
    timetable: Timetable,
    who: tuple[ResourceKind, str],
    first: date,
    last: date | None = None,
    zone: str | None = None,
) -> bytes:
    """From the first day to the last one (None: until further notice). Where weeks alternate, the first is that of the
    first day."""
    from formats.ics import Term, write_ics

    stamp = datetime.combine(first, time(), UTC)
    with belonging():
        return write_ics([Term(problem, timetable, first, last, first, "timetable", 0, stamp)], *who, zone)


@contextmanager
def belonging() -> Iterator[None]:
    """InputError when the timetable is not for this problem."""
    try:
        yield
    except ValueError as error:
        raise InputError(f"the timetable does not belong to this school: {error}") from error
