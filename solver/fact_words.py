"""How a director would say the facts of a problem."""

from collections.abc import Sequence

from models.diagnose.finding import capital, listed, times
from models.problem import Lesson, Problem
from models.rules import ResourceRule, Rule
from models.rules.preferred_rooms import PreferredRooms
from models.rules.preferred_times import PreferredTimes
from models.rules.same_start import SameStart
from models.rules.unavailable import Unavailable

SAID = ("who", "lessons", "kind", "weight", "source")
"""Fields of a rule that are not told as its numbers."""


def rule_words(problem: Problem, rule: Rule) -> str:
    """A hard rule; a resource rule speaks of one resource, or of several together."""
    lessons = _titles(problem, getattr(rule, "lessons", ()))
    match rule:
        case Unavailable():
            tagged = f" for {listed(rule.tags)}" if rule.tags else ""
            return f"{rule.who.ids[0]} is not available{tagged} on {times(problem.grid, rule.cells) or 'no day'}"
        case PreferredTimes():
            verb = "must lie in" if rule.whole else "must start at"
            return f"{lessons} {verb} {times(problem.grid, rule.cells) or 'no time at all'}"
        case PreferredRooms():
            return f"{lessons} must be in {listed(rule.rooms) or 'no room at all'}"
        case SameStart():
            return f"{lessons} must start together"
        case _:
            subject = _who(rule) if isinstance(rule, ResourceRule) else lessons or "every lesson"
            return f"{subject}: {rule.name.replace('_', ' ')}{_numbers(problem, rule)}"


def _who(rule: ResourceRule) -> str:
    """Of whom a rule speaks that is one fact for all of them."""
    every = {"teacher": "every teacher", "class": "every class", "room": "every room"}
    return listed(rule.who.ids) or every[rule.who.kind]


def _numbers(problem: Problem, rule: Rule) -> str:
    """The fields of a rule that were set: " (limit 2, tags lab)"."""
    told = []
    for name, value in rule:
        default = type(rule).model_fields[name].default
        if name not in SAID and value != default:
            told.append(f"{name.replace('_', ' ')} {_value(problem, name, value)}")
    return f" ({', '.join(told)})" if told else ""


def _value(problem: Problem, name: str, value: object) -> str:
    if name == "cells" and isinstance(value, tuple):
        return times(problem.grid, value)
    if isinstance(value, tuple):
        return listed(map(str, value))
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def pin_words(problem: Problem, lesson: Lesson) -> str:
    pin = lesson.pin
    where = [problem.grid.label(pin.start)] if pin.start is not None else []
    where += [f"room {r}" if r is not None else "no room" for r in pin.rooms or ()]
    where += [f"teacher {t}" for t in pin.teachers or ()]
    return f"{lesson.title} is pinned to {listed(where)}"


def request_words(problem: Problem, lessons: list[Lesson]) -> str:
    """Lessons that ask for the same rooms."""
    asked = []
    for request in lessons[0].rooms:
        rooms = problem.room_choices(request)
        every = len(rooms) == len(problem.rooms)
        asked.append("a room" if every else f"one of {listed(rooms)}" if rooms else "a room that does not exist")
    verb = "may have" if all(r.optional for r in lessons[0].rooms) else "needs" if len(lessons) == 1 else "need"
    return capital(f"{listed(x.title for x in lessons)} {verb} {listed(asked)}")


def _titles(problem: Problem, lessons: Sequence[str]) -> str:
    """Titles of lessons; their ids where titles do not tell them apart."""
    titles = [problem.lesson[x].title for x in lessons]
    return listed(titles if len(set(titles)) == len(titles) else lessons)
