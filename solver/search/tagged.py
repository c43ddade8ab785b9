"""Rows that count only the lessons of a resource that carry some tags."""

from typing import TYPE_CHECKING

from solver.domains import Resource
from solver.search.parts import Row, names_of

if TYPE_CHECKING:
    from solver.search.compile import Compiled


def tagged_row(c: "Compiled", resource: Resource, tags: tuple[str, ...]) -> int | None:
    """First of the rows of the lessons with one of the tags, made once: those that always use the resource and those
    that may choose it. None where one choice is for lessons with and without the tags."""
    key = (*resource, tags)
    if key not in c.row_of:
        always = c.users.get(resource, [])
        fixed = [x for x in always if x.all_tags.intersection(tags)]
        known = {x.id for x in always}
        groups = {n: [x for x in c.choosing[n] if x.id not in known] for n in c.candidacies.get(resource, ())}
        tagged = {n: [x for x in group if x.all_tags.intersection(tags)] for n, group in groups.items()}
        if any(len(tagged[n]) not in (0, len(group)) for n, group in groups.items()):
            return None
        choosing = {n: group for n, group in tagged.items() if group}
        c.row_of[key] = c.counting_row(fixed, Row(), [x for group in choosing.values() for x in group])
        for number in choosing:
            candidate_rows(c, number, resource).append(c.row_of[key])
    return c.row_of[key]


def candidate_rows(c: "Compiled", number: int, resource: Resource) -> list[int]:
    """What is kept busy by choosing a resource."""
    pick = c.picks[number]
    return next(rows for option, rows in zip(pick.options, pick.rows, strict=True) if resource[1] in names_of(option))
