"""A file in a request: of a form (its first file), or the body itself."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from starlette.datastructures import UploadFile

from formats import school_endings
from scheduling.errors import Invalid

ENDINGS = school_endings()
SIGNS = ((b"PK", ".zip"), (b"\xd0\xcf\x11\xe0", ".xls"), (b"{", ".json"))
"""How files begin whose name does not say what they are; a zip may be a workbook as well."""
MISSING = "There is no file in the request."
UNSAFE = re.compile(r"[^\w .()-]")
SCHEMA: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A workbook (.xlsx, .ods, .xls, .csv, a .zip of .csv), a .fet, .xml or .ctt file, or JSON.",
        "content": {
            "multipart/form-data": {
                "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
            },
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
        },
    }
}
"""For the documentation of routes that take a file."""


@dataclass(frozen=True)
class Received:
    """name: with an ending that says the format."""

    name: str
    data: bytes


async def received(
    request: Request,
    name: Annotated[str, Query(max_length=200, description="Name of a file sent as the body itself.")] = "",
) -> AsyncIterator[Received]:
    """Invalid when there is no file in it."""
    if "form" not in request.headers.get("content-type", ""):
        yield _checked(name, await request.body())
        return
    async with request.form() as form:
        file = next((part for _, part in form.multi_items() if isinstance(part, UploadFile)), None)
        if file is None:
            raise Invalid(MISSING, {"file": "missing or empty"})
        data = await file.read()
        await file.seek(0)  # Idempotency-Key reads it as well
        yield _checked(name or file.filename or "", data)


def _checked(name: str, data: bytes) -> Received:
    if not data:
        raise Invalid(MISSING, {"file": "missing or empty"})
    return Received(safe_name(name, data), data)


def safe_name(name: str, data: bytes) -> str:
    """Without folders and odd signs; with the ending that the content suggests where the name has none of the known."""
    plain = UNSAFE.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")[-100:]
    if Path(plain).suffix.lower() in ENDINGS:
        return plain
    return f"{plain or 'upload'}{_ending(data.lstrip())}"


def _ending(data: bytes) -> str:
    if data.startswith(b"<"):
        return ".xml" if b"HighSchoolTimetableArchive" in data[:1000] else ".fet"
    return next((ending for sign, ending in SIGNS if data.startswith(sign)), ".csv")


File = Annotated[Received, Depends(received)]
"""Parameter of a route: the file sent."""
