"""What may be wished of a solve."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

LONGEST = 24 * 3600
"""Seconds of a solve."""


class Wishes(BaseModel):
    """seconds: of search in all, queueing not counted; gap: stop when (penalty - bound) / penalty is at most this;
    first: stop at the first complete timetable; no_improvement: stop after so many seconds without a better one;
    start: id of a timetable of the same problem to begin with; seed: equal seeds start equal searches."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seconds: Annotated[float, Field(ge=1, le=LONGEST)] = 60.0
    gap: Annotated[float, Field(ge=0, le=1)] | None = None
    first: bool = False
    no_improvement: Annotated[float, Field(ge=1, le=LONGEST)] | None = None
    start: Annotated[str, Field(max_length=36)] | None = None
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
