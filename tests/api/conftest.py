from functools import cache
from pathlib import Path

import pytest

from datasets.generate import Generated, generate
from formats.excel.write import write_timetable
from formats.excel.write_input import write_input
from tests.api.command import Command


@cache
def made() -> Generated:
    return generate(3, 1, "Three classes")


@cache
def files() -> dict[str, bytes]:
    return {
        "school.xlsx": write_input(made().problem),
        "with-timetable.xlsx": write_input(made().problem, made().timetable),
        "finished.xlsx": write_timetable(made().problem, made().timetable),
    }


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(tmp_path, monkeypatch, capsys)


@pytest.fixture
def school(command: Command) -> Command:
    """The command line in a folder with a school workbook, the same with a timetable, and a finished workbook."""
    for name, content in files().items():
        (command.folder / name).write_bytes(content)
    return command
