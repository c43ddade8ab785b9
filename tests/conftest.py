import os
from pathlib import Path

import pytest
import structlog

from tests.databases import *  # noqa: F403  # fixtures

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session", autouse=True)
def silent_logs() -> None:
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory(), processors=[lambda *_: ""])


@pytest.fixture(scope="session")
def instances() -> Path:
    """Folder of the public benchmark instances; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("TIMEWRIGHT_INSTANCES") or ROOT / "../shared/instances").resolve()
    if not folder.is_dir():
        pytest.skip(f"no instances in {folder}: set TIMEWRIGHT_INSTANCES to their folder")
    return folder
