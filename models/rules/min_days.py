"""Work is spread over the week."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MinDays(ResourceRule):
    """Amount: days missing to the limit in a week; a week without any lesson breaks nothing."""

    unit: ClassVar[str] = "day"
    kind: Literal["min_days"] = "min_days"
    limit: PositiveInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
