"""Foreign file formats in and out, one file or folder per format, and the list of them."""

from typing import NamedTuple


class Format(NamedTuple):
    """read: endings of files with a school, perhaps with its timetable; solutions: of files with a timetable alone;
    solved: endings in which a timetable is written; own: only that of a school read in this format.
    reading, writing: what a person should know about both, "" where the endings say it all."""

    name: str
    read: tuple[str, ...] = ()
    solutions: tuple[str, ...] = ()
    solved: tuple[str, ...] = ()
    own: bool = False
    reading: str = ""
    writing: str = ""


WORKBOOK = Format(
    "school workbook",
    read=(".xlsx", ".ods", ".xls", ".csv", ".zip"),
    solved=(".xlsx",),
    reading="a `.csv` stands for its folder, a `.zip` holds such files",
    writing="the finished workbook; as a school: `convert`, `template`, `generate`",
)
FET = Format(
    "FET 5 and 6, official mode",
    read=(".fet",),
    solved=(".fet",),
    own=True,
    reading="with its timetable, if every time and room is fixed",
    writing="the places as locked fixes",
)
COURSE_TIMETABLING = Format(
    "course timetabling (ITC-2007)",
    read=(".ctt", ".ectt"),
    solutions=(".sol", ".out"),
    solved=(".sol", ".out"),
    own=True,
    reading="with the wishes of `--formulation` UD1 to UD5 (UD2)",
    writing="a line for each lesson",
)
XHSTT = Format(
    "XHSTT archive",
    read=(".xml",),
    solved=(".xml",),
    own=True,
    reading="also packed as `.xml.gz`; with its timetable, if it holds one solution",
    writing="a solution group more",
)
JSON = Format(
    "JSON",
    read=(".json",),
    solved=(".json",),
    reading="problem, timetable or both",
    writing="both; as a school: `convert`, `generate`",
)

FORMATS = (WORKBOOK, FET, COURSE_TIMETABLING, XHSTT, JSON)
"""Every format in which schools and timetables are exchanged. Pictures (`.svg`), pages to
print (`.html`, `.pdf`) and calendars (`.ics`) are only written."""


def school_endings() -> tuple[str, ...]:
    """Endings of all files that can hold a school."""
    return tuple(ending for each in FORMATS for ending in each.read)


def format_of(ending: str) -> Format | None:
    """The format of files with a school of the ending, in small letters."""
    return next((each for each in FORMATS if ending in each.read), None)
