"""The pieces a problem is taken apart into for the local search, before they are laid out in memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from solver.pools import RoomSet


@dataclass
class Term:
    """A rule on the day masks of one row. price: 0 hard; masks: one per day, for the kinds that need them."""

    kind: int
    limit: int
    price: int
    extra: int = 0
    masks: Sequence[int] | None = None


@dataclass
class Member:
    """A lesson in a set or pick. length: its duration; weeks: one bit for each of its weeks."""

    block: int
    length: int
    weeks: int
    pick: int = -1


@dataclass
class Set:
    """A rule on the starts, or picks, of a few lessons."""

    kind: int
    limit: int
    price: int
    members: list[Member]
    masks: Sequence[int] | None = None


@dataclass
class Row:
    """clash: what lessons beyond the capacity of a cell cost: -1 hard, 0 nothing, else a price; cells: the capacity
    of each cell where they differ; weeks: those it stands for, as bits; parent: the row whose terms read this one;
    copies: equal rows it counts for; blocks: who may be in it."""

    clash: int = 0
    capacity: int = 1
    cells: list[int] | None = None
    weeks: int = 1
    parent: int = -1
    copies: int = 1
    terms: list[Term] = field(default_factory=list)
    blocks: set[int] = field(default_factory=set)


@dataclass
class Pick:
    """A room, set of rooms or teacher to choose. options: candidates, None for going without; rows: for each the
    first rows of what it keeps busy; ids: what tells them apart, -1 for going without; costs: price per lesson of
    choosing it; sets: numbers of the sets that look at it."""

    options: list[RoomSet | str | None]
    rows: list[list[int]]
    ids: list[int]
    costs: list[int]
    members: list[Member] = field(default_factory=list)
    sets: list[int] = field(default_factory=list)


def names_of(option: RoomSet | str | None) -> Iterable[str]:
    """The rooms, or the teacher, of a candidate."""
    return (option,) if isinstance(option, str) else option or ()
