"""Some of a group stay free as a reserve."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MinReserve(ResourceRule):
    """who: the group, e.g. the teachers of a subject, or the rooms of a type; cells: times in which it counts, empty
    means all; limit: how many of the group should be free, that is neither busy nor (hard) unavailable; of fewer who
    are available all. Amount: for each of the cells in each week, free ones missing to the limit."""

    unit: ClassVar[str] = "reserve"
    kind: Literal["min_reserve"] = "min_reserve"
    cells: tuple[int, ...] = ()
    limit: PositiveInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        busy = {row: board.busy(self.who.kind, row, self.tags) for row in board.rows(self.who)}
        for week in range(len(board.grid.weeks)):
            for cell in sorted(set(self.cells)) or range(board.grid.size):
                slot, open_ = week * board.grid.size + cell, self.available(board, cell)
                free = [row for row in open_ if slot not in busy[row]]
                asked = min(self.limit, len(open_))
                if len(free) < asked:
                    names = ", ".join(board.name(self.who.kind, row) for row in free) or "none"
                    yield self.broken(
                        asked - len(free),
                        f"{names} of {len(open_)} free on {board.grid.slot_label(slot)}, at least {asked} are asked",
                        who=tuple(board.name(self.who.kind, row) for row in open_),
                    )

    def available(self, board: "Board", cell: int) -> list[str]:
        """Those of the group that a hard rule does not keep free of every lesson."""
        closed, nothing = board.problem.closed, frozenset[int]()
        return [row for row in board.rows(self.who) if cell not in closed.get((self.who.kind, row), nothing)]
