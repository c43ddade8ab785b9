"""What a search hands back."""

from dataclasses import dataclass
from enum import StrEnum

from models.score import Score
from models.timetable import Timetable
from solver.limits import Limits


class Status(StrEnum):
    """OPTIMAL: complete and proven best. FEASIBLE: complete. PARTIAL: hard rules kept, some lessons unplaced.
    INFEASIBLE: proven twice that no complete timetable exists. UNKNOWN: nothing found, nothing proven."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    PARTIAL = "partial"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Progress:
    """A step of the search: a better timetable or a better bound.

    seconds: since the search began; objective: soft score, None while there is no timetable; bound: lower bound on
    the soft score of any complete timetable; unplaced: periods; hard: summed amount of hard violations;
    placed: lessons; source: the part that found it.
    """

    seconds: float
    objective: int | None
    bound: int | None
    unplaced: int
    hard: int
    placed: int
    source: str


@dataclass(frozen=True)
class Result:
    """The best timetable found and how it was found.

    timetable: with a reason for each unplaced lesson; None if nothing was found. bound: lower bound on the soft score
    of any complete timetable. gap: (soft - bound) / soft for a complete timetable. seconds_first: until the first
    complete timetable; seconds_best: until the best. source: the part that found it. problem_hash: sha256 of the
    problem's canonical JSON. confirmed: whether impossibility was proven by two different solves.
    notes: sentences on anything out of the ordinary.
    """

    status: Status
    timetable: Timetable | None
    score: Score | None
    bound: int | None
    gap: float | None
    seconds_first: float | None
    seconds_best: float | None
    seconds_total: float
    curve: tuple[Progress, ...]
    seed: int
    workers: int
    limits: Limits
    source: str
    problem_hash: str
    confirmed: bool = False
    notes: tuple[str, ...] = ()
