"""A teacher is in one place at a time."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import Rule, Violation

if TYPE_CHECKING:
    from models.board import Board


class TeacherClash(Rule):
    """Amount: for each slot, lessons of the teacher beyond the first."""

    unit: ClassVar[str] = "lesson"
    kind: Literal["teacher_clash"] = "teacher_clash"

    def violations(self, board: "Board") -> Iterator[Violation]:
        return board.clashes(self, "teacher")
