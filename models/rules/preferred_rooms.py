"""Some lessons belong in certain rooms."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.base import Id
from models.rules.base import LessonRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class PreferredRooms(LessonRule):
    """rooms: where the lessons should be. Amount: placed lessons with none of these among their rooms."""

    unit: ClassVar[str] = "lesson"
    kind: Literal["preferred_rooms"] = "preferred_rooms"
    rooms: tuple[Id, ...]

    def violations(self, board: "Board") -> Iterator[Violation]:
        for id_ in board.only_placed(self.lessons):
            given = [r for r in board.placed[id_].rooms if r is not None]
            if not set(given).intersection(self.rooms):
                yield self.broken(
                    1,
                    f"{board.at(id_)} is in {', '.join(given) or 'no room'}, preferred: {', '.join(self.rooms)}",
                    who=tuple(given),
                    lessons=(id_,),
                )
