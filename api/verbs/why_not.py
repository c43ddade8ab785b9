"""timewright why-not: what speaks against each place of a lesson, what it would cost, and which are best."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.console import Output
from api.errors import DONE, INFEASIBLE, NOTHING_FOUND, InputError
from api.interrupt import until_interrupted
from api.verbs.held import cell_named, lesson_named, opened, room_named
from models.compare import where
from models.problem import Problem
from models.rules.base import counted
from models.timetable import Timetable
from models.what_if import Place, Swap, WhatIf, WhyNot
from scheduling.told import of_exact, of_why_not

if TYPE_CHECKING:
    from solver.why_not import ExactCost

MOST_PLACES = 10
MOST_IN_THE_WAY = 3


@dataclass(frozen=True)
class Question:
    """at: a time; room: of the first room request; exact: seconds for a solve, None without."""

    lesson: str
    at: str | None = None
    room: str | None = None
    exact: float | None = None


def why_not(file: Path, timetable: Path | None, question: Question, ignore_unsupported: bool, out: Output) -> int:
    problem, placed = opened(file, timetable, ignore_unsupported)
    lesson = lesson_named(problem, question.lesson)
    cell = None if question.at is None else cell_named(problem, question.at)
    room = None if question.room is None else room_named(problem, question.room)
    if room is not None and not problem.lesson[lesson].rooms:
        raise InputError(f"lesson {lesson} asks for no room")
    answer = WhatIf(problem, placed).why_not(lesson, room)
    place = None if cell is None else _at(problem, answer, cell)
    said: dict[str, Any] = of_why_not(problem, answer, place)
    if place is None:
        _tell_all(problem, answer, out)
    else:
        _tell_place(problem, answer, place, out)
    code = DONE
    if place is not None and question.exact is not None:
        found = _exact(problem, placed, place, question)
        said["exact"] = of_exact(problem, found)
        tell_exact(problem, found, out)
        code = {"infeasible": INFEASIBLE, "unknown": NOTHING_FOUND}.get(str(found.repair.status), DONE)
    out.result({**said, "exit_code": code})
    return code


def _at(problem: Problem, answer: WhyNot, cell: int) -> Place:
    place = answer.at(cell)
    if place is None:
        raise InputError(
            f"lesson {answer.lesson} does not fit at {problem.grid.label(cell)}: the day is too short there"
        )
    return place


# ---- told ------------------------------------------------------------------------------------------------------------


def _tell_all(problem: Problem, answer: WhyNot, out: Output) -> None:
    title = problem.lesson[answer.lesson].title
    out.say(f"{title} ({answer.lesson}) is {where(problem, answer.now)}", "bold")
    if answer.places and len(answer.places[0].placements) > 1:
        others = (p.lesson for p in answer.places[0].placements[1:])
        out.say(f"With it go, since they must start together: {', '.join(others)}")
    _tell_week(problem, answer, out)
    best = (f"{where(problem, p.placements[0])}: {change(p)}" for p in answer.best[:MOST_PLACES])
    out.lines("Best places", best)
    out.lines("Best swaps", (_swap(problem, swap) for swap in answer.swaps), most=MOST_PLACES)


def _tell_week(problem: Problem, answer: WhyNot, out: Output) -> None:
    """Days as columns, times as rows."""
    labels = list(dict.fromkeys(c.label for c in problem.grid.cells))
    days = problem.grid.day_names
    marks = {
        (problem.grid.cells[p.start].label, problem.grid.cells[p.start].day): _mark(answer, p) for p in answer.places
    }
    rows = ([label, *(marks.get((label, day), "-") for day in range(len(days)))] for label in labels)
    out.table(("", *days), rows)
    out.say("A number: change of the penalty. In brackets: reasons against it, with hard rules. -: does not fit.")


def _mark(answer: WhyNot, place: Place) -> str:
    if answer.now is not None and place.start == answer.now.start:
        return "here"
    return f"[{len(place.blocks)}]" if place.blocks else f"{place.soft:+d}"


def _tell_place(problem: Problem, answer: WhyNot, place: Place, out: Output) -> None:
    title = problem.lesson[answer.lesson].title
    out.say(
        f"{title} ({answer.lesson}) {where(problem, place.placements[0])} instead of {where(problem, answer.now)}",
        "bold",
    )
    out.say(change(place))
    out.lines("What speaks against it", (v.sentence for v in place.blocks), "red")
    out.lines("Lessons in the way", place.in_the_way)
    out.lines("Wishes no longer met", (f"{v.sentence} ({v.penalty})" for v in place.new if v.rule.weight))
    out.lines("Wishes newly met", (f"{v.sentence} ({v.penalty})" for v in place.gone if v.rule.weight))


def change(place: Place) -> str:
    """ "possible, penalty +12" """
    if place.free:
        return f"possible, penalty {place.soft:+d}"
    way = f", in the way: {', '.join(place.in_the_way[:MOST_IN_THE_WAY])}" if place.in_the_way else ""
    more = ", ..." if len(place.in_the_way) > MOST_IN_THE_WAY else ""
    return f"{counted(len(place.blocks), 'reason')} against it{way}{more}; penalty {place.soft:+d}"


def _swap(problem: Problem, swap: Swap) -> str:
    other = next(p for p in swap.place.placements if p.lesson == swap.other)
    return (
        f"with {problem.lesson[swap.other].title} ({swap.other}): goes to {where(problem, swap.place.placements[0])}, "
        f"the other to {where(problem, other)}, penalty {swap.place.soft:+d}"
    )


# ---- with a solve ----------------------------------------------------------------------------------------------------


def _exact(problem: Problem, placed: Timetable, place: Place, question: Question) -> "ExactCost":
    from solver.limits import Limits
    from solver.why_not import exact_cost

    limits = Limits(seconds=question.exact)
    with until_interrupted() as interrupted:
        room_is_open = question.room is None
        return exact_cost(problem, placed, place.placements[0], limits, room_is_open, cancel=interrupted)


def tell_exact(problem: Problem, found: "ExactCost", out: Output) -> None:
    out.say(f"When others make way: {found.repair.sentence}", "bold")
    if found.soft is not None:
        out.say(f"The penalty then changes by {found.soft:+d}.")
    moves = (
        f"{problem.lesson[c.lesson].title}: {where(problem, c.before)} -> {where(problem, c.after)}"
        for c in found.repair.changes
    )
    out.lines("Changes", moves)
