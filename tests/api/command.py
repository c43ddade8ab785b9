"""Calling the command line inside the test process."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from api import cli


class Answer(NamedTuple):
    """code: exit code; out, err: what was printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object on standard output."""
        assert self.out.endswith("}\n")
        assert self.out.count("\n") == 1
        found: dict[str, Any] = json.loads(self.out)
        return found


class Command:
    """Calls `timewright` in a folder of its own, which relative paths refer to."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> None:
        self.folder, self._patch, self._capture = folder, patch, capture
        patch.chdir(folder)

    def __call__(self, *arguments: object) -> Answer:
        self._patch.setattr("sys.argv", ["timewright", *map(str, arguments)])
        self._capture.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = self._capture.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Answer(code, printed.out, printed.err)
