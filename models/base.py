"""What every value of the domain shares: frozen, unknown fields refused."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PositiveInt

Id = Annotated[str, Field(min_length=1, max_length=200)]
"""Name of an object, unique among the objects of its kind."""

Weight = PositiveInt | None
"""Price of one unit of violation; None means hard."""

ResourceKind = Literal["teacher", "class", "room"]


class Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Without what cached properties of the original remember, which may not be true of the copy."""
        copy = super().model_copy(update=update, deep=deep)
        for name in copy.__dict__.keys() - type(self).model_fields.keys():
            del copy.__dict__[name]
        return copy
