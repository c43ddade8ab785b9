"""Few rows that clash exactly where many did: lessons that exclude one another in pairs are one clique.

A student who shares lessons with others clashes with them in as many rows; one clique says the same once, and a clash
counts once instead of for each student.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from solver.search.parts import Row

if TYPE_CHECKING:
    from solver.search.compile import Compiled

Users = dict[int, tuple[int, int]]
"""Block -> (first cell counted from its start, number of cells)"""

Neighbours = dict[int, set[int]]
"""Block -> the blocks that never run beside it."""


def join_clashes(c: "Compiled", users: list[Users], kept: set[int]) -> set[int]:
    """Numbers of the rows whose clashes new rows judge now, each a clique that cannot be made larger.

    users: the lessons of each row; kept: rows that must judge their clashes themselves, as those with terms do. Only
    lessons that keep their rows busy throughout are joined, only in a problem of one week, and only if that makes
    fewer uses of rows.
    """
    if c.weeks > 1:
        return set()
    whole = [max((offset + length for offset, length in uses.values()), default=0) for uses in c.uses]
    able = [n for n, row in enumerate(c.rows) if users[n] and is_plain(row) and _throughout(users[n], whole)]
    free = [n for n in able if n not in kept and not c.rows[n].terms]
    cliques = _cover([users[n] for n in free], [users[n] for n in able])
    if sum(map(len, cliques)) >= sum(len(users[n]) for n in free):
        return set()
    for clique in cliques:
        _judge(c, users, clique, whole)
    return set(free)


def _cover(rows: list[Users], all_rows: list[Users]) -> list[set[int]]:
    """Cliques with every pair of blocks that is in one of the rows; all_rows: all that say what excludes what."""
    apart, left = neighbours(all_rows), neighbours(rows)
    cliques: list[set[int]] = []
    for users in sorted(rows, key=lambda users: (-len(users), sorted(users))):
        if any(left[block] & users.keys() for block in users):
            cliques.append(grown(set(users), apart, left))
            for block in cliques[-1]:
                left[block] -= cliques[-1]
    return cliques


def is_plain(row: Row) -> bool:
    """Whether two lessons in the row at a time are always a clash."""
    return row.clash == -1 and row.capacity == 1 and row.cells is None


def _throughout(users: Users, whole: list[int]) -> bool:
    return all(cells == (0, whole[block]) for block, cells in users.items())


def neighbours(rows: Iterable[Users]) -> Neighbours:
    found: Neighbours = defaultdict(set)
    for users in rows:
        for block in users:
            found[block].update(users)
    for block, others in found.items():
        others.discard(block)
    return found


def grown(clique: set[int], apart: Neighbours, left: Neighbours) -> set[int]:
    """A clique with every block that excludes all of it, first those with the most pairs still to be judged."""
    able = set.intersection(*(apart[block] for block in clique))
    while able:
        best = max(able, key=lambda block: (len(left[block] & clique), -block))
        if not left[best] & clique:
            break
        clique.add(best)
        able &= apart[best]
    return clique


def _judge(c: "Compiled", users: list[Users], clique: set[int], whole: list[int]) -> None:
    """A row that judges the clashes of a clique."""
    number = len(c.rows)
    c.group[number] = range(number, number + 1)
    c.rows.append(Row(clash=-1, blocks=set(clique)))
    users.append({block: (0, whole[block]) for block in sorted(clique)})
    for block in clique:
        c.uses[block][number] = (0, whole[block])
