"""A class stays in its home room where it can."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.base import Id
from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board, Booking
    from models.problem import Lesson, Problem


class HomeRoom(ResourceRule):
    """who: whose room it is. Amount: placed lessons of theirs that may have the room (it fulfils one of their
    requests) and are not in it, each once."""

    unit: ClassVar[str] = "lesson"
    kind: Literal["home_room"] = "home_room"
    room: Id

    def violations(self, board: "Board") -> Iterator[Violation]:
        for row, booking in self._lessons(board).values():
            if self.room not in booking.placement.rooms:
                name = board.name(self.who.kind, row)
                yield self.broken(
                    1,
                    f"{board.at(booking.lesson.id)} is not in {self.room}, the home room of {name}",
                    who=(name, self.room),
                    lessons=(booking.lesson.id,),
                )

    def _lessons(self, board: "Board") -> dict[str, tuple[str, "Booking"]]:
        """Lessons that may have the room -> the first of the resources they are judged for."""
        found: dict[str, tuple[str, Booking]] = {}
        for row in board.rows(self.who):
            for booking in board.of(self.who.kind, row, self.tags):
                if self.wanted_by(board.problem, booking.lesson):
                    found.setdefault(booking.lesson.id, (row, booking))
        return found

    def wanted_by(self, problem: "Problem", lesson: "Lesson") -> bool:
        """Whether the room fulfils a request of the lesson."""
        return any(self.room in problem.room_choices(request) for request in lesson.rooms)
