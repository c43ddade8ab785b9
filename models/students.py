"""Atomic student sets: the smallest groups of students that always move together.

A class divided by two splits (languages: French, Spanish; sport: a, b) has the four sets of their combinations.
Two lessons share students exactly when they share an atomic set, so one clash rule serves every kind of division.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.problem import Lesson, SchoolClass

MOST_SETS = 4096
"""More atomic sets than this in one class mean a mistake in the splits."""


class StudentSets:
    """Derived once per problem. Sets that attend exactly the same lessons are merged into the first of them."""

    def __init__(self, classes: Sequence["SchoolClass"], lessons: Sequence["Lesson"]) -> None:
        self._classes = {c.id: c for c in classes}
        self._lessons = lessons

    @cached_property
    def _parts(self) -> dict[str, dict[str, list[str]]]:
        """class -> split -> its parts."""
        parts: dict[str, dict[str, list[str]]] = {}
        for c in self._classes.values():
            if c.part_of is not None and not c.students:
                parts.setdefault(c.part_of, {}).setdefault(c.split, []).append(c.id)
        return parts

    @cached_property
    def _raw(self) -> dict[str, frozenset[str]]:
        """class -> all its atomic sets, before merging."""
        found: dict[str, frozenset[str]] = {}
        for c in self._classes.values():
            if c.students:
                found[c.id] = frozenset(c.students)
        for c in self._classes.values():
            if c.id not in found and c.part_of is None:
                self._divide(c.id, found)
        return found

    def _divide(self, root: str, found: dict[str, frozenset[str]]) -> None:
        """Numbered steps: 1. each combination of one leaf path per split is an atomic set; 2. every class below
        the root owns the sets whose combination passes through it.

        Example: splits L = {F, S}, G = {a, b} give the sets F/a, F/b, S/a, S/b; class F owns F/a and F/b.
        """
        members: dict[str, set[str]] = {}
        for path in self._paths(root):
            name = "/".join(path[1:]) or root
            for c in path:
                members.setdefault(c, set()).add(f"{root}:{name}" if len(path) > 1 else root)
        found.update({c: frozenset(sets) for c, sets in members.items()})

    def _paths(self, c: str) -> list[tuple[str, ...]]:
        choices = [[path for part in parts for path in self._paths(part)] for parts in self._parts.get(c, {}).values()]
        total = 1
        for choice in choices:
            total *= len(choice)
        if total > MOST_SETS:
            raise ValueError(f"class {c!r} is divided into {total} combinations of parts, at most {MOST_SETS} can be")
        return [(c, *(x for path in combination for x in path)) for combination in product(*choices)]

    @cached_property
    def _merged(self) -> dict[str, str]:
        """atomic set -> the set that stands for it (the first that attends the same lessons)."""
        attends: dict[str, list[int]] = {s: [] for c in self._classes for s in sorted(self._raw.get(c, ()))}
        for number, lesson in enumerate(self._lessons):
            for s in {s for c in lesson.classes for s in self._raw.get(c, ())}:
                attends[s].append(number)
        first: dict[tuple[int, ...], str] = {}
        return {s: first.setdefault(tuple(numbers), s) if numbers else s for s, numbers in attends.items()}

    @cached_property
    def sets(self) -> tuple[str, ...]:
        """All atomic sets, in the order of the classes."""
        return tuple(dict.fromkeys(self._merged.values()))

    @cached_property
    def _of_class(self) -> dict[str, tuple[str, ...]]:
        return {c: tuple(dict.fromkeys(self._merged[s] for s in sorted(sets))) for c, sets in self._raw.items()}

    def of(self, classes: Iterable[str]) -> tuple[str, ...]:
        """The atomic sets of some classes, each once."""
        key = tuple(classes)
        if key not in self._of:
            self._of[key] = tuple(dict.fromkeys(s for c in key for s in self._of_class.get(c, ())))
        return self._of[key]

    @cached_property
    def _of(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        return {}

    @cached_property
    def classes_of(self) -> dict[str, tuple[str, ...]]:
        """atomic set -> the classes that contain it."""
        owners: dict[str, list[str]] = {s: [] for s in self.sets}
        for c, sets in self._of_class.items():
            for s in sets:
                owners[s].append(c)
        return {s: tuple(cs) for s, cs in owners.items()}

    def label(self, student_set: str) -> str:
        """How a person names the set: the smallest class that is exactly it, else its own name."""
        if student_set not in self._labels:
            exact = (c for c in self.classes_of.get(student_set, ()) if self._of_class[c] == (student_set,))
            self._labels[student_set] = next(exact, student_set)
        return self._labels[student_set]

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {}
