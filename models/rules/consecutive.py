"""Lessons follow each other directly, in the order given."""

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class Consecutive(LessonRule):
    """over_breaks: lunch or assembly may lie between two of them. Amount: neighbours in the list of which the later
    does not start right where the earlier ends (see `Board.follows`)."""

    unit: ClassVar[str] = "pair"
    kind: Literal["consecutive"] = "consecutive"
    over_breaks: bool = False

    def violations(self, board: "Board") -> Iterator[Violation]:
        for a, b in pairwise(self.lessons):
            if a in board.placed and b in board.placed and not board.follows(a, b, self.over_breaks):
                yield self.broken(1, f"{board.at(b)} does not follow {board.at(a)} directly", lessons=(a, b))
