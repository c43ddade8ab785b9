"""Fewer rules that ask the same."""

from collections.abc import Iterable

from models.rules import AnyRule, ResourceRule, Who


def grouped(rules: Iterable[AnyRule]) -> list[AnyRule]:
    """The same demands with fewer rules: those that differ in their people alone become one, where the first stood.

    A rule on everybody swallows equal ones on some.
    """
    result: dict[AnyRule, AnyRule] = {}
    for rule in rules:
        key = _anonymous(rule)
        result[key] = _joined(result[key], rule) if key in result else rule
    return list(result.values())


def _anonymous(rule: AnyRule) -> AnyRule:
    if not isinstance(rule, ResourceRule):
        return rule
    return rule.model_copy(update={"who": Who(kind=rule.who.kind), "source": ""})


def _joined(first: AnyRule, second: AnyRule) -> AnyRule:
    """The first rule, on the people of both."""
    if not isinstance(first, ResourceRule) or not isinstance(second, ResourceRule):
        return first
    everybody = not first.who.ids or not second.who.ids
    ids = () if everybody else tuple(dict.fromkeys((*first.who.ids, *second.who.ids)))
    return first.model_copy(update={"who": Who(kind=first.who.kind, ids=ids)})
