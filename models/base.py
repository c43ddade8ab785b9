"""What every value of the domain shares: frozen, unknown fields refused."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PositiveInt

Id = Annotated[str, Field(min_length=1, max_length=200)]
"""Name of an object, unique among the objects of its kind."""

Weight = PositiveInt | None
"""Price of one unit of violation; None means hard."""

ResourceKind = Literal["teacher", "class", "room"]


class Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
