"""Every way a request can fail, in one neutral form that each door renders in its own words."""

from dataclasses import dataclass, field
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from api.limiting import RateLimited
from scheduling.errors import Invalid, SchedulingError, TooMany

STATUS = {
    "invalid": 422,
    "malformed": 400,
    "unauthenticated": 401,
    "forbidden": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "conflict": 409,
    "in_flight": 409,
    "key_reused": 422,
    "too_large": 413,
    "locked": 423,
    "too_many": 429,
    "unavailable": 503,
    "internal": 500,
}
"""The usual status of each code; a door may use others."""

CODES = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 401: "unauthenticated", 403: "forbidden"}


@dataclass(frozen=True)
class Failure:
    """code: a key of STATUS; fields: what is wrong with each field of the input; details: facts for programs."""

    code: str
    message: str
    fields: dict[str, str] = field(default_factory=dict)
    details: dict[str, object] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    cause: Exception | None = None

    @property
    def status(self) -> int:
        return STATUS.get(self.code, 400)


def failure_of(error: Exception) -> Failure:
    """What an exception means to the client. Mistakes of the program say nothing about themselves."""
    if isinstance(error, SchedulingError):
        return _of_use_case(error)
    if isinstance(error, RequestValidationError):
        return _of_input(error)
    if isinstance(error, HTTPException) and isinstance(error.__cause__, SchedulingError):
        # What a body raised while it was read arrives wrapped.
        return _of_use_case(error.__cause__)
    if isinstance(error, HTTPException):
        return _of_framework(error)
    return Failure("internal", "Something went wrong on our side; it has been recorded.", cause=error)


def _of_use_case(error: SchedulingError) -> Failure:
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooMany) else {}
    headers |= error.left.headers() if isinstance(error, RateLimited) else {}
    if error.code == "unauthenticated":
        headers["WWW-Authenticate"] = "Bearer"
    if error.code == "unavailable":
        headers["Retry-After"] = "5"
    fields = error.fields if isinstance(error, Invalid) else {}
    code = error.code if error.code in STATUS else "conflict"
    return Failure(code, error.message, fields, dict(error.details), headers, error)


def _of_input(error: RequestValidationError) -> Failure:
    """Wrong JSON is "malformed"; right JSON with wrong values "invalid", each with its field ("lessons.0.day")."""
    if any(part["type"] == "json_invalid" for part in error.errors()):
        return Failure("malformed", "The body is no valid JSON.", cause=error)
    fields = {_field(part["loc"]): str(part["msg"]).removeprefix("Value error, ") for part in error.errors()}
    return Failure("invalid", "The input is not valid.", fields, cause=error)


def _field(place: tuple[Any, ...]) -> str:
    return ".".join(str(part) for part in place[1:]) or str(place[0])


def _of_framework(error: HTTPException) -> Failure:
    code = CODES.get(error.status_code, "malformed" if error.status_code < 500 else "internal")
    words = {"not_found": "There is nothing at this address.", "method_not_allowed": "This method is not allowed here."}
    return Failure(code, words.get(code, str(error.detail)), headers=dict(error.headers or {}), cause=error)
