"""FET's own sample files, where they are installed, and the ones of them to be read."""

import os
from pathlib import Path

import pytest

DEBIAN = "/usr/share/doc/fet-data/examples"
"""Where the Debian package fet-data puts them."""


def folder() -> Path:
    found = Path(os.environ.get("TIMEWRIGHT_FET_EXAMPLES") or DEBIAN)
    if not found.is_dir():
        pytest.skip(f"no FET examples in {found}: install fet-data or set TIMEWRIGHT_FET_EXAMPLES")
    return found


def official(instances: Path) -> list[Path]:
    """The official-mode files named in the list of samples."""
    names = (instances / "fet/samples.txt").read_text(encoding="utf-8").splitlines()
    return [folder() / name for name in names if name.startswith("FET-5-official/")]
