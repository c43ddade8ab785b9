"""timewright serve: the whole service in one command."""

import json
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from api.console import Output
from api.errors import WrongUse
from api.name import program
from api.settings import PREFIX, Settings, kept_secret
from api.starting import keep_what_is_here
from api.verbs.demo_data import demo_dialects
from api.verbs.helpers import helpers
from api.verbs.operate import Operating, operating
from scheduling.demo import make
from scheduling.identity.office import any_organisation

CHOSEN = ("DATABASE", "SECRET")
"""Settings that somebody who runs a real service gives."""
GRACE = 5
"""Seconds that answers under way, such as streams of events, get to end."""
WAITING = 512
"""Connections that wait to be accepted."""


def serve(
    host: str | None, port: int | None, database: str | None, demo: bool | None, workers: int, out: Output
) -> int:
    """demo: None: only into a new database of our own; workers: processes beside, which end with this one."""
    from api.logs import configure

    with operating(host=host, port=port, database=database) as service, _listening(service.settings) as listener:
        settings, address = service.settings, _address(service.settings.host, listener)
        fresh = not any(os.environ.get(PREFIX + name) for name in CHOSEN) and database is None
        wanted = fresh if demo is None else demo
        if wanted:
            _make_demo(service)
        if wanted and demo_file(settings).exists():
            _tell_demo(demo_file(settings), address, out)
        configure(sys.stderr.isatty())
        return _run(settings, workers, listener, f"Serving at {address} (API: {address}/docs). Ctrl-C ends it.", out)


def _run(settings: Settings, workers: int, listener: socket.socket, ready: str, out: Output) -> int:
    import uvicorn

    from api.app import create_app

    app = create_app(settings)
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=GRACE
    )
    server = uvicorn.Server(config)
    keep_what_is_here()
    out.say(ready)
    with _until_ended(), helpers(settings, workers):
        server.run(sockets=[listener])
    out.say("Ended.")
    return 0 if server.started else 1


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """Before anything is made, so that a second server on the same port changes nothing."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=WAITING)
    except OSError as error:
        place = f"{settings.host}, port {settings.port}"
        raise WrongUse(f"cannot listen on {place}: {error.strerror}", hint="choose another --port or --host") from error
    # Else the rest of an answer waits until the client has acknowledged its beginning: 40 ms with many.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with listener:
        yield listener


def _address(host: str, listener: socket.socket) -> str:
    port = listener.getsockname()[1]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def _until_ended() -> Iterator[None]:
    """The server, once it has ended, sends itself again the signal that asked it to; by then nothing is left to do."""
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _make_demo(service: Operating) -> None:
    """Into a database that nobody uses yet, or on where an earlier start was interrupted: the seed is kept."""
    file, seed = demo_file(service.settings), service.settings.data / "demo-seed"
    if any_organisation(service.store) and (file.exists() or not seed.exists()):
        return
    made = make(service.store, service.identity, demo_dialects(None), kept_secret(seed))
    _write_private(file, json.dumps(made, indent=2))


def demo_file(settings: Settings) -> Path:
    return settings.data / "demo.json"


def _tell_demo(file: Path, address: str, out: Output) -> None:
    """How to sign in and what to try; the rest is in the file, which only its owner reads."""
    made: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    director = made["director"]
    login, bearer = director["logins"]["director"], f"-H 'Authorization: Bearer {director['tokens']['director']}'"
    out.say(f"Demo data: logins, tokens and ids of every role and dialect are in {file}")
    out.say(f"A director signs in as {login['email']} with password {login['password']}")
    out.say("Try:")
    out.say(f"  curl {bearer} {address}/auth/me")
    out.say(f"  curl {bearer} {address}{director['base']}/time-slots")
    out.say(f"  {program()} template --example -o school.xlsx")
    out.say(f"  curl {bearer} -F file=@school.xlsx {address}/v1/problems")
    out.say(f"  curl {bearer} -X POST {address}/v1/problems/ID/solve")


def _write_private(file: Path, text: str) -> None:
    """Whole or not at all."""
    aside = file.with_suffix(".new")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
        stream.write(text)
    aside.replace(file)
