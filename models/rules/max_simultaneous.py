"""Not too many of some lessons at once."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MaxSimultaneous(LessonRule):
    """cells: times in which it counts; empty means all. Amount: for each of the cells, lessons that cover it
    above the limit (in the week where they are most)."""

    unit: ClassVar[str] = "lesson"
    kind: Literal["max_simultaneous"] = "max_simultaneous"
    cells: tuple[int, ...] = ()
    limit: NonNegativeInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
