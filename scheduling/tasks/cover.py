"""Cover: who takes the lessons of absent teachers."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Annotated, ClassVar

from pydantic import Field, NonNegativeInt, PositiveInt

from models.base import Value
from models.cover.request import Absence, CoverRequest, CoverWeights, check_request, start_of_absences
from models.problem import Problem
from scheduling.cover_times import Said, cells_at, cells_by_teacher, week_named
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
        try:
            check_request(material.problem, self.request(material.problem))
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
        """ValueError naming the field that cannot be used."""
        away = cells_by_teacher(problem, _said(self.absent, "absent"))
        absences = tuple(Absence(teacher=teacher, cells=cells) for teacher, cells in away.items())
        return CoverRequest(
            absences=absences,
            week=week_named(problem, self.week, "week"),
            earliest=self._earliest(problem, absences),
            protected=cells_by_teacher(problem, _said(self.protected, "protected")),
            counts=self.counts,
            weights=self.weights,
            most_per_day=self.most_per_day,
            most=self.most,
            not_alone=self.not_alone,
            moves=self.moves,
        )

    def _earliest(self, problem: Problem, absences: tuple[Absence, ...]) -> int:
        if self.earliest is not None:
            return cells_at(problem, self.earliest, "earliest")[0]
        return start_of_absences(problem, absences)


def _said(all_: tuple[Away, ...], field: str) -> Iterator[Said]:
    return ((f"{field}.{number}", away.teacher, away.times) for number, away in enumerate(all_))
