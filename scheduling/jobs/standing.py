"""How far a solve has come after some of its slices, as it is kept between them."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from scheduling.jobs.wishes import Wishes

FIRST_SLICE, LONGEST_SLICE = 10.0, 60.0
"""Seconds: a crash costs one slice; each slice builds its model anew, so later ones are longer."""


class Standing(BaseModel):
    """slices: done; seconds: of search so far; best_at: when the best timetable was found; timetable_id: the best;
    key: its hard, unplaced, soft; bound: proven lower bound of the penalty; status: of solver.Status; over: no further
    slice; failed: why it could not go on; notes: what is out of the ordinary; result: of a task, which has no more to
    say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slices: int = 0
    seconds: float = 0.0
    best_at: float = 0.0
    timetable_id: str | None = None
    key: tuple[int, int, int] | None = None
    bound: int = 0
    status: str = "unknown"
    over: bool = False
    failed: str | None = None
    notes: tuple[str, ...] = ()
    result: dict[str, Any] | None = None

    def with_(self, **changes: Any) -> "Standing":
        return self.model_copy(update=changes)

    @property
    def complete(self) -> bool:
        return self.key is not None and self.key[:2] == (0, 0)


def next_slice(wishes: Wishes, standing: Standing) -> float:
    """Seconds of the next slice: 10, 20, 40, 60, 60, ..., and never more than is left. 0: none is left."""
    wanted: float = min(LONGEST_SLICE, FIRST_SLICE * 2.0**standing.slices)
    left = wishes.seconds - standing.seconds
    if wishes.no_improvement is not None and standing.complete:
        left = min(left, standing.best_at + wishes.no_improvement - standing.seconds)
    return max(0.0, min(wanted, left))


def is_over(wishes: Wishes, standing: Standing) -> bool:
    """Whether nothing is left to do: proven, good enough, or out of time."""
    if standing.status in ("optimal", "infeasible") or (wishes.first and standing.complete):
        return True
    if wishes.gap is not None and standing.complete and standing.key is not None:
        soft = standing.key[2]
        if soft - standing.bound <= wishes.gap * max(1, soft):
            return True
    return next_slice(wishes, standing) < SHORTEST_SLICE


SHORTEST_SLICE = 0.5
"""Seconds: less is not worth building a model for."""
