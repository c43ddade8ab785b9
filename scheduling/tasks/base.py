"""What all tasks share."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from models.problem import Problem
from models.timetable import Timetable

if TYPE_CHECKING:
    from solver.limits import Limits

LONGEST = 3600
"""Seconds of a task."""

Ref = Annotated[str, Field(min_length=1, max_length=36)]
"""Id of a stored problem or timetable."""
Name = Annotated[str, Field(min_length=1, max_length=200)]
Times = Annotated[str, Field(min_length=1, max_length=2000)]
"""Times as people write them: "Mon P1-P3, Tue"."""
Plain = dict[str, Any]


class Refused(ValueError):
    """The task cannot be done as it is wanted; the message says why."""

    @property
    def sentence(self) -> str:
        text = str(self)
        return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".")


@dataclass(frozen=True)
class Material:
    """What a task works on. timetable: None for tasks about a problem alone."""

    problem: Problem
    timetable: Timetable | None = None

    @property
    def needed_timetable(self) -> Timetable:
        if self.timetable is None:
            raise Refused("A timetable is needed.")
        return self.timetable


@dataclass(frozen=True)
class Made:
    """A timetable to be kept. told: the part of the result that gets its id as "timetable"; problem: the changed one it
    is of, None for the task's own; its id goes into told as "problem"; how: what was done to that problem."""

    timetable: Timetable
    told: Plain
    problem: Problem | None = None
    how: str = ""


@dataclass(frozen=True)
class Product:
    """result: JSON with a "status" and a "sentence"; made: the first one is the job's timetable."""

    result: Plain
    made: tuple[Made, ...] = ()


class Task(BaseModel, ABC):
    """seconds: of search; seed: equal seeds start equal searches; priority: higher goes first in the organisation."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: ClassVar[str]

    seconds: Annotated[float, Field(ge=1, le=LONGEST)] = 60.0
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    priority: Annotated[int, Field(ge=-10, le=10, exclude=True)] = 0

    @property
    def problem_id(self) -> str | None:
        """None: it is that of the timetable."""
        return getattr(self, "problem", None)

    @property
    def timetable_id(self) -> str | None:
        return getattr(self, "timetable", None)

    def check(self, material: Material) -> None:
        """Refused for what can be seen to be wrong without a search."""

    @abstractmethod
    def run(self, material: Material, threads: int, cancel: Callable[[], bool]) -> Product:
        """The search. threads: 0: one per core; cancel: true when it should end. Refused."""

    def limits(self, threads: int) -> "Limits":
        from solver.limits import Limits

        return Limits(seconds=self.seconds, workers=threads, seed=self.seed)
