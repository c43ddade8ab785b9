"""A class stays in its home room where it can."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.base import Id
from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board
    from models.problem import Lesson, Problem


class HomeRoom(ResourceRule):
    """who: whose room it is. Amount: placed lessons of theirs that may have the room (it fulfils one of their
    requests) and are not in it, each once."""

    unit: ClassVar[str] = "lesson"
    kind: Literal["home_room"] = "home_room"
    room: Id

    def violations(self, board: "Board") -> Iterator[Violation]:
        judged: dict[str, str] = {}
        for row in board.rows(self.who):
            for booking in board.of(self.who.kind, row, self.tags):
                if self.wanted_by(board.problem, booking.lesson):
                    judged.setdefault(booking.lesson.id, board.name(self.who.kind, row))
        for id_, name in judged.items():
            if self.room not in board.placed[id_].rooms:
                yield self.broken(
                    1,
                    f"{board.at(id_)} is not in {self.room}, the home room of {name}",
                    who=(name, self.room),
                    lessons=(id_,),
                )

    def wanted_by(self, problem: "Problem", lesson: "Lesson") -> bool:
        """Whether the room fulfils a request of the lesson."""
        return any(self.room in problem.room_choices(request) for request in lesson.rooms)
