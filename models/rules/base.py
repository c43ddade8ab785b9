"""What a rule is: data, and a plain definition of when it is broken and by how much."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from models.base import Id, ResourceKind, Value, Weight

if TYPE_CHECKING:
    from models.board import Board


@dataclass(frozen=True, slots=True)
class Violation:
    """One breach of one rule.

    amount: how far it is broken, in the rule's own unit, at least 1;
    who: names of the teachers, classes or rooms concerned; lessons: ids of the lessons concerned;
    sentence: the breach as a director would say it.
    """

    rule: "Rule"
    amount: int
    who: tuple[str, ...]
    lessons: tuple[str, ...]
    sentence: str

    @property
    def penalty(self) -> int:
        """What the breach costs; 0 for a hard rule, which has no price."""
        return self.amount * (self.rule.weight or 0)


class Rule(Value):
    """A demand on the timetable. `weight` None: hard; else the price of one unit of the violation's amount.

    source: where the rule comes from, for messages, e.g. "Teachers!F12"; never changes its meaning.
    """

    unit: ClassVar[str] = "breach"
    weight: Weight = None
    source: str = ""

    @property
    def name(self) -> str:
        """Name in the catalogue, e.g. "max_gaps_per_day"."""
        return str(getattr(self, "kind"))  # noqa: B009  every rule of the catalogue has the field `kind`

    def violations(self, board: "Board") -> Iterator[Violation]:
        """Every breach in the timetable on the board; unplaced lessons break nothing."""
        raise NotImplementedError

    def broken(self, amount: int, sentence: str, who: tuple[str, ...] = (), lessons: tuple[str, ...] = ()) -> Violation:
        return Violation(self, amount, who, lessons, sentence)


class Who(Value):
    """The teachers, classes or rooms a rule speaks of; no ids means all of that kind.

    A class stands for each of its atomic student sets: the rule holds for every one of them.
    """

    kind: ResourceKind
    ids: tuple[Id, ...] = ()


class ResourceRule(Rule):
    """A rule on how each of some resources spends its time.

    tags: count only lessons that carry one of these tags; empty means every lesson.
    Every lesson carries the tag `subject:<id>` of its subject besides its own tags.
    """

    who: Who
    tags: tuple[Id, ...] = ()


class LessonRule(Rule):
    """A rule on some lessons."""

    lessons: tuple[Id, ...]


def counted(number: int, thing: str) -> str:
    """A number of things as a person says it: "1 gap", "2 gaps"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
