"""Around every request: an id, a log line, metrics, and the headers that the entrance left for the answer."""

import re
import time
from uuid import uuid4

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.metrics import Metrics

GIVEN = re.compile(rb"[A-Za-z0-9_.-]{1,64}")
HEADERS = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"}
UNKNOWN = "(no route)"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
"""Others are counted together: a client may invent as many as it likes."""

log = structlog.get_logger("timewright.http")


class Observing:
    """Outermost middleware. A request id given by the client is kept when it looks like one."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["request_id"], state["headers"] = _request_id(scope), {}
        begin, status = time.perf_counter(), 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message).update(
                    {**HEADERS, "X-Request-ID": state["request_id"], **state["headers"]}
                )
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=state["request_id"]):
            try:
                await self.app(scope, receive, answer)
            finally:
                self._tell(scope, status, time.perf_counter() - begin)

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        route = _template(scope)
        method = scope["method"] if scope["method"] in METHODS else "other"
        self.metrics.observe(method, route, status, seconds)
        log.info("request", method=method, route=route, status=status, ms=round(seconds * 1000, 1))


def _request_id(scope: Scope) -> str:
    given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
    return given.decode() if GIVEN.fullmatch(given) else uuid4().hex


def _template(scope: Scope) -> str:
    """ "/v1/problems/{id}" """
    route = scope.get("route")
    path = getattr(route, "path", None)
    return f"{scope.get('root_path', '')}{path}" if path is not None else UNKNOWN
