"""timewright show: the week of a class, teacher or room, in the terminal, as a picture, to print or for a calendar."""

from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from api.console import Output
from api.errors import DONE, InputError, WrongUse
from api.name import program
from api.opening import open_file, open_timetable
from api.printing import belonging, calendar, printed
from api.saving import check_target, save
from api.summary import of_layout
from models.base import ResourceKind
from models.problem import Problem
from models.timetable import Timetable

if TYPE_CHECKING:
    from formats.grid import Layout

ENDINGS = (".svg", ".html", ".pdf", ".ics")
MOST_NAMES = 12
Wanted = tuple[ResourceKind, str]


def show(file: Path, school: Path | None, wanted: Wanted | None, target: Path | None, out: Output) -> int:
    if target is not None:
        check_target(target, ENDINGS, source=file)
    problem, timetable = _opened(file, school)
    if target is not None and target.suffix.lower() != ".svg":
        save(target, _written(problem, timetable, wanted, target.suffix.lower()))
        out.say(f"Wrote {target}")
        out.result({"output": str(target)})
        return DONE
    layout = week(problem, timetable, wanted)
    if target is not None:
        draw(layout, target)
        out.say(f"Wrote {target}")
    else:
        tell_week(layout, out)
    out.result({**of_layout(layout), "output": None if target is None else str(target)})
    return DONE


def _written(problem: Problem, timetable: Timetable, wanted: Wanted | None, ending: str) -> bytes:
    """Without a name all classes, teachers and rooms are printed; a calendar is of one of them."""
    named = None if wanted is None else (wanted[0], known_name(problem, *wanted))
    if ending != ".ics":
        return printed(problem, timetable, ending.removeprefix("."), *(named or (None, None)))
    if named is None:
        raise WrongUse("a calendar is of one class, teacher or room", hint="name one: --class, --teacher or --room")
    return calendar(problem, timetable, named, date.today())


def _opened(file: Path, school: Path | None) -> tuple[Problem, Timetable]:
    if school is not None:
        problem = open_file(school).needed_problem()
        return problem, open_timetable(file, problem)
    opened = open_file(file)
    problem = opened.needed_problem()
    if opened.timetable is None:
        raise InputError(
            f"{file.name} holds no timetable", hint=f"Make one: {program()} solve {file} -o timetable.xlsx"
        )
    return problem, opened.timetable


def week(problem: Problem, timetable: Timetable, wanted: Wanted | None) -> "Layout":
    """wanted: kind and name; None: the first class, or the first teacher where there is no class."""
    from formats.grid import Frame, lay_out
    from models.board import Board

    with belonging():
        frame = Frame(Board(problem, timetable))
    kind, name = wanted or _first(problem)
    return lay_out(frame, kind, known_name(problem, kind, name))


def _first(problem: Problem) -> Wanted:
    for kind, names in _names(problem).items():
        for name in names:
            return kind, name
    raise InputError("there is no class, teacher or room to show")


def _names(problem: Problem) -> dict[ResourceKind, list[str]]:
    return {"class": list(problem.class_), "teacher": list(problem.teacher), "room": list(problem.room)}


def known_name(problem: Problem, kind: ResourceKind, name: str) -> str:
    """The name as the school spells it."""
    known = _names(problem)[kind]
    folded = {id_.casefold(): id_ for id_ in reversed(known)}
    if name in known or name.casefold() in folded:
        return name if name in known else folded[name.casefold()]
    close = get_close_matches(name.casefold(), folded, 3, 0.5)
    some = [folded[x] for x in close] or known[:MOST_NAMES]
    words = "did you mean" if close else "there are"
    end = "?" if close else ", ..." if len(known) > MOST_NAMES else ""
    raise WrongUse(f"there is no {kind} {name}", hint=f"{words} {', '.join(some)}{end}")


def tell_week(layout: "Layout", out: Output) -> None:
    from formats.terminal import render

    out.picture(render(layout))


def draw(layout: "Layout", picture: Path) -> None:
    from formats.svg import draw as drawn

    save(picture, drawn(layout).encode())
