"""The same tables as text: a folder, a zip or one file."""

import csv
import io
import zipfile
from pathlib import Path

import pytest

from formats.excel.csv_tables import delimiter
from formats.excel.read import read
from tests.formats.excel.school import Rows, errors, sentences, tables, xlsx


def text_of(rows: Rows, sign: str = ",") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=sign).writerows(rows)
    return stream.getvalue()


def folder_of(folder: Path, contents: dict[str, Rows], encoding: str = "utf-8", sign: str = ",") -> Path:
    for name, rows in contents.items():
        (folder / f"{name}.csv").write_text(text_of(rows, sign), encoding=encoding)
    return folder


def zip_of(contents: dict[str, Rows], inside: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, rows in contents.items():
            archive.writestr(f"{inside}{name}.csv", text_of(rows))
        archive.writestr(f"__MACOSX/{inside}._Lessons.csv", b"\0\1")
    return stream.getvalue()


def test_a_folder_and_a_zip_say_the_same_as_the_workbook(tmp_path: Path) -> None:
    contents = tables()
    workbook = read(xlsx(contents)).problem
    assert workbook is not None
    assert read(folder_of(tmp_path, contents)).problem == workbook
    assert read(zip_of(contents)).problem == workbook
    assert read(zip_of(contents, "school/")).problem == workbook


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_separators(tmp_path: Path, sign: str) -> None:
    contents = tables({"Lessons!C5": "JON, SMI", "Lessons!J2": "a; b, c | d"})
    assert read(folder_of(tmp_path, contents, sign=sign)).problem == read(xlsx(contents)).problem


def test_a_separator_inside_quotes_is_none() -> None:
    assert delimiter('Class;Teacher\n"7A,7B";SMI\n"7A,7B,7C";JON\n') == ";"
    assert delimiter("Code\nSMI\nJON\n") == ","


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_are_certain(tmp_path: Path, encoding: str) -> None:
    contents = tables({"Teachers!B2": "Zoë Müller-Łukasz"})
    result = read(folder_of(tmp_path, contents, encoding))
    assert result.problem is not None
    assert result.problem.teacher["SMI"].name == "Zoë Müller-Łukasz"
    assert result.findings == ()


def test_the_old_encoding_of_windows_is_told(tmp_path: Path) -> None:
    result = read(folder_of(tmp_path, tables({"Teachers!B2": "Zoë Müller"}), "cp1252"))
    assert result.problem is not None
    assert result.problem.teacher["SMI"].name == "Zoë Müller"
    assert sentences(result) == [
        "Teachers: the file is not UTF-8 and was read as Windows text (cp1252). "
        "If accents look wrong, save it as CSV UTF-8."
    ]


def test_a_cell_of_text_is_named_like_one_of_a_workbook(tmp_path: Path) -> None:
    (sentence,) = errors(read(folder_of(tmp_path, tables({"Lessons!C3": "SMl"}))))
    assert sentence == 'Lessons!C3: "SMl" is not a teacher. Expected a code of sheet Teachers. Did you mean "SMI"?'


def test_one_file_is_one_sheet() -> None:
    result = read(text_of(tables()["Teachers"]).encode(), "Teachers.csv")
    assert 'file: the sheet "Lessons" is missing.' in " ".join(errors(result))
    assert not any("Teachers" in f.place for f in result.findings)


def test_an_escaped_formula_is_its_text(tmp_path: Path) -> None:
    result = read(folder_of(tmp_path, tables({"Teachers!B2": "'=Ada", "Teachers!B3": "O'Neil"})))
    assert result.problem is not None
    assert [t.name for t in result.problem.teachers[:2]] == ["=Ada", "O'Neil"]


def test_bytes_that_are_no_text() -> None:
    assert errors(read(b"a,b\n\0\1\n", "Lessons.csv")) == [
        "Lessons: the file is not text: it holds zero bytes. Expected a .csv file."
    ]


def test_a_cell_longer_than_any() -> None:
    (sentence,) = errors(read(b'Class\n"' + b"x" * 200_000, "Lessons.csv"))
    assert sentence == "Lessons: the file is not a table: field larger than field limit (131072). Expected a .csv file."
