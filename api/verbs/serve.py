"""timewright serve: the whole service in one command."""

import json
import os
import sys
from pathlib import Path

from api.console import Output
from api.settings import PREFIX
from api.verbs.demo_data import demo_dialects, make_all
from api.verbs.helpers import helpers
from api.verbs.operate import Operating, operating
from scheduling.identity.office import any_organisation

CHOSEN = ("DATABASE", "SECRET")
"""Settings that somebody who runs a real service gives."""


def serve(
    host: str | None, port: int | None, database: str | None, demo: bool | None, workers: int, out: Output
) -> int:
    """demo: None: only into a new database of our own; workers: processes beside, which end with this one."""
    import uvicorn

    from api.app import create_app
    from api.logs import configure

    with operating(host=host, port=port, database=database) as service:
        settings = service.settings
        fresh = not any(os.environ.get(PREFIX + name) for name in CHOSEN) and database is None
        if fresh if demo is None else demo:
            _demo(service, out)
    configure(sys.stderr.isatty())
    out.say(f"Serving at http://{settings.host}:{settings.port} (documentation: /docs). Ctrl-C ends it.")
    config = uvicorn.Config(
        create_app(settings), settings.host, settings.port, log_config=None, access_log=False, server_header=False
    )
    server = uvicorn.Server(config)
    with helpers(settings, workers):
        server.run()
    return 0 if server.started else 1


def _demo(service: Operating, out: Output) -> None:
    """Demo data into an empty database; how to sign in is kept in a file that only its owner reads."""
    if any_organisation(service.store):
        return
    made = make_all(service, demo_dialects(None), None)
    file = service.settings.data / "demo.json"
    _write_private(file, json.dumps(made, indent=2))
    out.say(f"Made demo data; tokens and passwords are in {file}")
    token = made["director"]["tokens"]["director"]
    address = f"http://{service.settings.host}:{service.settings.port}"
    out.say(f"Try: curl -H 'Authorization: Bearer {token}' {address}/auth/me")


def _write_private(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
        stream.write(text)
