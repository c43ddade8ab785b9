"""Transactions across all organisations are for a few places only."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ACROSS = re.compile(r"\.(read|write)_across\(|engines\.(read|write)\b|session\.connection\(")

MAY = {
    "scheduling/store/store.py": "defines them",
    "scheduling/store/migrate.py": "asks for the revision",
    "scheduling/identity/identity.py": "does not know yet who asks",
    "scheduling/identity/lockout.py": "counts attempts on accounts that may not exist",
    "scheduling/identity/keys.py": "the keys are the whole service's",
    "scheduling/identity/office.py": "the operator's command line",
    "scheduling/demo/demo.py": "makes organisations",
    "scheduling/store/counting.py": "its one table has no owner; the organisation is in the name of its row",
    "scheduling/pruning.py": "deletes what ended long ago for all",
    "scheduling/outbox.py": "sends the mails of all",
    "scheduling/webhooks/sending.py": "delivers the events of all",
    "scheduling/feeds.py": "a secret address says alone whose calendar it is",
    "scheduling/jobs/turns.py": "organisations take turns",
    "scheduling/jobs/worker.py": "takes over the jobs of workers that died",
}
"""Each with its reason."""


def test_only_these_places_look_across_organisations() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for folder in ("api", "scheduling")
        for path in (ROOT / folder).rglob("*.py")
        if ACROSS.search(path.read_text(encoding="utf-8"))
    }
    assert found == set(MAY)
