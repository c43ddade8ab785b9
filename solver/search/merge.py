"""Fewer rows for the same meaning: students who have every lesson in common are judged once.

Numbers of rows stay as they are; a row that is not needed is left without lessons, terms and clashes.
"""

from collections import defaultdict
from collections.abc import Hashable
from typing import TYPE_CHECKING

from solver.search import layout as L  # noqa: N812
from solver.search.cliques import Users, is_plain, join_clashes
from solver.search.parts import Row

if TYPE_CHECKING:
    from solver.search.compile import Compiled


def merge_rows(c: "Compiled") -> None:
    """Rows with the same lessons and terms become one that counts for all; then rows that can clash only where another
    one does are no longer looked at for clashes."""
    users = users_of_rows(c)
    alone = looked_at_by_others(c)
    same: dict[Hashable, int] = {}
    for number, row in enumerate(c.rows):
        if number in alone or not users[number]:
            continue
        kept = same.setdefault(_signature(row, users[number]), number)
        if kept != number:
            c.rows[kept].copies += row.copies
            users[number] = _empty(c, number)
    _drop_implied_clashes(c, users, alone)
    for number in join_clashes(c, users, alone):
        _leave_clashes(c, users, number)


def users_of_rows(c: "Compiled") -> list[Users]:
    found: list[Users] = [{} for _ in c.rows]
    for block, uses in enumerate(c.uses):
        for row, cells in uses.items():
            found[row][block] = cells
    return found


def looked_at_by_others(c: "Compiled") -> set[int]:
    """Rows that a choice, a term of another row or a row of sites refers to by number."""
    found = {row for pick in c.picks for own in pick.rows for first in own for row in c.group[first]}
    for number, row in enumerate(c.rows):
        found.update(x for x in (row.parent, number if row.parent >= 0 else -1) if x >= 0)
        found.update(x for t in row.terms if t.kind == L.LAST_OF_DAY for x in (number, t.extra))
    return found


def _signature(row: Row, users: Users) -> Hashable:
    terms = tuple((t.kind, t.limit, t.price, t.extra, tuple(t.masks or ())) for t in row.terms)
    cells = None if row.cells is None else tuple(row.cells)
    return frozenset(users.items()), terms, row.clash, row.capacity, cells


def _empty(c: "Compiled", number: int) -> Users:
    """Take a row out of the search."""
    for block in c.rows[number].blocks:
        c.uses[block].pop(number, None)
    c.rows[number] = Row(weeks=c.rows[number].weeks)
    return {}


def _drop_implied_clashes(c: "Compiled", users: list[Users], alone: set[int]) -> None:
    """Where every lesson of a row is also in another one, two that clash in the first clash in the second."""
    rows_of_block: dict[int, set[int]] = defaultdict(set)
    plain = {n for n, row in enumerate(c.rows) if is_plain(row)}
    for number in plain:
        for block in users[number]:
            rows_of_block[block].add(number)
    for number in sorted(plain - alone, key=lambda n: (len(users[n]), n)):
        if not users[number]:
            continue
        others = set.intersection(*(rows_of_block[block] for block in users[number])) - {number}
        if any(_covers(users[other], users[number]) for other in others):
            for block in users[number]:
                rows_of_block[block].discard(number)
            _leave_clashes(c, users, number)


def _leave_clashes(c: "Compiled", users: list[Users], number: int) -> None:
    """Other rows judge the clashes of this one; without terms there is nothing left to look at."""
    c.rows[number].clash = 0
    if not c.rows[number].terms:
        users[number] = _empty(c, number)


def _covers(wide: Users, narrow: Users) -> bool:
    """Whether each lesson keeps the wide row busy at least as long."""
    return all(
        wide[block][0] <= offset and wide[block][0] + wide[block][1] >= offset + length
        for block, (offset, length) in narrow.items()
    )
