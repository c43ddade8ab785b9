"""Answers as JSON, made by the thread that did the work: what routes return otherwise is checked against its
description and written on the loop that all requests share."""

from fastapi import Response
from pydantic_core import to_json


def json_bytes(content: object) -> bytes:
    """content: models, dataclasses, dates and what JSON knows."""
    return to_json(content)


def json_answer(content: object, status: int = 200) -> Response:
    """content: see `json_bytes`; bytes are such already."""
    body = content if isinstance(content, bytes) else json_bytes(content)
    return Response(body, status, media_type="application/json")
