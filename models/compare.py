"""Two timetables of one problem side by side."""

from dataclasses import dataclass

from models.problem import Problem
from models.score import Score, score
from models.timetable import Change, Placement, Timetable


@dataclass(frozen=True)
class RuleChange:
    """Totals of one kind of rule before and after; the penalty of a hard rule is 0."""

    name: str
    hard: bool
    before: int
    after: int
    penalty_before: int
    penalty_after: int


@dataclass(frozen=True)
class Comparison:
    """changes: lessons that are elsewhere; rules: those whose amount differs."""

    before: Score
    after: Score
    changes: tuple[Change, ...]
    rules: tuple[RuleChange, ...]

    @property
    def moved(self) -> int:
        """Lessons that start at another time, or in only one of the two."""
        return sum(starts_elsewhere(change) for change in self.changes)


def starts_elsewhere(change: Change) -> bool:
    return change.before is None or change.after is None or change.before.start != change.after.start


def apart(a: Timetable, b: Timetable) -> int:
    """How many lessons start at another time, or only in one of the two."""
    return sum(map(starts_elsewhere, a.diff(b)))


def compare(problem: Problem, before: Timetable, after: Timetable) -> Comparison:
    """ValueError when one of them does not belong to the problem."""
    scores = score(problem, before), score(problem, after)
    first, second = ({(r.name, r.hard): (r.amount, r.penalty) for r in s.rules} for s in scores)
    rules = (
        RuleChange(
            name, hard, *(first[name, hard][0], second[name, hard][0], first[name, hard][1], second[name, hard][1])
        )
        for name, hard in first
        if first[name, hard] != second[name, hard]
    )
    return Comparison(*scores, tuple(before.diff(after)), tuple(rules))


def where(problem: Problem, placement: Placement | None) -> str:
    """A place as a person says it: "Mon P3 in R1 with Smith"."""
    if placement is None:
        return "not placed"
    rooms = " + ".join(r for r in placement.rooms if r is not None)
    teachers = " + ".join(placement.teachers)
    said = (problem.grid.label(placement.start), f"in {rooms}" if rooms else "", f"with {teachers}" if teachers else "")
    return " ".join(filter(None, said))
