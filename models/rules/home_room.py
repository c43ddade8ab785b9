"""A class stays in its home room where it can."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.base import Id
from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class HomeRoom(ResourceRule):
    """who: classes or teachers. Amount: placed lessons of theirs that may have the room (it fulfils one of
    their requests) and are not in it."""

    unit: ClassVar[str] = "lesson"
    kind: Literal["home_room"] = "home_room"
    room: Id

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
