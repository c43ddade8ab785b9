"""Spreadsheets of real schools and universities, none of them made for this program."""

from pathlib import Path

import openpyxl
import pytest

from formats.excel.annotate import annotate
from formats.excel.read import read


@pytest.fixture
def files(instances: Path) -> list[Path]:
    folder = instances / "spreadsheets"
    if not folder.is_dir():
        pytest.skip(f"no spreadsheets in {folder}")
    return sorted(f for f in folder.rglob("*") if f.suffix in (".xlsx", ".csv") and f.name != "manifest.csv")


def test_each_is_imported_or_every_obstacle_is_named(files: list[Path]) -> None:
    for file in files:
        result = read(file)
        assert result.problem is not None or result.errors, file
        sheets = _sheets(file)
        for sheet in sheets:
            # every table is either read, and then its cells are named, or told not to be read
            assert any(f.sheet == sheet for f in result.findings), (file, sheet)
        for finding in result.errors:
            assert finding.sheet == "" or finding.sheet in sheets
            assert finding.expected or finding.suggestion or '"' in finding.message


def _sheets(file: Path) -> list[str]:
    if file.suffix == ".csv":
        return [file.stem]
    book = openpyxl.load_workbook(file, read_only=True)
    names = [
        s.title for s in book.worksheets if any(any(c is not None for c in r) for r in s.iter_rows(values_only=True))
    ]
    book.close()
    return names


def test_the_liceo_is_recognised_by_its_columns(instances: Path) -> None:
    file = instances / "spreadsheets" / "it-liceo" / "06_cattedre.xlsx"
    if not file.exists():
        pytest.skip("not there")
    sentence = next(f.sentence for f in read(file).errors if f.sheet == "Dati")
    assert sentence == (
        'Dati!A1: the sheet is not read, though it looks like Lessons: Teacher (column A, "teacher"), '
        'Class (column B, "class"), Subject (column C, "subject"), Per week (column D, "hours"). '
        'Rename the sheet to "Lessons" if it is meant.'
    )


def test_each_workbook_can_be_annotated(files: list[Path]) -> None:
    for file in (f for f in files if f.stat().st_size < 30_000):
        assert annotate(file, read(file).findings).startswith(b"PK"), file
