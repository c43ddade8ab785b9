"""Which program `./tw` hands its words to, tried on a copy whose environment only says what it was called with."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAYS = '#!/bin/sh\necho "$(basename "$0") $*"\n'

pytestmark = pytest.mark.skipif(os.name != "posix", reason="tw is a shell script")


def script(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SAYS)
    path.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ("tw", "pyproject.toml", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    for path in (".venv/bin/timewright", ".venv/bin/python", "scripts/check"):
        script(tmp_path / path)
    wanted = (
        'printf "dev %s\\n" "$(cat pyproject.toml requirements*.txt | cksum)" >.venv/tw-stamp; pwd -P >.venv/tw-root'
    )
    subprocess.run(["sh", "-c", wanted], cwd=tmp_path, check=True)
    return tmp_path


def said(checkout: Path, *words: str) -> str:
    run = subprocess.run([checkout / "tw", *words], cwd=checkout, capture_output=True, text=True, check=True)
    return run.stdout.strip()


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("check",), "check"),
        (("check", "--static"), "check --static"),
        (("check", "school.xlsx"), "timewright check school.xlsx"),
        (("check", "--help"), "timewright check --help"),
        (("solve", "check"), "timewright solve check"),
        (("test", "-k", "rooms"), "python -m pytest -k rooms"),
        ((), "timewright"),
    ],
)
def test_words_reach_the_program_they_are_meant_for(checkout: Path, words: tuple[str, ...], meant: str) -> None:
    assert said(checkout, *words) == meant
