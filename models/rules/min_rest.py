"""Rest between an evening and the next morning."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import PositiveInt

from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class MinRest(ResourceRule):
    """Amount: for each two successive days of a week that are both busy, periods missing to the limit among
    those after the last lesson of the first and before the first lesson of the second."""

    unit: ClassVar[str] = "period"
    kind: Literal["min_rest"] = "min_rest"
    periods: PositiveInt

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
