"""Lessons that are the last of the day for their classes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class EndsDay(LessonRule):
    """Amount: placed lessons after which one of their student sets has another lesson on the same day."""

    unit: ClassVar[str] = "lesson"
    kind: Literal["ends_day"] = "ends_day"

    def violations(self, board: "Board") -> Iterator[Violation]:
        for id_ in board.only_placed(self.lessons):
            late = board.students_after(id_)
            if late:
                yield self.broken(
                    1, f"{board.at(id_)} is not the last lesson of the day for {late}", who=(late,), lessons=(id_,)
                )
