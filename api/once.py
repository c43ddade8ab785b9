"""Answers to POST requests: the effect happens once, however often a request with an Idempotency-Key comes."""

import hashlib
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from typing import Annotated

from fastapi import Depends, Request, Response
from starlette.datastructures import UploadFile

from api.answering import json_answer
from api.entrance import caller_of, tenant_of
from api.services import Services, services
from scheduling.answers import Question, keep, kept
from scheduling.errors import InFlight, Invalid
from scheduling.store import StoreSession, Tenant

HEADER = "Idempotency-Key"
KEY = re.compile(r"[\x21-\x7e]{1,200}")
KEEP = timedelta(hours=24)

Work = Callable[[StoreSession], "Response | object"]
"""The effect: what it returns is the answer's body, or the whole answer."""


class Running:
    """Keys whose requests are being answered by this process right now."""

    def __init__(self) -> None:
        self.lock, self.questions = Lock(), set[Question]()

    @contextmanager
    def alone(self, question: Question) -> Iterator[None]:
        """InFlight when the same question is being answered already."""
        with self.lock:
            if question in self.questions:
                raise InFlight
            self.questions.add(question)
        try:
            yield
        finally:
            with self.lock:
                self.questions.discard(question)


@dataclass(frozen=True)
class Once:
    """Parameter of every POST route (as `Answer`). question: None without the header."""

    services: Services
    running: Running
    tenant: Tenant
    question: Question | None
    fingerprint: str

    def __call__(self, work: Work, status: int = 200) -> Response:
        """Does the work in one transaction and answers with what it returns; or answers as it did the first time.

        Parse before, so that nothing slow happens inside. A work that fails leaves nothing, not even the key.
        """
        if self.question is None:
            with self.services.store.write(self.tenant) as session:
                return _response(work(session), status)
        with self.running.alone(self.question), self.services.store.write(self.tenant) as session:
            return self._answer(session, self.question, work, status)

    def _answer(self, session: StoreSession, question: Question, work: Work, status: int) -> Response:
        found = kept(session, question, self.fingerprint)
        if found is not None:
            return Response(found.body, found.status, {"Idempotency-Replayed": "true"}, found.media_type)
        response = _response(work(session), status)
        media_type = response.headers.get("content-type", "application/json")
        keep(session, question, self.fingerprint, response.status_code, media_type, bytes(response.body), KEEP)
        return response


def _response(made: "Response | object", status: int) -> Response:
    return made if isinstance(made, Response) else json_answer(made, status)


async def once(request: Request) -> AsyncIterator[Once]:
    found = services(request)
    key = request.headers.get(HEADER)
    if key is not None and not KEY.fullmatch(key):
        raise Invalid(f"{HEADER} needs 1 to 200 visible ASCII characters.", {HEADER: "not usable"})
    place = f"{request.method} {request.url.path}"[:300]
    question = None if key is None else Question(caller_of(request).person_id, place, key)
    running: Running = request.app.state.running
    try:
        fingerprint = await _fingerprint(request) if question else ""
        yield Once(found, running, tenant_of(request), question, fingerprint)
    finally:
        await request.close()  # files of a form, also where no other part of the route has come to read them


async def _fingerprint(request: Request) -> str:
    """Equal for equal requests. A form is read by its fields: each sender invents another boundary."""
    hashed = hashlib.sha256(f"{request.method} {request.url.path}?{request.url.query}".encode())
    if "form" not in request.headers.get("content-type", ""):
        hashed.update(await request.body())
        return hashed.hexdigest()
    for name, value in (await request.form()).multi_items():
        hashed.update(f"\0{name}\0".encode())
        if isinstance(value, UploadFile):
            hashed.update(str(value.filename).encode() + b"\0" + await value.read())
            await value.seek(0)
        else:
            hashed.update(value.encode())
    return hashed.hexdigest()


Answer = Annotated[Once, Depends(once)]
"""Parameter of a route: `return answer(lambda session: ..., status=201)`."""
