"""How long the parts around a search take: building the model, reading and writing workbooks."""

import datetime as dt
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.machine import machine
from benchmarks.records import Record, append
from datasets.generate import Generated, generate
from formats.excel.read import read
from formats.excel.write import write_timetable
from formats.excel.write_input import write_input
from solver.model import build

REPEATS = 3
COMMAND = "python -m benchmarks parts"


class Part(NamedTuple):
    """prepare: does what is not timed and gives what is."""

    name: str
    classes: int
    prepare: Callable[[Generated], Callable[[], object]]


PARTS = (
    Part("build the CP-SAT model", 50, lambda made: partial(build, made.problem)),
    Part("write the input workbook", 100, lambda made: partial(write_input, made.problem)),
    Part("read the input workbook", 100, lambda made: partial(read, write_input(made.problem))),
    Part("write the finished workbook", 100, lambda made: partial(write_timetable, made.problem, made.timetable)),
)


def measure(output: Path, say: Callable[[str], object]) -> list[Record]:
    """Every part on a generated school, `REPEATS` times; appends a record each, with all times in seconds."""
    records: list[Record] = []
    for part in PARTS:
        made = generate(part.classes, 1)
        run = part.prepare(made)
        seconds = [timed(run) for _ in range(REPEATS)]
        record: Record = {
            "part": part.name,
            "classes": part.classes,
            "lessons": len(made.problem.lessons),
            "seconds": seconds,
            "command": COMMAND,
            "when": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            "machine": machine(),
        }
        append(output, record)
        records.append(record)
        say(f"{part.name}, {record['lessons']} lessons: {median(seconds):.2f} s")
    return records


def timed(run: Callable[[], object]) -> float:
    begin = time.perf_counter()
    run()
    return round(time.perf_counter() - begin, 3)


def table(records: Sequence[Record]) -> str:
    """Markdown: one row per part, the median of its times."""
    rows = [f"| {r['part']} | {r['classes']} | {r['lessons']} | {median(r['seconds']):.2f} s |" for r in records]
    return "\n".join(["| part | classes | lessons | median |", "| --- | --- | --- | --- |", *rows])
