"""Names of courses and lessons: readable, and the same again as long as the rows above stay."""

from collections.abc import Sequence

MOST_NAMED = 4
"""Classes of a joint lesson that its name shows."""


LONGEST = 120
"""Characters of a course's name before its teacher and number."""


class LessonNames:
    """Names the rows of the sheet Lessons from top to bottom."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def course(self, classes: Sequence[str], subject: str, teachers: Sequence[str]) -> str:
        """ "7A-MATH"; if that is taken with the teacher, then counted."""
        students = "+".join(classes[:MOST_NAMED]) + ("+more" if len(classes) > MOST_NAMED else "")
        name = "-".join(filter(None, (students, subject)))[:LONGEST]
        if name in self._taken and teachers:
            name = f"{name}-{teachers[0]}"
        return self._unused(name)

    def lessons(self, course: str, count: int) -> list[str]:
        """ "7A-MATH-1", "7A-MATH-2", ..."""
        return [self._unused(f"{course}-{number}") for number in range(1, count + 1)]

    def _unused(self, name: str) -> str:
        candidate, number = name, 1
        while candidate in self._taken:
            number += 1
            candidate = f"{name}.{number}"
        self._taken.add(candidate)
        return candidate
