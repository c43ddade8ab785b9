"""What a use case refuses, as a tree of states. A door (HTTP dialect, command line) renders them in its own way."""

from collections.abc import Mapping


class SchedulingError(Exception):
    """message: one sentence for people; details: further facts for programs (JSON values)."""

    code = "error"
    default = "The request cannot be carried out."

    def __init__(self, message: str = "", **details: object) -> None:
        super().__init__(message or self.default)
        self.message, self.details = message or self.default, details


class Invalid(SchedulingError):
    """Input that cannot be used; fields: what is wrong with each, by its name on the wire."""

    code = "invalid"
    default = "The input is not valid."

    def __init__(self, message: str = "", fields: Mapping[str, str] | None = None, **details: object) -> None:
        super().__init__(message, **details)
        self.fields = dict(fields or {})


class Unauthenticated(SchedulingError):
    """Nobody is signed in, or the credential is wrong, expired or revoked."""

    code = "unauthenticated"
    default = "Sign in first: the token is missing or invalid."


class Forbidden(SchedulingError):
    """The caller is known and may not do this."""

    code = "forbidden"
    default = "You do not have permission to do this."


class NotFound(SchedulingError):
    """Nothing of that name exists in the caller's organisation."""

    code = "not_found"
    default = "Not found."


class Conflict(SchedulingError):
    """The present state of things stands against it."""

    code = "conflict"
    default = "This conflicts with the present state."


class InFlight(Conflict):
    """A request with the same Idempotency-Key has not finished yet."""

    code = "in_flight"
    default = "A request with this Idempotency-Key is still being answered; try again shortly."


class KeyReused(SchedulingError):
    """An Idempotency-Key came again with another request."""

    code = "key_reused"
    default = "This Idempotency-Key was used for another request; use a new one."


class Locked(SchedulingError):
    """Full or closed, for example a session without free seats."""

    code = "locked"
    default = "This is locked."


class TooMany(SchedulingError):
    """retry_after: seconds until it may be tried again."""

    code = "too_many"
    default = "Too many requests."

    def __init__(self, message: str = "", retry_after: int = 1, **details: object) -> None:
        super().__init__(message, **details)
        self.retry_after = retry_after


class Unavailable(SchedulingError):
    """Something the service needs is gone for the moment; trying again later may help."""

    code = "unavailable"
    default = "The service is not available at the moment; try again later."
