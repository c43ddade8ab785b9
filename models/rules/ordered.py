"""Lessons in the order given."""

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class Ordered(LessonRule):
    """same_day_only: judge only neighbours in the list that are on the same day. Amount: neighbours in the list
    of which the later starts before the earlier ends (in the week)."""

    unit: ClassVar[str] = "pair"
    kind: Literal["ordered"] = "ordered"
    same_day_only: bool = False

    def violations(self, board: "Board") -> Iterator[Violation]:
        for a, b in pairwise(self.lessons):
            if a not in board.placed or b not in board.placed:
                continue
            judged = not self.same_day_only or board.day_of(a) == board.day_of(b)
            if judged and board.start_of(b) < board.end_of(a):
                yield self.broken(1, f"{board.at(b)} should come after {board.at(a)}", lessons=(a, b))
