"""Not too many of some lessons at certain times in all."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MaxTotalInTimes(LessonRule):
    """starts: count only lessons that start in one of the cells. Amount: lessons that cover at least one of the cells
    (with starts: that start in one), above the limit."""

    unit: ClassVar[str] = "lesson"
    kind: Literal["max_total_in_times"] = "max_total_in_times"
    cells: tuple[int, ...]
    limit: NonNegativeInt
    starts: bool = False

    def meets(self, start: int, duration: int) -> bool:
        """Whether a lesson counts that starts at cell `start`."""
        return not set(self.cells).isdisjoint(range(start, start + (1 if self.starts else duration)))

    def violations(self, board: "Board") -> Iterator[Violation]:
        hit = [
            x
            for x in board.only_placed(self.lessons)
            if self.meets(board.start_of(x), board.problem.lesson[x].duration)
        ]
        if len(hit) > self.limit:
            yield self.broken(
                len(hit) - self.limit,
                f"{len(hit)} of the lessons are in the given times, at most {self.limit} are allowed",
                lessons=tuple(hit),
            )
