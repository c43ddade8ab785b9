"""A student is in one place at a time."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import Rule, Violation

if TYPE_CHECKING:
    from models.board import Board


class ClassClash(Rule):
    """Amount: for each slot and atomic student set, lessons beyond the first."""

    unit: ClassVar[str] = "lesson"
    kind: Literal["class_clash"] = "class_clash"

    def violations(self, board: "Board") -> Iterator[Violation]:
        return board.clashes(self, "class")
