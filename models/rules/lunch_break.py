"""Lunch is kept free."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class LunchBreak(ResourceRule):
    """cells: the periods of each day in which lunch can be; periods: free ones needed in a row (neighbouring
    positions of the day). A day whose cells are fewer than periods is not judged. Amount: busy days without
    such a row."""

    unit: ClassVar[str] = "day"
    kind: Literal["lunch_break"] = "lunch_break"
    cells: tuple[int, ...]
    periods: PositiveInt = 1

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
