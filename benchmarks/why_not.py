"""All places and swaps of a lesson in a generated school of 100 classes: of lessons alone, and of lessons that must
start together, by how many they are.

Each case asks about lessons drawn with the seed. It succeeds when every answer came within the limit, the time being
that of the answer alone: the school is in memory, and its board laid out, as it is once for all lessons. As in the
service, memory that was in use before the question is not searched for garbage.
"""

from random import Random
from statistics import median
from time import perf_counter

from api.starting import keep_what_is_here
from benchmarks.columns import Column, Runs, number, outcome, slower
from benchmarks.columns import median as of_runs
from benchmarks.records import Record
from benchmarks.suite import Asked, Suite
from datasets.generate import generate
from models.what_if import WhatIf

CLASSES = 100
TOGETHER = (1, 2, 3, 4)
"""Lessons that start together, of which the generated school has groups."""
LESSONS = 12
"""Asked about in each case."""
LIMIT = 0.3
"""Seconds in which all places of a lesson should be told."""


def cases() -> list[str]:
    return ["alone" if size == 1 else f"{size} together" for size in TOGETHER]


def run(case: str, asked: Asked) -> Record:
    made = generate(CLASSES, 1)
    what_if = WhatIf(made.problem, made.timetable)
    size = TOGETHER[cases().index(case)]
    lessons = sorted(x.id for x in made.problem.lessons if len(what_if.together(x.id)) == size)
    start = perf_counter()
    what_if.why_not(lessons[0])
    first = perf_counter() - start
    keep_what_is_here()
    drawn = Random(asked.seed).sample(lessons, min(LESSONS, len(lessons)))
    return {"classes": CLASSES, "seconds_first": round(first, 3), **measured(what_if, drawn)}


def measured(what_if: WhatIf, lessons: list[str]) -> Record:
    """Of the answers, one after the other: how long they took, until the places are ranked, and the most told."""
    times, places, ranked, swaps = list[float](), list[int](), list[int](), list[int]()
    for lesson in lessons:
        start = perf_counter()
        answer = what_if.why_not(lesson)
        ranked.append(len(answer.best))
        times.append(perf_counter() - start)
        places.append(len(answer.places))
        swaps.append(len(answer.swaps))
    within = max(times) <= LIMIT
    return {
        "status": f"{sum(t <= LIMIT for t in times)} of {len(times)} in time",
        "complete": within,
        "lessons": len(lessons),
        "seconds_median": round(median(times), 3),
        "seconds_longest": round(max(times), 3),
        "places": max(places),
        "ranked": max(ranked),
        "swaps": max(swaps),
    }


def milliseconds(title: str, field: str) -> Column:
    return Column(title, lambda runs: _milliseconds(of_runs(runs, field)))


def _milliseconds(seconds: float | None) -> str:
    return "" if seconds is None else f"{1000 * seconds:.0f} ms"


def summary(records: Runs) -> list[str]:
    times = [r["seconds_longest"] for r in records if not r.get("error")]
    return [f"longest {_milliseconds(max(times))}, at most {_milliseconds(LIMIT)} are asked"] if times else []


SUITE = Suite(
    name="why-not",
    about=f"all places and swaps of a lesson, and of lessons that start together, in a school of {CLASSES} classes",
    seconds=60.0,
    cases=cases,
    run=run,
    columns=(
        outcome("in time"),
        number("lessons", "lessons"),
        milliseconds("median", "seconds_median"),
        milliseconds("longest", "seconds_longest"),
        milliseconds("first of a school", "seconds_first"),
        number("places", "places"),
        number("most swaps", "swaps"),
    ),
    summary=summary,
    worse=slower("seconds_longest", "longest answer"),
)
