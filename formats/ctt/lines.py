"""A text of words in lines that know their number."""

from collections.abc import Iterator
from typing import NamedTuple

from formats.errors import FormatError

LONGEST_WORD = 150
"""Characters; ids are made of the words and may have 200."""

LONGEST_NUMBER = 9
"""Digits."""


class Line(NamedTuple):
    """number: from 1; words: what blanks and tabs separate, at least one."""

    number: int
    words: tuple[str, ...]

    @property
    def place(self) -> str:
        return f"line {self.number}"

    def wrong(self, found: str, expected: str) -> FormatError:
        return FormatError(self.place, found, expected)

    def integer(self, position: int, expected: str = "a whole number", below: int | None = None) -> int:
        """The word at the position as a number, 0 or more, less than `below`."""
        word = self.words[position]
        if not (word.isascii() and word.isdecimal() and len(word) <= LONGEST_NUMBER):
            raise self.wrong(repr(word), expected)
        if below is not None and int(word) >= below:
            raise self.wrong(word, f"{expected} from 0 to {below - 1}")
        return int(word)

    def shape(self, fields: str) -> "Line":
        """This line, if it has as many words as there are fields, e.g. "course room"; FormatError otherwise."""
        if len(self.words) != len(fields.split()):
            raise self.wrong(repr(" ".join(self.words)), fields)
        return self


def lines(data: bytes) -> Iterator[Line]:
    """The lines that are not blank. FormatError for words no file of this kind has."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    for number, row in enumerate(text.split("\n"), start=1):
        line = Line(number, tuple(row.split()))
        if any(len(word) > LONGEST_WORD or not word.isprintable() for word in line.words):
            raise line.wrong("words too long or unprintable", f"text in words of at most {LONGEST_WORD} characters")
        if line.words:
            yield line
