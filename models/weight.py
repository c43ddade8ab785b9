"""How a score changes, and by which breaches."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from models.rules import Rule, Violation

Price = tuple[int, int]
"""Hard and soft amounts; the less the better."""

Said = tuple[Violation, ...]


@dataclass(frozen=True)
class Weight:
    """How the score changes. hard, soft: as in `Score`; came, gone: breaches that are there only after, only before."""

    hard: int = 0
    soft: int = 0
    came: Said = ()
    gone: Said = ()

    @property
    def key(self) -> Price:
        return self.hard, self.soft

    def __add__(self, other: "Weight") -> "Weight":
        came, gone = (*self.came, *other.came), (*self.gone, *other.gone)
        return Weight(self.hard + other.hard, self.soft + other.soft, *_cancelled(came, gone))

    def __neg__(self) -> "Weight":
        return Weight(-self.hard, -self.soft, self.gone, self.came)


NOTHING = Weight()


def difference(rule: Rule, before: Said, after: Said) -> Weight:
    """Between what the rule says."""
    if before == after:
        return NOTHING
    came, gone = _cancelled(after, before)
    amount = sum([v.amount for v in came]) - sum([v.amount for v in gone])
    if rule.weight is None:
        return Weight(amount, 0, came, gone)
    return Weight(0, amount * rule.weight, came, gone)


def named(rule: Rule, violations: Iterable[Violation]) -> Said:
    """Breaches of a rule, instead of what it was narrowed to."""
    said = tuple(violations)
    if all(v.rule is rule for v in said):
        return said
    return tuple(Violation(rule, v.amount, v.who, v.lessons, v.sentence) for v in said)


def _cancelled(came: Said, gone: Said) -> tuple[Said, Said]:
    """Both without what they have in common."""
    if not came or not gone:
        return came, gone
    both = Counter(map(_told, came)) & Counter(map(_told, gone))
    return (tuple(_without(came, both)), tuple(_without(gone, both))) if both else (came, gone)


def _told(violation: Violation) -> tuple[int, str, int]:
    return id(violation.rule), violation.sentence, violation.amount


def _without(violations: Iterable[Violation], left_out: Counter[tuple[int, str, int]]) -> list[Violation]:
    still, kept = Counter(left_out), []
    for violation in violations:
        if still[_told(violation)]:
            still[_told(violation)] -= 1
        else:
            kept.append(violation)
    return kept
