"""Results as plain objects, the same on the command line and over HTTP."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from models.problem import Problem
from models.score import Score
from models.timetable import Timetable
from scheduling.told import of_rules

if TYPE_CHECKING:
    from formats.excel.findings import Finding
    from formats.grid import Layout
    from solver.result import Result


def counts_of(problem: Problem) -> dict[str, int]:
    """How many there are of each kind; parts of classes by themselves; periods: summed durations of the lessons."""
    parts = sum(c.part_of is not None for c in problem.classes)
    return {
        "classes": len(problem.classes) - parts,
        "class_parts": parts,
        "teachers": len(problem.teachers),
        "rooms": len(problem.rooms),
        "lessons": len(problem.lessons),
        "periods": sum(x.duration for x in problem.lessons),
        "rules": len(problem.rules),
    }


def of_finding(finding: "Finding") -> dict[str, str]:
    names = ("severity", "sheet", "cell", "message", "found", "expected", "suggestion")
    return {name: str(getattr(finding, name)) for name in names}


def of_unsupported(unsupported: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    return [{"type": name, "count": count} for name, count in unsupported]


def of_score(problem: Problem, timetable: Timetable, score: Score) -> dict[str, Any]:
    return {
        "hard": score.hard,
        "unplaced": score.unplaced,
        "soft": score.soft,
        "placed": len(timetable.placements),
        "lessons": len(problem.lessons),
        "rules": of_rules(score),
    }


def of_result(problem: Problem, result: "Result") -> dict[str, Any]:
    score, timetable = result.score, result.timetable
    return {
        "status": str(result.status),
        "hard": None if score is None else score.hard,
        "soft": None if score is None else score.soft,
        "bound": result.bound,
        "gap": result.gap,
        "unplaced": None if score is None else score.unplaced,
        "placed": 0 if timetable is None else len(timetable.placements),
        "lessons": len(problem.lessons),
        "seconds_first": result.seconds_first,
        "seconds_best": result.seconds_best,
        "seconds_total": result.seconds_total,
        "source": result.source,
        "seed": result.seed,
        "workers": result.workers,
        "problem_hash": result.problem_hash,
        "rules": {} if score is None else of_rules(score),
        "unplaced_lessons": [] if timetable is None else [x.model_dump() for x in timetable.unplaced],
        "notes": list(result.notes),
    }


def of_layout(layout: "Layout") -> dict[str, Any]:
    """A week: its days, its periods, and its lessons with the periods they cover."""
    return {
        "kind": layout.kind,
        "id": layout.id,
        "title": layout.title,
        "days": list(layout.days),
        "periods": [{"label": r.label, "time": r.time, "kind": str(r.kind)} for r in layout.rows],
        "lessons": [
            {
                "lesson": entry.lesson,
                "subject": entry.subject,
                "title": entry.heading,
                "details": list(entry.details),
                "week": entry.week,
                "day": layout.days[tile.column],
                "periods": [r.label for r in layout.rows[tile.row : tile.row + tile.rows] if r.kind == "lesson"],
            }
            for tile in layout.tiles
            for entry in tile.entries
        ],
    }
