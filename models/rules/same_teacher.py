"""A course keeps its teacher."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class SameTeacher(LessonRule):
    """Amount: different chosen teachers of the lessons beyond the first."""

    unit: ClassVar[str] = "teacher"
    kind: Literal["same_teacher"] = "same_teacher"

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
