"""Failures as RFC 9457 problem details: what /v1 and /auth answer with."""

from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from api.failures import Failure

MEDIA_TYPE = "application/problem+json"

TITLES = {
    "invalid": "The input is not valid",
    "malformed": "The request cannot be read",
    "unauthenticated": "Not signed in",
    "forbidden": "Not allowed",
    "not_found": "Not found",
    "method_not_allowed": "Method not allowed",
    "conflict": "Conflict",
    "in_flight": "Still being answered",
    "key_reused": "Idempotency-Key used before",
    "too_large": "Too large",
    "locked": "Locked",
    "too_many": "Too many requests",
    "unavailable": "Not available",
    "internal": "Internal error",
}


def render(request: Request, failure: Failure) -> Response:
    """type is a URN with the failure's code; further members carry fields and details."""
    body: dict[str, object] = {
        "type": f"urn:timewright:{failure.code.replace('_', '-')}",
        "title": TITLES[failure.code],
        "status": failure.status,
        "detail": failure.message,
        "instance": request.url.path,
        "request_id": getattr(request.state, "request_id", ""),
    }
    if failure.fields:
        body["errors"] = [{"field": name, "message": message} for name, message in failure.fields.items()]
    body |= {name: value for name, value in failure.details.items() if name not in body}
    return JSONResponse(body, failure.status, failure.headers, MEDIA_TYPE)


def described() -> dict[str, Any]:
    """For OpenAPI."""
    text, number = {"type": "string"}, {"type": "integer"}
    error = {"type": "object", "properties": {"field": text, "message": text}, "required": ["field", "message"]}
    members = {**dict.fromkeys(("type", "title", "detail", "instance", "request_id"), text), "status": number}
    schema = {
        "type": "object",
        "properties": {**members, "errors": {"type": "array", "items": error}},
        "required": sorted(members),
    }
    return {"description": "A failure (RFC 9457).", "content": {MEDIA_TYPE: {"schema": schema}}}
