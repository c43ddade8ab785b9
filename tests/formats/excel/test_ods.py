"""Workbooks of LibreOffice."""

import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape

from formats.excel.read import read
from tests.formats.excel.school import Rows, errors, tables, xlsx

HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body><office:spreadsheet>'
)
TAIL = "</office:spreadsheet></office:body></office:document-content>"
EMPTY_END = (
    '<table:table-row table:number-rows-repeated="1048000">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def _cell(value: Any) -> str:
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    if str(value).startswith("="):
        return f'<table:table-cell table:formula="of:{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'


def ods(contents: dict[str, Rows], end: str = EMPTY_END) -> bytes:
    sheets = (
        f'<table:table table:name="{name}">'
        + "".join(f"<table:table-row>{''.join(map(_cell, row)) or _cell('')}</table:table-row>" for row in rows)
        + f"{end}</table:table>"
        for name, rows in contents.items()
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", HEAD + "".join(sheets) + TAIL)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>',
        )
    return stream.getvalue()


def test_it_says_the_same_as_an_excel_workbook() -> None:
    problem = read(ods(tables())).problem
    assert problem is not None
    assert problem == read(xlsx(tables())).problem


def test_a_formula_without_a_value_names_its_cell() -> None:
    (sentence,) = errors(read(ods(tables({"Lessons!D3": "=1+2"}))))
    assert sentence.startswith("Lessons!D3: Per week is a formula without a computed value.")


def test_one_value_repeated_without_end_is_refused() -> None:
    bomb = EMPTY_END.replace('"16384"/>', '"16384" office:value-type="float" office:value="1"/>')
    assert errors(read(ods(tables(), bomb))) == ["School: the sheet has 1,048,004 rows. Expected at most 100,000."]
