"""After lessons of one sort, lessons of another sort wait."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.base import Id
from models.rules.base import ResourceRule, Violation, counted

if TYPE_CHECKING:
    from models.board import Board, Booking


class MinGapAfter(ResourceRule):
    """tags: those of the earlier lessons; later: those of the lessons that wait, empty means every lesson; periods:
    how many must lie between the two, whatever is in them. Amount: for each lesson of the first sort and each one of
    the second that starts on the same day when the first has ended or later, periods missing between them."""

    unit: ClassVar[str] = "period"
    kind: Literal["min_gap_after"] = "min_gap_after"
    later: tuple[Id, ...] = ()
    periods: PositiveInt = 1

    def violations(self, board: "Board") -> Iterator[Violation]:
        for row in board.rows(self.who):
            waiting = board.of(self.who.kind, row, self.later)
            for first in board.of(self.who.kind, row, self.tags):
                for second in waiting:
                    gap = second.start - first.end
                    if 0 <= gap < self.periods and _one_day(board, first, second):
                        name = board.name(self.who.kind, row)
                        yield self.broken(
                            self.periods - gap,
                            f"{name} has {counted(gap, 'period')} between {board.at(first.lesson.id)} and "
                            f"{board.at(second.lesson.id)}, at least {self.periods} are asked",
                            who=(name,),
                            lessons=(first.lesson.id, second.lesson.id),
                        )


def _one_day(board: "Board", first: "Booking", second: "Booking") -> bool:
    return board.position(first.start)[0] == board.position(second.start)[0]
