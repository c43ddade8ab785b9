"""What a cell Teacher of the sheet Lessons says."""

import re
from dataclasses import dataclass, field

from formats.excel.context import Reading
from formats.excel.rows import Row
from formats.excel.values import split_list

Staff = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
"""(all of these teach, one of each of these teaches)."""

_ANY_OF = re.compile(r"^(?:any|one|either)\s+of\s*:?\s*|^any\s*:?\s+", re.IGNORECASE)


@dataclass
class StaffReader:
    """Teams repeat from row to row: each text is worked out once, unless something is to be reported."""

    reading: Reading
    _known: dict[tuple[str, str], Staff] = field(default_factory=dict)

    def read(self, row: Row, subject: str) -> Staff:
        """Teachers of a row: a list teaches together, `any of A|B` is a choice, `any of *` one among those
        qualified for the subject."""
        cell = row.raw("Teacher")
        text = cell.strip() if isinstance(cell, str) else ""
        if self.reading.teachers.is_none(text):
            return (), ()
        known = self._known.get((text, subject)) if text else None
        if known is None:
            before = len(self.reading.findings.all)
            known = self._read(row, text, subject)
            if text and len(self.reading.findings.all) == before:
                self._known[text, subject] = known
        return known

    def _read(self, row: Row, text: str, subject: str) -> Staff:
        if not _is_choice(text):
            teachers = self.reading.teachers.many(row, "Teacher")
            self._check_active(row, teachers)
            return teachers, ()
        fixed: list[str] = []
        choices: list[tuple[str, ...]] = []
        for item in split_list(text):
            if _is_choice(item):
                candidates = self._candidates(row, _ANY_OF.sub("", item).strip(), subject)
                choices += [candidates] if candidates else []
            else:
                fixed += self._named(row, item)
        self._check_active(row, tuple(fixed))
        return tuple(dict.fromkeys(fixed)), tuple(choices)

    def _named(self, row: Row, text: str) -> list[str]:
        found, unknown = self.reading.teachers.split(text)
        for item in unknown:
            self.reading.teachers.report(row, "Teacher", item)
        return found

    def _candidates(self, row: Row, names: str, subject: str) -> tuple[str, ...]:
        if names == "*":
            return self._qualified(row, subject)
        found = self._named(row, names.replace("|", ","))
        for teacher in (t for t in found if t in self.reading.inactive):
            row.warning("Teacher", f'teacher "{teacher}" is not active and is left out of the choice')
        active = tuple(t for t in found if t not in self.reading.inactive)
        if found and not active:
            row.error("Teacher", "none of the teachers to choose from is active", "an active teacher")
        return active

    def _qualified(self, row: Row, subject: str) -> tuple[str, ...]:
        staff = self.reading.teacher.values()
        found = tuple(t.id for t in staff if subject in t.subjects and t.id not in self.reading.inactive)
        if not found and subject and self.reading.teachers.defined:
            row.error("Teacher", f'no active teacher is qualified for "{subject}"', "a teacher with it in Subjects")
        return found

    def _check_active(self, row: Row, teachers: tuple[str, ...]) -> None:
        for teacher in (t for t in teachers if t in self.reading.inactive):
            row.error("Teacher", f'teacher "{teacher}" is not active', "an active teacher")


def _is_choice(text: str) -> bool:
    return "|" in text or _ANY_OF.match(text) is not None
