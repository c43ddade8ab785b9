"""Few ways between sites."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MaxSiteChanges(ResourceRule):
    """limit: changes allowed per day or week. A change: two successive lessons of a day in rooms of different
    sites; the site of a lesson is that of its first room; lessons without a room are passed over. Amount:
    changes above the limit."""

    unit: ClassVar[str] = "change"
    kind: Literal["max_site_changes"] = "max_site_changes"
    limit: NonNegativeInt
    per: Literal["day", "week"] = "day"

    def violations(self, board: "Board") -> Iterator[Violation]:
        for row, number, count in board.changes(self, self.per, board.site_of):
            if count > self.limit:
                name, span = board.name(self.who.kind, row), board.span_label(self.per, number)
                yield self.broken(
                    count - self.limit,
                    f"{name} changes sites {count} times {span}, at most {self.limit} are allowed",
                    who=(name,),
                )
