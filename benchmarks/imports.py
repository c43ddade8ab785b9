"""The suite of reading and writing: school workbooks, files of other programs, and the model that is made of them."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks import cbctt, fet, xhstt
from benchmarks.columns import Column, number, outcome, seconds, slower
from benchmarks.records import Record
from benchmarks.solving import Case as FileCase
from benchmarks.suite import Asked, Suite
from datasets.generate import generate
from formats.content import content
from formats.ctt import read_ctt
from formats.excel.findings import Findings
from formats.excel.read import read
from formats.excel.table import load
from formats.excel.write import write_timetable
from formats.excel.write_input import write_input
from formats.fet import read_fet
from formats.xhstt import read_xhstt
from models.problem import Problem
from models.what_if import WhatIf
from solver.model import build

REPEATS = 3
LARGEST = 3
"""Files of each archive, the largest ones."""
CLASSES = (24, 100, 200)
MODEL = 50
"""Classes of the school of which a model is built."""
PLACES = 100
"""Classes of the school in which the places of a lesson are weighed."""


class Task(NamedTuple):
    """run: what is timed; about: into the record."""

    run: Callable[[], object]
    about: Record


Prepare = Callable[[], Task]
"""What is not timed."""


def schools() -> dict[str, Prepare]:
    """Case -> task, on generated schools."""
    found: dict[str, Prepare] = {}
    for n in CLASSES:
        found[f"read a workbook of {n} classes"] = partial(_read_workbook, n)
        found[f"write a workbook of {n} classes"] = partial(_write_input, n)
        found[f"write a finished workbook of {n} classes"] = partial(_write_finished, n)
    for together in (False, True):
        lesson = "4 lessons that start together" if together else "a lesson"
        found[f"weigh all places and swaps of {lesson} of {PLACES} classes"] = partial(_why_not, together)
    return {**found, f"build the CP-SAT model of {MODEL} classes": _build}


def files() -> dict[str, Prepare]:
    """Case -> task, on files of archives."""
    return {
        f"read {kind} {case.name}": partial(_read_file, read_file, case.path)
        for kind, read_file, cases in ARCHIVES
        for case in _largest(cases())
        if case.path is not None
    }


def _read_workbook(classes: int) -> Task:
    problem = generate(classes, 1).problem
    data = write_input(problem)
    rows = sum(len(table.rows) for table in load(data, "", Findings()))
    return Task(partial(read, data), {**_size(problem, data), "rows": rows})


def _write_input(classes: int) -> Task:
    problem = generate(classes, 1).problem
    return Task(partial(write_input, problem), _size(problem))


def _write_finished(classes: int) -> Task:
    made = generate(classes, 1)
    return Task(partial(write_timetable, made.problem, made.timetable), _size(made.problem))


def _build() -> Task:
    problem = generate(MODEL, 1).problem
    return Task(partial(build, problem), _size(problem))


def _why_not(together: bool) -> Task:
    """Of the lesson that may be in the most rooms, or of the most lessons that start together; the board is laid out
    before, as it is once for all lessons of a school."""
    made = generate(PLACES, 1)
    problem, what_if = made.problem, WhatIf(made.problem, made.timetable)
    rooms = what_if.domains.rooms
    alone = [x for x, block in what_if.domains.blocks.items() if len(block) == 1 and rooms[x]]
    most_rooms = max(alone, key=lambda x: len(rooms[x][0]))
    most_lessons = max(what_if.domains.blocks, key=lambda x: len(what_if.domains.blocks[x]))
    lesson = most_lessons if together else most_rooms
    places = len(what_if.why_not(lesson).places)
    return Task(partial(what_if.why_not, lesson), {**_size(problem), "places": places})


def _fet(data: bytes) -> Problem:
    return read_fet(data, ignore_unsupported=True).problem


def _xhstt(data: bytes) -> Problem:
    return read_xhstt(data, ignore_unsupported=True).problem


ARCHIVES: tuple[tuple[str, Callable[[bytes], Problem], Callable[[], list[FileCase]]], ...] = (
    ("FET", _fet, fet.cases),
    ("CTT", read_ctt, cbctt.cases),
    ("XHSTT", _xhstt, xhstt.cases),
)


def _largest(cases: list[FileCase]) -> list[FileCase]:
    return sorted(cases, key=lambda c: (-_bytes(c), c.name))[:LARGEST]


def _bytes(case: FileCase) -> int:
    return case.path.stat().st_size if case.path is not None else 0


def _read_file(read_file: Callable[[bytes], Problem], path: Path) -> Task:
    data = path.read_bytes()
    return Task(partial(read_file, data), {**_size(read_file(data), data), "rows": content(data).count(b"\n")})


def _size(problem: Problem, data: bytes | None = None) -> Record:
    """bytes: of the file."""
    return {"lessons": len(problem.lessons), **({} if data is None else {"bytes": len(data)})}


def run(case: str, asked: Asked) -> Record:
    """Timed a few times; medians count. seconds_cpu: of the processor, which hardly depends on what else the machine
    does. Complete if seconds_total is within the limit."""
    prepare = schools().get(case) or files().get(case)
    if prepare is None:
        raise ValueError(f"no case {case!r} in suite import")
    task = prepare()
    times = [timed(task.run) for _ in range(REPEATS)]
    total, processor = (median(of_kind) for of_kind in zip(*times, strict=True))
    complete = total <= asked.seconds
    status = "done" if complete else "slow"
    return {
        "status": status,
        "complete": complete,
        "seconds_total": total,
        "seconds_cpu": processor,
        "times": times,
        **task.about,
    }


def timed(task: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the clock and of the processor."""
    begin, busy = time.perf_counter(), time.process_time()
    task()
    return round(time.perf_counter() - begin, 3), round(time.process_time() - busy, 3)


COLUMNS: tuple[Column, ...] = (
    outcome("in time"),
    seconds("time", "seconds_total", 2),
    seconds("processor", "seconds_cpu", 2),
    number("rows", "rows"),
    number("lessons", "lessons"),
    number("bytes", "bytes"),
    number("MB", "peak_mb", 0),
)

SUITE = Suite(
    "import",
    "reading and writing workbooks and files of other programs",
    60.0,
    lambda: [*schools(), *files()],
    run,
    COLUMNS,
    worse=slower("seconds_cpu", "takes"),
)
