"""Groups of students with exactly the same lessons: they are one to the rules, but count as often as they are named."""

from collections.abc import Iterator, Mapping

from models.base import Weight
from models.rules import Who


def each_counted(lessons: Mapping[str, frozenset[str]], weight: Weight) -> Iterator[tuple[Who, Weight]]:
    """For rules on every one of some classes: (classes, price), where a class that stands for n equal ones costs n
    times the weight. lessons: class -> what it attends; classes that attend nothing are left out."""
    alike: dict[frozenset[str], list[str]] = {}
    for class_, attended in lessons.items():
        if attended:
            alike.setdefault(attended, []).append(class_)
    by_count: dict[int, list[str]] = {}
    for classes in alike.values():
        by_count.setdefault(1 if weight is None else len(classes), []).append(classes[0])
    for count, classes in sorted(by_count.items()):
        yield Who(kind="class", ids=tuple(classes)), None if weight is None else count * weight
