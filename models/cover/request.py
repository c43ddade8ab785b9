"""What is asked of a cover plan: who is away when, and what each way out costs."""

from collections.abc import Iterable, Iterator

from pydantic import Field, NonNegativeInt, PositiveInt, model_validator

from models.base import Id, Value
from models.problem import Problem


class Absence(Value):
    """A teacher who is away in some cells of the week."""

    teacher: Id
    cells: tuple[NonNegativeInt, ...]
    reason: str = ""

    @model_validator(mode="after")
    def says_when(self) -> "Absence":
        if not self.cells:
            raise ValueError(f"teacher {self.teacher!r} is to be absent, but at no time")
        return self


class CoverWeights(Value):
    """Prices, in points. A price "per part" counts each period of a lesson (on a clock grid: the lesson) once.

    cover: somebody stands in, per part; unqualified: who does not teach the subject, per part; unknown_class: who
    does not teach the class, per part; change: another person than in the period before, with the same class;
    fairness: each part that a person covered before, in the window and in this plan; day_off: somebody without
    lessons that day, per part; freed: a co-teacher is taken out of another lesson, per part; wish: the weight of a
    soft rule `unavailable` is multiplied by it; alone: a co-teacher teaches without the absent one, per part;
    move, swap, merge: per lesson; study: the class works without a teacher, per part; open: nothing is found, per part.
    """

    cover: NonNegativeInt = 10
    unqualified: NonNegativeInt = 12
    unknown_class: NonNegativeInt = 4
    change: NonNegativeInt = 6
    fairness: NonNegativeInt = 2
    day_off: NonNegativeInt = 25
    freed: NonNegativeInt = 8
    wish: NonNegativeInt = 1
    alone: NonNegativeInt = 5
    move: NonNegativeInt = 14
    swap: NonNegativeInt = 18
    merge: NonNegativeInt = 24
    study: NonNegativeInt = 60
    open: PositiveInt = 1000


class CoverRequest(Value):
    """week: position of the week of the grid the absences fall into. earliest: no lesson is moved to a cell before it.
    protected: cells that stay free for a teacher, whatever happens. counts: parts each teacher has covered in the
    fairness window. most_per_day, most: parts one person may cover in a day, in the plan; None: no limit.
    not_alone: classes that are never left to supervised study. moves: whether lessons may be moved, swapped, merged.
    """

    absences: tuple[Absence, ...]
    week: NonNegativeInt = 0
    earliest: NonNegativeInt = 0
    protected: dict[Id, tuple[NonNegativeInt, ...]] = Field(default_factory=dict)
    counts: dict[Id, NonNegativeInt] = Field(default_factory=dict)
    most_per_day: PositiveInt | None = 2
    most: PositiveInt | None = None
    not_alone: tuple[Id, ...] = ()
    moves: bool = True
    weights: CoverWeights = CoverWeights()


def start_of_absences(problem: Problem, absences: Iterable[Absence]) -> int:
    """The first cell of the first day away; 0 without absences."""
    first = min((min(a.cells) for a in absences), default=0)
    return problem.grid.day_cells[problem.grid.cells[first].day].start


def check_request(problem: Problem, request: CoverRequest) -> None:
    """ValueError, naming the id or cell, for what the problem does not know."""
    for message in _faults(problem, request):
        raise ValueError(message)


def _faults(problem: Problem, request: CoverRequest) -> Iterator[str]:
    if not request.absences:
        yield "nobody is absent, so there is nothing to cover"
    if request.week >= len(problem.grid.weeks):
        yield f"the absences are in week {request.week}, the grid has {len(problem.grid.weeks)} (counted from 0)"
    for teacher in (*(a.teacher for a in request.absences), *request.protected, *request.counts):
        if teacher not in problem.teacher:
            yield f"the cover plan names the unknown teacher {teacher!r}"
    for class_ in request.not_alone:
        if class_ not in problem.class_:
            yield f"the cover plan names the unknown class {class_!r}"
    cells = [c for a in request.absences for c in a.cells]
    for cell in (*cells, *(c for kept in request.protected.values() for c in kept), request.earliest):
        if cell >= problem.grid.size:
            yield f"the cover plan names cell {cell}, the grid has {problem.grid.size} (counted from 0)"
