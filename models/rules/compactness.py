"""No lesson stands alone in its day."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from models.rules.base import ResourceRule, Violation

if TYPE_CHECKING:
    from models.board import Board


class Compactness(ResourceRule):
    """Amount: busy periods with no busy period directly before or after them on the same day."""

    unit: ClassVar[str] = "period"
    kind: Literal["compactness"] = "compactness"

    def violations(self, board: "Board") -> Iterator[Violation]:
        raise NotImplementedError
