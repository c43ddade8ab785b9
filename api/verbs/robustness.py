"""timewright robustness: free colleagues and rooms in each period, and the weak periods."""

from pathlib import Path

from api.console import Output
from api.errors import DONE
from api.verbs.held import opened
from models.problem import Problem
from models.robustness import SlotReserve, robustness, weakest
from scheduling.told import of_robustness

MOST_WEAK = 10


def report(file: Path, timetable: Path | None, ignore_unsupported: bool, out: Output) -> int:
    problem, placed = opened(file, timetable, ignore_unsupported)
    slots = robustness(problem, placed)
    weak = weakest(slots)
    _tell(problem, slots, weak, out)
    out.result({**of_robustness(slots), "exit_code": DONE})
    return DONE


def _tell(problem: Problem, slots: list[SlotReserve], weak: list[SlotReserve], out: Output) -> None:
    columns = ("Time", "lessons", "free teachers", "of them there", "free rooms", "no colleague", "no other room")
    out.table(columns, (_row(x) for x in slots))
    out.lines(f"Weak periods ({len(weak)})", (_sentence(problem, x) for x in weak), most=MOST_WEAK)
    if not weak:
        out.say("Every lesson has a free qualified colleague and another free room.")


def _row(x: SlotReserve) -> tuple[object, ...]:
    return (
        x.label,
        len(x.lessons),
        len(x.teachers),
        len(x.there),
        len(x.rooms),
        len(x.uncovered) or "",
        len(x.unroomed) or "",
    )


def _sentence(problem: Problem, x: SlotReserve) -> str:
    told = []
    for lessons, what in ((x.uncovered, "nobody qualified is free for"), (x.unroomed, "no other room for")):
        titles = list(dict.fromkeys(problem.lesson[id_].title for id_ in lessons))
        more = f" and {len(titles) - 3} more" if len(titles) > 3 else ""
        told += [f"{what} {', '.join(titles[:3])}{more}"] if titles else []
    return f"{x.label}: {'; '.join(told)}"
