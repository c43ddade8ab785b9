"""A cover plan: what is decided for each lesson whose teacher is away."""

from enum import StrEnum

from pydantic import Field, NonNegativeInt

from models.base import Id, Value


class How(StrEnum):
    """COVER: somebody stands in. ALONE: a co-teacher who is there teaches without the absent one. MOVE: to a time when
    everybody is there. SWAP: with another lesson of the class. MERGE: taught together with a parallel lesson.
    STUDY: the class works by itself, supervised. OPEN: nothing was found."""

    COVER = "cover"
    ALONE = "alone"
    MOVE = "move"
    SWAP = "swap"
    MERGE = "merge"
    STUDY = "study"
    OPEN = "open"


class Duty(Value):
    """Somebody stands in for these cells of a lesson. freed: lesson with a co-teacher that goes on without them."""

    teacher: Id
    cells: tuple[NonNegativeInt, ...]
    freed: Id | None = None


class Decision(Value):
    """What happens to one lesson.

    duties: for COVER, one for each person. start, rooms: for MOVE and SWAP, where the lesson goes. other: for SWAP and
    MERGE, the other lesson; a swapped one goes where this one was. reasons: why, one clause each.
    """

    lesson: Id
    absent: tuple[Id, ...]
    cells: tuple[NonNegativeInt, ...]
    how: How
    duties: tuple[Duty, ...] = ()
    start: NonNegativeInt | None = None
    rooms: tuple[Id | None, ...] = ()
    other: Id | None = None
    reasons: tuple[str, ...] = ()


class CoverPlan(Value):
    """decisions: by time. cost: sum of all prices in points; bound: no plan of the ways looked at costs less.
    counts: teacher -> parts covered in the fairness window, this plan included; only those who cover here."""

    decisions: tuple[Decision, ...]
    cost: NonNegativeInt
    bound: NonNegativeInt
    counts: dict[Id, NonNegativeInt] = Field(default_factory=dict)

    @property
    def proven(self) -> bool:
        """Whether no other plan costs less."""
        return self.bound == self.cost
