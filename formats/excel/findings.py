"""What is wrong or suspicious in a workbook, with the place and a way out."""

from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem of a workbook.

    sheet, cell: where, e.g. "Lessons" and "C5"; both empty for the whole file, the cell empty for a whole sheet.
    message: what is wrong, with the value found; found: that value as text; expected: what would be right;
    suggestion: a full sentence, e.g. 'Did you mean "T07"?'.
    """

    severity: Severity
    message: str
    sheet: str = ""
    cell: str = ""
    found: str = ""
    expected: str = ""
    suggestion: str = ""

    @property
    def place(self) -> str:
        return "!".join(filter(None, (self.sheet, self.cell))) or "file"

    @property
    def sentence(self) -> str:
        """Everything in one line: 'Lessons!C5: "T7" is not a teacher. Expected a code of sheet Teachers. ...'."""
        expected = f"Expected {self.expected}." if self.expected else ""
        return " ".join(filter(None, (f"{self.place}: {self.message}.", expected, self.suggestion)))

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


class Refused(Exception):
    """The file as a whole cannot be read."""

    def __init__(self, message: str, expected: str = "", suggestion: str = "", sheet: str = "") -> None:
        super().__init__(message)
        self.finding = Finding(Severity.ERROR, message, sheet=sheet, expected=expected, suggestion=suggestion)


@dataclass
class Findings:
    """The findings of one reading, in the order found. hints: (sheet, column, text) -> suggestion made for it."""

    all: list[Finding] = field(default_factory=list)
    errors: int = 0
    hints: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def error(self, message: str, sheet: str = "", cell: str = "", **more: str) -> None:
        self.errors += 1
        self.all.append(Finding(Severity.ERROR, message, sheet, cell, **more))

    def warning(self, message: str, sheet: str = "", cell: str = "", **more: str) -> None:
        self.all.append(Finding(Severity.WARNING, message, sheet, cell, **more))
