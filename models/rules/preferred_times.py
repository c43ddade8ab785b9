"""Some lessons belong at certain times."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board
    from models.problem import Lesson


class PreferredTimes(LessonRule):
    """cells: where the lessons should start; with `whole`, every period of a lesson should lie in them.
    Amount: 1 for each lesson that starts elsewhere; with `whole`, its periods outside."""

    unit: ClassVar[str] = "period"
    kind: Literal["preferred_times"] = "preferred_times"
    cells: tuple[int, ...]
    whole: bool = False

    def misses(self, lesson: "Lesson", start: int) -> int:
        """Amount when the lesson starts at cell `start`."""
        covered = range(start, start + (lesson.duration if self.whole else 1))
        return sum(c not in self.cells for c in covered)

    def violations(self, board: "Board") -> Iterator[Violation]:
        for id_ in board.only_placed(self.lessons):
            missed = self.misses(board.problem.lesson[id_], board.start_of(id_))
            if missed:
                yield self.broken(missed, f"{board.at(id_)} is not at one of its preferred times", lessons=(id_,))
