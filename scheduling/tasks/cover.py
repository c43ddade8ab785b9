"""Cover: who takes the lessons of absent teachers."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, ClassVar

from pydantic import Field, NonNegativeInt, PositiveInt

from formats.when import cells_named
from models.base import Value
from models.cover.request import Absence, CoverRequest, CoverWeights, check_request, start_of_absences
from models.problem import Problem
from scheduling.tasks.base import Material, Name, Product, Ref, Refused, Task, Times
from scheduling.told import of_substitution

MOST_ABSENT = 500


class Away(Value):
    """A teacher who is away, or stays free. times: "Mon P1-P3, Tue"; none: the whole week."""

    teacher: Name
    times: Times | None = None


class Cover(Task):
    """absent: who is away, and when; protected: times that stay free for a teacher; week: the name of the week of the
    absences, where weeks differ; earliest: no lesson is moved to an earlier time, by default before the first day away;
    counts: how often each teacher has covered lately; weights: prices other than the usual ones; most_per_day, most:
    periods one person covers in a day, in the plan; not_alone: classes never left to supervised study; moves: whether
    lessons may be moved, swapped or taught together."""

    kind: ClassVar[str] = "cover"

    timetable: Ref
    absent: Annotated[tuple[Away, ...], Field(min_length=1, max_length=MOST_ABSENT)]
    protected: Annotated[tuple[Away, ...], Field(max_length=MOST_ABSENT)] = ()
    week: Name | None = None
    earliest: Times | None = None
    counts: dict[Name, NonNegativeInt] = Field(default_factory=dict, max_length=10_000)
    weights: CoverWeights = CoverWeights()
    most_per_day: PositiveInt | None = 2
    most: PositiveInt | None = None
    not_alone: Annotated[tuple[Name, ...], Field(max_length=10_000)] = ()
    moves: bool = True
    seconds: Annotated[float, Field(ge=1, le=600)] = 30.0

    def check(self, material: Material) -> None:
        request = self.request(material.problem)
        try:
            check_request(material.problem, request)
        except ValueError as error:
            raise Refused(str(error)) from error

    def run(self, material: Material, threads: int, cancel: Callable[[], bool]) -> Product:
        from scheduling.substitution import substitute

        problem, timetable = material.problem, material.needed_timetable
        try:
            found = substitute(problem, timetable, self.request(problem), self.limits(threads), cancel)
        except ValueError as error:
            raise Refused(str(error)) from error
        status = "optimal" if found.plan.proven else "feasible"
        rows = [asdict(row) for row in found.rows()]
        return Product({"status": status, "sentence": found.summary, **of_substitution(found), "rows": rows})

    def request(self, problem: Problem) -> CoverRequest:
        """Refused, naming the field that cannot be used."""
        absences = tuple(Absence(teacher=t, cells=cells) for t, cells in _whens(problem, self.absent, "absent"))
        return CoverRequest(
            absences=absences,
            week=_week(problem, self.week),
            earliest=self._earliest(problem, absences),
            protected=dict(_whens(problem, self.protected, "protected")),
            counts=self.counts,
            weights=self.weights,
            most_per_day=self.most_per_day,
            most=self.most,
            not_alone=self.not_alone,
            moves=self.moves,
        )

    def _earliest(self, problem: Problem, absences: tuple[Absence, ...]) -> int:
        if self.earliest is not None:
            return _cells(problem, self.earliest, "earliest")[0]
        return start_of_absences(problem, absences)


def _whens(problem: Problem, said: tuple[Away, ...], field: str) -> list[tuple[str, tuple[int, ...]]]:
    """Teacher and cells; a teacher who occurs twice has the cells of both."""
    found: dict[str, set[int]] = {}
    for number, away in enumerate(said):
        if away.teacher not in problem.teacher:
            raise Refused(f'{field}.{number}: there is no teacher "{away.teacher}"')
        everything = range(problem.grid.size)
        cells = everything if away.times is None else _cells(problem, away.times, f"{field}.{number}")
        found.setdefault(away.teacher, set()).update(cells)
    return [(teacher, tuple(sorted(cells))) for teacher, cells in found.items()]


def _cells(problem: Problem, text: str, field: str) -> tuple[int, ...]:
    try:
        return cells_named(problem.grid, text)
    except ValueError as error:
        raise Refused(f"{field}: {error}") from error


def _week(problem: Problem, name: str | None) -> int:
    weeks = problem.grid.weeks
    if name is None and len(weeks) > 1:
        raise Refused(f"week: one of {', '.join(weeks)} is needed")
    if name is not None and name not in weeks:
        raise Refused(f'week: "{name}" is unknown; expected one of {", ".join(weeks)}')
    return 0 if name is None else weeks.index(name)
