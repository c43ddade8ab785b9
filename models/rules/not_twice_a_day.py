"""A course not too often on one day."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class NotTwiceADay(LessonRule):
    """limit: lessons of the list allowed per day. Amount: lessons above it, for each day over all weeks."""

    unit: ClassVar[str] = "lesson"
    kind: Literal["not_twice_a_day"] = "not_twice_a_day"
    limit: PositiveInt = 1

    def violations(self, board: "Board") -> Iterator[Violation]:
        for week in range(len(board.grid.weeks)):
            for day, lessons in board.by_day(self.lessons, week).items():
                if len(lessons) > self.limit:
                    label = board.day_label(week * len(board.grid.day_names) + day)
                    names = ", ".join(board.at(x) for x in lessons)
                    yield self.broken(
                        len(lessons) - self.limit,
                        f"{len(lessons)} lessons on {label}, at most {self.limit} of them are allowed: {names}",
                        lessons=tuple(lessons),
                    )
