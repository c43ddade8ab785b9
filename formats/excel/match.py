"""Which table of a file is which sheet."""

from formats.excel.findings import Findings
from formats.excel.rows import find_header, match_header
from formats.excel.sheets import SHEETS, Sheet, key
from formats.excel.table import Table, letters
from formats.excel.values import did_you_mean, text_of

NOT_READ = frozenset({"readme", "problems", "master", "quality", "unplaced", "lists"})
"""Sheets this program writes beside those it reads."""

_NUMBERS = "0123456789"
LIKENESS = 2
"""Columns that make an unknown table look like one of the sheets."""


def match_sheets(tables: list[Table], findings: Findings) -> dict[str, Table]:
    """Sheet name -> table. Missing, doubled and unknown sheets are reported."""
    found: dict[str, Table] = {}
    unknown: list[Table] = []
    for table in tables:
        sheet = sheet_named(table.name)
        if sheet is None:
            unknown.append(table)
        elif sheet.name in found:
            other = found[sheet.name].name
            findings.error(
                f'this sheet and "{other}" are both taken for "{sheet.name}"', table.name, suggestion="Rename one."
            )
        else:
            found[sheet.name] = table
    for sheet in SHEETS:
        if sheet.required and sheet.name not in found:
            columns = ", ".join(c.name for c in sheet.columns if c.required)
            findings.error(f'the sheet "{sheet.name}" is missing', expected=f"a sheet with the columns {columns}")
    for table in unknown:
        _report_unknown(table, found, findings)
    return found


def sheet_named(name: str) -> Sheet | None:
    """The sheet a name stands for, numbers around it aside: "1. Teachers" or "Lehrer"."""
    words = (key(name), key(name).strip(_NUMBERS))
    exact = next((s for s in SHEETS if key(s.name) in words), None)
    return exact or next((s for s in SHEETS if not s.keys.isdisjoint(words)), None)


def _report_unknown(table: Table, found: dict[str, Table], findings: Findings) -> None:
    """A sheet of another kind is harmless beside the right ones; without them it is what went wrong."""
    if key(table.name) in NOT_READ or table.name.startswith("_") or not any(any(map(text_of, r)) for r in table.rows):
        return
    report = findings.warning if found else findings.error
    like = max(SHEETS, key=lambda s: len(find_header(table, s)[1]))
    row, columns = find_header(table, like)
    if len(columns) < LIKENESS:
        hint = did_you_mean(table.name, (s.name for s in SHEETS))
        report(f"the sheet is not read; its first row is {_first_row(table)}", table.name, suggestion=hint)
        return
    header = table.rows[row]
    known = ", ".join(f'{name} (column {letters(at)}, "{text_of(header[at])}")' for name, at in columns.items())
    lacking = [c.name for c in like.columns if c.required and c.name not in match_header(header, like)]
    report(
        f"the sheet is not read, though it looks like {like.name}: {known}",
        table.name,
        f"A{row + 1}",
        expected=f"also {', '.join(lacking)}" if lacking else "",
        suggestion=f'Rename the sheet to "{like.name}" if it is meant.',
    )


def _first_row(table: Table) -> str:
    filled = next((r for r in table.rows if any(map(text_of, r))), [])
    words = list(dict.fromkeys(text_of(c) for c in filled if text_of(c)))
    return ", ".join(f'"{w[:30]}"' for w in words[:6]) + (", ..." if len(words) > 6 else "")
