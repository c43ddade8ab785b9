"""Work on few days."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import NonNegativeInt

from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MaxDays(ResourceRule):
    """Amount: days with a lesson above the limit, per week."""

    unit: ClassVar[str] = "day"
    kind: Literal["max_days"] = "max_days"
    limit: NonNegativeInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
