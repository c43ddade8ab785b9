"""Enough of some lessons at once."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MinSimultaneous(LessonRule):
    """Amount: for each of the cells, lessons missing to the limit (in the week where they are fewest)."""

    unit: ClassVar[str] = "lesson"
    kind: Literal["min_simultaneous"] = "min_simultaneous"
    cells: tuple[int, ...]
    limit: PositiveInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
