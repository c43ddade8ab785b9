"""What is refused before a file is opened: too large, disguised, dangerous or locked."""

import io
import re
import zipfile
import zlib

from formats.excel.findings import Refused

MOST_BYTES = 20 * 1024 * 1024
MOST_UNZIPPED = 200 * 1024 * 1024
MOST_ENTRIES = 5_000
MOST_SHEETS = 64
MOST_ROWS = 100_000
MOST_CELLS = 10_000_000
"""Rows x columns of the area a sheet spans: a single cell in the last corner must not cost gigabytes."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOK = "a workbook (.xlsx or .ods), or a folder or .zip of .csv files"
MACROS = re.compile(r"vbaProject\.bin$|^(Basic|Scripts)/|macrosheets/", re.IGNORECASE)
LINKS = re.compile(r"^xl/externalLinks/|^xl/connections\.xml$|^xl/queryTables/", re.IGNORECASE)
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def check_size(data: bytes) -> None:
    if not data:
        raise Refused("the file is empty", WORKBOOK)
    if len(data) > MOST_BYTES:
        raise Refused(f"the file has {len(data) / 2**20:.1f} MB", "at most 20 MB")


def check_ole(data: bytes) -> None:
    """Refuses what the old Office container may hide; a plain .xls passes."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused("the workbook is protected by a password", WORKBOOK, "Remove the password and save it again.")
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise Refused("the workbook holds macros", WORKBOOK, "Save it as .xlsx, which cannot hold macros.")


def unzip(data: bytes) -> dict[str, bytes]:
    """Entries of a zip by name. What the archive claims about sizes is verified, not trusted."""
    try:
        entries = [e for e in zipfile.ZipFile(io.BytesIO(data)).infolist() if not e.is_dir()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise Refused("the file is damaged: it starts like a zip archive but is none", WORKBOOK) from error
    if len(entries) > MOST_ENTRIES:
        raise Refused(f"the file packs {len(entries):,} parts", f"at most {MOST_ENTRIES:,}")
    total = sum(e.file_size for e in entries)
    if total > MOST_UNZIPPED:
        raise Refused(f"the file unpacks to {total / 2**20:,.0f} MB", "at most 200 MB unpacked")
    if any(e.flag_bits & 1 for e in entries):
        raise Refused("the file is protected by a password", WORKBOOK, "Remove the password and save it again.")
    return {e.filename: _inflate(data, e) for e in entries}


def _inflate(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of one entry, never more than it declares."""
    at = entry.header_offset
    names = int.from_bytes(data[at + 26 : at + 28], "little") + int.from_bytes(data[at + 28 : at + 30], "little")
    packed = data[at + 30 + names : at + 30 + names + entry.compress_size]
    try:
        if entry.compress_type == zipfile.ZIP_DEFLATED:
            content = zlib.decompressobj(-15).decompress(packed, entry.file_size + 1)
        elif entry.compress_type == zipfile.ZIP_STORED:
            content = packed
        else:
            raise Refused(f"the part {entry.filename!r} is packed in an unknown way", WORKBOOK)
    except zlib.error as error:
        raise Refused(f"the file is damaged: its part {entry.filename!r} cannot be unpacked", WORKBOOK) from error
    if len(content) != entry.file_size:
        raise Refused(f"the file is damaged: its part {entry.filename!r} is not as large as it claims", WORKBOOK)
    return content


def check_parts(parts: dict[str, bytes]) -> None:
    """Refuses macros, external data and XML that declares entities."""
    for name, content in parts.items():
        if MACROS.search(name):
            raise Refused("the workbook holds macros", WORKBOOK, "Save it as .xlsx, which cannot hold macros.")
        if LINKS.search(name):
            raise Refused(
                "the workbook takes data from other files or servers",
                "a workbook that stands alone",
                "Break the links (Data > Edit links > Break link) and save it again.",
            )
        if name.endswith((".xml", ".rels")) and DECLARATION.search(_plain(content)):
            raise Refused(f"the part {name!r} declares XML entities, which no spreadsheet program does", WORKBOOK)
    if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        raise Refused("the workbook holds macros", WORKBOOK, "Save it as .xlsx, which cannot hold macros.")


def _plain(xml: bytes) -> bytes:
    """XML as single bytes: UTF-16 loses its zero bytes, so that a plain search finds every sign."""
    return xml.replace(b"\0", b"") if b"\0" in xml[:4] else xml


def check_extent(sheet: str, rows: int, columns: int) -> None:
    """rows, columns: position of the last filled one, from 1."""
    if rows > MOST_ROWS:
        raise Refused(f"the sheet has {rows:,} rows", f"at most {MOST_ROWS:,}", sheet=sheet)
    if rows * columns > MOST_CELLS:
        raise Refused(
            f"the sheet spans {rows:,} rows and {columns:,} columns",
            f"at most {MOST_CELLS:,} cells",
            "Delete stray values far to the right or far below.",
            sheet=sheet,
        )


def check_sheet_count(count: int) -> None:
    if count > MOST_SHEETS:
        raise Refused(f"the workbook has {count} sheets", f"at most {MOST_SHEETS}")
