"""Files that are refused as a whole, each with one clear error and never a traceback."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from formats.excel.guards import MOST_BYTES
from formats.excel.read import read
from tests.formats.excel.school import Rows, errors, tables, xlsx

WORKBOOK = "Expected a workbook (.xlsx or .ods), or a folder or .zip of .csv files."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(data: bytes, name: str = "school.xlsx") -> str:
    result = read(data, name)
    assert result.problem is None
    (sentence,) = errors(result)
    return sentence


def zipped(parts: dict[str, bytes], base: bytes = b"") -> bytes:
    """A zip of these parts and of those of another zip."""
    stream = io.BytesIO(base)
    with zipfile.ZipFile(stream, "a" if base else "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def replaced(name: str, content: bytes) -> bytes:
    """The school workbook with one part replaced."""
    source = zipfile.ZipFile(io.BytesIO(xlsx(tables())))
    return zipped({**{n: source.read(n) for n in source.namelist()}, name: content})


def test_an_empty_file() -> None:
    assert refusal(b"") == f"file: the file is empty. {WORKBOOK}"


def test_a_picture_with_the_name_of_a_workbook() -> None:
    png = b"\x89PNG\r\n\x1a\n" + bytes(100)
    assert refusal(png) == f"file: the file is not a workbook but a PNG picture. {WORKBOOK}"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 ...", " but a PDF"),
        (b"<html><table>", " but a web page"),
        (b"hello", ""),
        (b"\xff\xd8\xff\xe0", " but a JPEG picture"),
    ],
)
def test_other_kinds_of_file(data: bytes, what: str) -> None:
    assert refusal(data) == f"file: the file is not a workbook{what}. {WORKBOOK}"


def test_a_file_of_more_than_20_mb() -> None:
    assert refusal(b"PK" + bytes(MOST_BYTES)) == "file: the file has 20.0 MB. Expected at most 20 MB."


def test_a_zip_bomb() -> None:
    bomb = zipped({"xl/workbook.xml": bytes(201 * 2**20)})
    assert len(bomb) < 2**20
    assert refusal(bomb) == "file: the file unpacks to 201 MB. Expected at most 200 MB unpacked."


def test_a_zip_bomb_that_lies_about_its_size() -> None:
    """The directory promises ten bytes with a correct checksum of these ten; the stream holds 50 MB."""
    data = bytearray(zipped({"xl/workbook.xml": bytes(50 * 2**20)}))
    directory = data.index(b"PK\x01\x02")
    for at in (14, directory + 16):
        struct.pack_into("<I", data, at, zlib.crc32(bytes(10)))
    for at in (22, directory + 24):
        struct.pack_into("<I", data, at, 10)
    expected = f"file: the file is damaged: its part 'xl/workbook.xml' is not as large as it claims. {WORKBOOK}"
    assert refusal(bytes(data)) == expected


def test_too_many_parts() -> None:
    many = zipped({f"x{n}": b"" for n in range(5_001)})
    assert refusal(many) == "file: the file packs 5,001 parts. Expected at most 5,000."


def test_a_damaged_zip() -> None:
    assert (
        refusal(b"PK\x03\x04 nothing")
        == f"file: the file is damaged: it starts like a zip archive but is none. {WORKBOOK}"
    )
    assert "damaged" in refusal(xlsx(tables())[:-200])


def test_a_damaged_part() -> None:
    data = bytearray(zipped({"xl/workbook.xml": b"<workbook/>" * 50}))
    data[50:60] = b"\xff" * 10
    assert "damaged: its part 'xl/workbook.xml'" in refusal(bytes(data))


def test_a_workbook_whose_sheet_is_no_xml() -> None:
    assert "damaged" in refusal(replaced("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"))


def test_a_workbook_without_its_list_of_sheets() -> None:
    assert refusal(replaced("xl/workbook.xml", b"not xml")) == (
        f"file: the file is damaged: its part 'xl/workbook.xml' cannot be read. {WORKBOOK}"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_entities(encoding: str) -> None:
    evil = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst>&e;</sst>'
    assert refusal(replaced("xl/sharedStrings.xml", evil.encode(encoding))) == (
        f"file: the part 'xl/sharedStrings.xml' declares XML entities, which no spreadsheet program does. {WORKBOOK}"
    )


def test_macros() -> None:
    expected = f"file: the workbook holds macros. {WORKBOOK} Save it as .xlsx, which cannot hold macros."
    assert refusal(zipped({"xl/vbaProject.bin": b"x"}, xlsx(tables())), "school.xlsm") == expected
    assert refusal(OLE + "_VBA_PROJECT".encode("utf-16-le"), "school.xls") == expected


def test_links_to_other_workbooks() -> None:
    linked = zipped({"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}, xlsx(tables()))
    assert refusal(linked).startswith("file: the workbook takes data from other files or servers.")


def test_ordinary_links_are_no_danger() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx(tables())))
    workbook["Teachers"]["C2"] = "a.smith@school.org"
    workbook["Teachers"]["C2"].hyperlink = "mailto:a.smith@school.org"
    assert read(xlsx(workbook)).problem is not None


def test_a_password() -> None:
    locked = OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert (
        refusal(locked)
        == f"file: the workbook is protected by a password. {WORKBOOK} Remove the password and save it again."
    )


def test_an_old_workbook_that_cannot_be_read() -> None:
    assert (
        refusal(OLE + bytes(2000), "school.xls")
        == f"file: the file is damaged: it cannot be read as a workbook. {WORKBOOK}"
    )


def test_a_binary_workbook() -> None:
    assert (
        refusal(zipped({"xl/workbook.bin": b"x"}))
        == f"file: the file is a binary workbook (.xlsb). {WORKBOOK} Save it as .xlsx."
    )


def test_a_zip_of_other_things() -> None:
    assert (
        refusal(zipped({"letter.docx": b"x"}))
        == f"file: there is neither a workbook nor any .csv file in it. {WORKBOOK}"
    )


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (sentence,) = errors(read(tmp_path / "none.xlsx"))
    assert sentence == f"file: the file cannot be opened: No such file or directory. {WORKBOOK}"


def test_more_than_64_sheets() -> None:
    contents = {**tables(), **{f"x{n}": [["x"]] for n in range(60)}}
    assert refusal(xlsx(contents)) == "file: the workbook has 71 sheets. Expected at most 64."


def test_a_cell_below_100_000_rows() -> None:
    assert refusal(_with_cell("A100001")) == "Lessons: the sheet has 100,001 rows. Expected at most 100,000."


def test_a_cell_in_the_last_corner() -> None:
    """Written without being filled with sixteen thousand million empty cells on the way."""
    expected = "Lessons: the sheet spans 100,000 rows and 16,384 columns. Expected at most 10,000,000 cells. "
    assert refusal(_with_cell("XFD100000")) == expected + "Delete stray values far to the right or far below."


def test_a_coloured_cell_far_below_is_nothing() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx(tables())))
    workbook["Lessons"]["A1000000"].fill = PatternFill("solid", fgColor="FFFF0000")
    assert read(xlsx(workbook)).problem is not None


def test_100_001_lines_of_text() -> None:
    lines = b"Class,Subject,Teacher,Per week\n" + b"7A,MATH,SMI,1\n" * 100_000
    assert refusal(lines, "Lessons.csv") == "Lessons: the sheet has 100,001 rows. Expected at most 100,000."


def _with_cell(address: str) -> bytes:
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx(tables())))
    workbook["Lessons"][address] = "x"
    return xlsx(workbook)


def test_nothing_of_ours_in_a_workbook() -> None:
    result = read(xlsx({"Sheet1": [["Name", "Age"], ["Ada", 36]]}))
    assert errors(result) == [
        'file: the sheet "Periods" is missing. Expected a sheet with the columns Label, Start, End.',
        'file: the sheet "Subjects" is missing. Expected a sheet with the columns Code.',
        'file: the sheet "Teachers" is missing. Expected a sheet with the columns Code.',
        'file: the sheet "Classes" is missing. Expected a sheet with the columns Code.',
        'file: the sheet "Lessons" is missing. Expected a sheet with the columns Class, Subject, Teacher, Per week.',
        'Sheet1: the sheet is not read; its first row is "Name", "Age".',
    ]


def test_a_table_of_ours_under_another_name() -> None:
    result = read(xlsx({"Sheet1": [["Tutor", "Form", "Subject", "Hrs"], ["Ada", "7A", "MATH", 4]]}))
    assert errors(result)[-1] == (
        'Sheet1!A1: the sheet is not read, though it looks like Lessons: Subject (column C, "Subject"), '
        'Teacher (column A, "Tutor"), Class (column B, "Form"), Per week (column D, "Hrs"). '
        'Rename the sheet to "Lessons" if it is meant.'
    )


def test_more_lessons_than_any_school_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formats.excel.read_lessons.MOST_LESSONS", 6)
    expected = "Lessons!D4: the sheet asks for more than 6 lessons. Expected the lessons of one school."
    assert errors(read(xlsx(tables()))) == [expected]  # 3 + 3 + 1


def test_more_rules_than_anybody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formats.excel.read_rules.MOST_RULES", 2)
    rules: Rows = [["Rule", "Applies to", "Value"], *(["max days", "SMI", 3] for _ in range(4))]
    expected = "Rules!A4: the sheet has more than 2 rules. Expected rules on many at once."
    assert errors(read(xlsx(tables(Rules=rules)))) == [expected]


def test_many_unknown_codes_are_all_told_but_compared_only_so_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formats.excel.rows.MOST_HINTS", 1)
    found = errors(read(xlsx(tables({"Lessons!C2": "SMl", "Lessons!C3": "SM1", "Lessons!C4": "SMl"}))))
    assert found == [
        'Lessons!C2: "SMl" is not a teacher. Expected a code of sheet Teachers. Did you mean "SMI"?',
        'Lessons!C3: "SM1" is not a teacher. Expected a code of sheet Teachers.',
        'Lessons!C4: "SMl" is not a teacher. Expected a code of sheet Teachers. Did you mean "SMI"?',
    ]
