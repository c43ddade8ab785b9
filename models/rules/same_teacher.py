"""A course keeps its teacher."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class SameTeacher(LessonRule):
    """position: look only at this one of the teachers that each lesson chooses, 0 the first; None means all of them.
    Amount: different chosen teachers of the lessons beyond the first."""

    unit: ClassVar[str] = "teacher"
    kind: Literal["same_teacher"] = "same_teacher"
    position: NonNegativeInt | None = None

    def violations(self, board: "Board") -> Iterator[Violation]:
        placed = board.only_placed(self.lessons)
        chosen = dict.fromkeys(
            t
            for x in placed
            for position, t in enumerate(board.placed[x].teachers)
            if self.position in (None, position)
        )
        if len(chosen) > 1:
            names = ", ".join(chosen)
            yield self.broken(
                len(chosen) - 1,
                f"{board.problem.lesson[placed[0]].title} is shared by {names}, one teacher is asked",
                who=tuple(chosen),
                lessons=tuple(placed),
            )
