"""The director's door: every answer, failures of the framework included, is {success, message, data}."""

from dataclasses import replace

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from api.dialects.director import entries, generation, imports, options, printing, slots, weeks
from api.dialects.director.strangers import without_school
from api.doors import Door
from api.failures import Failure
from api.services import services

WORDS = {
    "unauthenticated": "Unauthorized access",
    "forbidden": "Forbidden: school director access required",
    "not_found": "Not Found",
    "malformed": "Validation failed: the body is not valid JSON",
    "method_not_allowed": "Method Not Allowed",
}
"""What the clients know some failures by, where no use case says it."""

BAD_REQUEST = ("invalid", "malformed", "conflict", "locked", "too_large")
"""Codes that this dialect answers with 400."""


def render(request: Request, failure: Failure) -> Response:
    failure = without_school(request, failure)
    if failure.code == "forbidden" and services(request).settings.director_forbidden_status == 401:
        failure = replace(failure, code="unauthenticated", cause=None)
    status = 400 if failure.code in BAD_REQUEST else failure.status
    body = {"success": False, "message": _message(failure), "data": None}
    return JSONResponse(body, status, failure.headers)


FAILURES = {
    "description": "A failure: success is false, message says why.",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "properties": {
                    "success": {"const": False},
                    "message": {"type": "string"},
                    "data": {"type": ["object", "null"]},
                },
                "required": ["success", "message", "data"],
            }
        }
    },
}


def _message(failure: Failure) -> str:
    if failure.fields:
        return f"Validation failed: {', '.join(_field(*pair) for pair in failure.fields.items())}"
    said_by_framework = failure.cause is None or not hasattr(failure.cause, "code")
    plain = failure.code in ("unauthenticated", "forbidden") or said_by_framework
    return WORDS.get(failure.code, failure.message) if plain else failure.message


def _field(name: str, fault: str) -> str:
    return f"{name} is required" if fault == "Field required" else f"{name}: {fault}"


PARTS = (slots, options, weeks, printing, entries, imports, generation)

DIRECTOR = Door(
    name="director",
    base="/director/schedules",
    routers=tuple(part.router for part in PARTS),
    access={route: access for part in PARTS for route, access in part.ACCESS.items()},
    render=render,
    failures=FAILURES,
    title="School director: schedules and timetables",
    more={"docs_url": "/docs", "openapi_url": "/openapi.json"},
)
