"""What can be wrong with a file in a foreign format."""

from collections.abc import Iterable


class FormatError(ValueError):
    """The file does not say what the format demands.

    place: where, e.g. "line 12, <Teacher>"; found and expected: what stands there and what should.
    """

    def __init__(self, place: str, found: str, expected: str) -> None:
        super().__init__(f"{place}: found {found}, expected {expected}")
        self.place, self.found, self.expected = place, found, expected


class Unsupported(FormatError):
    """The file is sound but asks for something the problem cannot express.

    types: (what is asked, how often), in the order of the file.
    """

    def __init__(self, place: str, types: Iterable[tuple[str, int]], expected: str) -> None:
        self.types = tuple(types)
        super().__init__(place, ", ".join(f"{kind} ({count})" for kind, count in self.types), expected)
