"""The codes one sheet defines and others refer to."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from formats.excel.parts import Broken
from formats.excel.rows import Row
from formats.excel.values import codes_before_date, fold, split_list, text_of, was_a_date

NONE = frozenset({"none", "-", "nobody", "n/a", "keine", "keiner", "aucun", "ninguno", "nenhum", "nessuno"})
"""Words for nobody and for none."""


@dataclass
class Codes:
    """word: what a code stands for ("teacher"); sheet: where it is defined.

    defined: whether that sheet exists; without it every code is taken as known, since its absence is reported.
    """

    word: str
    sheet: str
    defined: bool = True
    place: dict[str, str] = field(default_factory=dict)
    _folded: dict[str, str] = field(default_factory=dict)
    _lists: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[str]:
        return iter(self.place)

    def __contains__(self, code: str) -> bool:
        return code in self.place

    def add(self, row: Row, column: str) -> str | None:
        """Defines the code of a row; None if it is blank, unreadable or used twice."""
        if row.missing(column):
            return None
        cell = row.raw(column)
        if isinstance(cell, Broken):
            row.broken(column, cell)
            return None
        code = text_of(cell)
        if was_a_date(cell):
            code = codes_before_date(cell)[0]
            row.warning(
                column,
                f'Excel has turned this code into the date {text_of(cell)}; it is read as "{code}"',
                suggestion=f"Format the column as text and type {code} again if that is wrong.",
            )
        if not row.name(column) or not self._is_new(code, row, column):
            return None
        self.know(code, row.cell(column))
        for other in codes_before_date(cell):
            self._folded.setdefault(fold(other), code)
        return code

    def know(self, code: str, place: str = "") -> None:
        """Takes a code as defined. place: address of its cell."""
        self.place[code] = place
        self._folded.setdefault(fold(code), code)

    def _is_new(self, code: str, row: Row, column: str) -> bool:
        if code in self.place:
            row.error(
                column,
                f'the {self.word} "{code}" is already defined in {self.place[code]}',
                "every code once",
                "Delete one of the rows or change its code.",
            )
            return False
        other = self._folded.get(fold(code))
        if other is not None:
            row.warning(
                column,
                f'the {self.word} "{code}" differs from "{other}" ({self.place[other]}) only in letter case or spaces',
                suggestion="Make sure that both are meant.",
            )
        return True

    def find(self, text: str) -> str | None:
        """The code a text means: exact, else without regard to letter case and spaces."""
        if text in self.place:
            return text
        known = self._folded.get(fold(text))
        return text if known is None and not self.defined and text else known

    def is_none(self, text: str) -> bool:
        """Whether a cell says in a word that it is none of them; a code that is spelt like the word goes first."""
        return fold(text) in NONE and (not self.defined or self.find(text) is None)

    def split(self, text: str) -> tuple[list[str], list[str]]:
        """(codes, texts that are none) of a list separated by , ; or /. A slash within a known code stays."""
        whole = self.find(text) if self.defined or not any(s in text for s in ",;\n") else None
        if whole is not None:
            return [whole], []
        found: list[str] = []
        unknown: list[str] = []
        for item in split_list(text):
            code = self.find(item)
            pieces = [item] if code is not None or "/" not in item else [p.strip() for p in item.split("/")]
            for piece in filter(None, pieces):
                code = self.find(piece)
                (unknown if code is None else found).append(piece if code is None else code)
        return list(dict.fromkeys(found)), unknown

    def one(self, row: Row, column: str) -> str | None:
        """The code a cell names; blank or, after a report, unknown: None."""
        text = self._text(row, column)
        if not text:
            return None
        code = self.find(text)
        if code is None:
            self.report(row, column, text)
        return code

    def many(self, row: Row, column: str) -> tuple[str, ...]:
        """The codes a cell lists, the unknown ones reported."""
        text = self._text(row, column)
        known = self._lists.get(text)
        if known is not None:
            return known
        found, unknown = self.split(text)
        for item in unknown:
            self.report(row, column, item)
        if not unknown:
            self._lists[text] = tuple(found)
        return tuple(found)

    def _text(self, row: Row, column: str) -> str:
        """Text of a cell; where Excel made a date of a code, the code."""
        cell = row.raw(column)
        if type(cell) is str:
            return cell.strip()
        if isinstance(cell, Broken):
            row.broken(column, cell)
            return ""
        if not was_a_date(cell):
            return text_of(cell)
        guesses = [g for g in codes_before_date(cell) if self.find(g) is not None and self.defined]
        if not guesses and self.defined:
            message = f"Excel has turned this code into the date {text_of(cell)}"
            advice = "Format the column as text and type the code again."
            row.error(column, message, f"a code of sheet {self.sheet}", advice)
            return ""
        if not guesses:
            return codes_before_date(cell)[0]
        row.warning(
            column, f'Excel has turned this code into the date {text_of(cell)}; it is read as "{self.find(guesses[0])}"'
        )
        return guesses[0]

    def report(self, row: Row, column: str, text: str) -> None:
        row.error(
            column,
            f'"{text}" is not a {self.word}',
            f"a code of sheet {self.sheet}",
            row.hint(column, text, self.place),
        )
