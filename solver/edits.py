"""Changes of a problem, each giving a new one that is validated again."""

from collections.abc import Callable, Iterable
from typing import Any

from models.problem import Lesson, Problem
from models.rules import LessonRule, ResourceRule, Rule, Who

Edit = Callable[[Problem], Problem]


def changed(problem: Problem, **fields: Any) -> Problem:
    old = {name: getattr(problem, name) for name in type(problem).model_fields}
    return Problem(**{**old, **fields})


def replaced(problem: Problem, one: Rule, by: Iterable[Rule]) -> Problem:
    """one: a rule of the problem, or such a rule for one of its resources; the others keep it. The same problem when
    it has no such rule (any more)."""
    rules: list[Rule] = []
    left = [one]
    for rule in problem.rules:
        if left and _covers(rule, one):
            left.clear()
            rules += [*_for_others(problem, rule, one), *by]
        else:
            rules.append(rule)
    return changed(problem, rules=tuple(rules))


def _covers(rule: Rule, one: Rule) -> bool:
    if not isinstance(rule, ResourceRule) or not isinstance(one, ResourceRule):
        return rule == one
    named = not rule.who.ids or set(one.who.ids) <= set(rule.who.ids)
    return named and rule.who.kind == one.who.kind and rule.model_copy(update={"who": one.who}) == one


def _for_others(problem: Problem, rule: Rule, one: Rule) -> list[Rule]:
    if not isinstance(rule, ResourceRule) or not isinstance(one, ResourceRule):
        return []
    everyone = {"teacher": tuple(problem.teacher), "room": tuple(problem.room), "class": _whole_classes(problem)}
    others = tuple(x for x in rule.who.ids or everyone[rule.who.kind] if x not in one.who.ids)
    return [rule.model_copy(update={"who": Who(kind=rule.who.kind, ids=others)})] if others else []


def _whole_classes(problem: Problem) -> tuple[str, ...]:
    return tuple(c.id for c in problem.classes if c.part_of is None)


def with_lessons(problem: Problem, new: Iterable[Lesson]) -> Problem:
    """Lessons of the same ids take the place of the old ones."""
    by_id = {x.id: x for x in new}
    return changed(problem, lessons=tuple(by_id.get(x.id, x) for x in problem.lessons))


def without_lesson(problem: Problem, id_: str) -> Problem:
    """Rules that name the lesson go on with the others; those that would have none are dropped."""
    rules = [_without(r, id_) for r in problem.rules]
    lessons = tuple(x for x in problem.lessons if x.id != id_)
    return changed(problem, lessons=lessons, rules=tuple(r for r in rules if r is not None))


def _without(rule: Rule, id_: str) -> Rule | None:
    if not isinstance(rule, LessonRule) or id_ not in rule.lessons:
        return rule
    rest = tuple(x for x in rule.lessons if x != id_)
    return rule.model_copy(update={"lessons": rest}) if rest else None
