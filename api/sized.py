"""Bodies larger than allowed are refused, before they are read if they say so."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scheduling.errors import SchedulingError


class TooLarge(SchedulingError):
    """limit: bytes allowed."""

    code = "too_large"

    def __init__(self, limit: int) -> None:
        super().__init__(f"The request is too large: at most {limit} bytes are accepted.", limit=limit)


class Sized:
    """Middleware of the outermost application; reading raises, so that the door tells it. limit: bytes."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app, self.limit = app, limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        told = next((value for name, value in scope.get("headers", ()) if name == b"content-length"), b"")
        read = int(told) if told.isdigit() and int(told) > self.limit else 0

        async def counted() -> Message:
            nonlocal read
            if read > self.limit:
                raise TooLarge(self.limit)
            message = await receive()
            read += len(message.get("body", b""))
            if read > self.limit:
                raise TooLarge(self.limit)
            return message

        await self.app(scope, counted if scope["type"] == "http" else receive, send)
