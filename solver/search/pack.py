"""Laying a compiled problem out in one flat array."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np
import numpy.typing as npt

from solver.search import layout as L  # noqa: N812
from solver.search.jit import COMPILED
from solver.search.kernel import judge_day, judge_set, tabulate
from solver.search.layout import Memory
from solver.search.parts import Set, Term

if TYPE_CHECKING:
    from solver.search.compile import Compiled


T = TypeVar("T")
Table = npt.NDArray[np.int64]

ALL_PAIRS = 4
"""Members of a set up to which all pairs are looked at after a move."""


class Packer:
    """Collects tables and remembers their offsets in the head."""

    def __init__(self) -> None:
        self.head = [0] * L.HEAD
        self.tables: list[Table] = []
        self.size = L.HEAD

    def add(self, name: int, values: Sequence[int] | Table) -> None:
        table = np.asarray(values, dtype=np.int64).ravel()
        self.head[name] = self.size
        self.tables.append(table)
        self.size += len(table)

    def zeros(self, name: int, length: int) -> None:
        self.add(name, np.zeros(length, dtype=np.int64))

    def lists(self, pointer: int, lists: Sequence[Sequence[T]]) -> list[T]:
        """Pointers to where each list begins in their concatenation, which is returned."""
        self.add(pointer, np.concatenate(([0], np.cumsum([len(x) for x in lists]))) if lists else [0])
        return [value for x in lists for value in x]

    def memory(self) -> Memory:
        flat = np.concatenate([np.asarray(self.head, dtype=np.int64), *self.tables])
        return cast(Memory, flat if COMPILED else flat.tolist())


def pack(c: "Compiled", seed: int) -> Memory:
    p = Packer()
    _pack_grid(c, p)
    _pack_blocks(c, p)
    _pack_rows(c, p)
    _pack_sets(c, p)
    _pack_picks(c, p)
    items = len(c.rows) + len(c.sets)
    p.zeros(L.BAD, items + 1)
    p.zeros(L.BAD_POS, items + 1)
    p.zeros(L.JOURNAL, 2 * L.JOURNAL_SIZE)
    p.zeros(L.LOG, 2 * L.LOG_SIZE)
    p.zeros(L.QUEUE, 2 * L.QUEUE_SIZE + 2)
    p.head[L.RANDOM] = random_state(seed)
    p.head[L.BEST_HARD] = 1 << 60
    m = p.memory()
    _judge_everything(c, m)
    return m


def random_state(seed: int) -> int:
    """State of the generator to begin with."""
    return (seed * 0x9E3779B97F4A7C15 + 0x1234567) % (1 << 61) + 1


def _pack_grid(c: "Compiled", p: Packer) -> None:
    grid = c.grid
    p.head[L.CELLS], p.head[L.WEEKS], p.head[L.DAYS] = grid.size, c.weeks, len(grid.day_cells)
    p.head[L.BLOCKS], p.head[L.ROWS] = len(c.leaders), len(c.rows)
    p.head[L.SETS], p.head[L.PICKS] = len(c.sets), len(c.picks)
    p.add(L.CELL_DAY, [cell.day for cell in grid.cells])
    p.add(L.CELL_POS, [cell.number - grid.day_cells[cell.day].start for cell in grid.cells])
    p.add(L.CELL_START, [cell.start for cell in grid.cells])
    p.add(L.CELL_END, [cell.end for cell in grid.cells])
    p.add(L.DAY_FIRST, [*(cells.start for cells in grid.day_cells), grid.size])
    p.add(L.JOINED, c.day_masks(cell.number for cell in grid.cells if cell.joined))


def _pack_blocks(c: "Compiled", p: Packer) -> None:
    blocks = range(len(c.leaders))
    starts = [c.domains.starts[leader] for leader in c.leaders]
    p.add(L.STARTS, p.lists(L.STARTS_PTR, starts))
    allowed = np.zeros((len(c.leaders), c.grid.size), dtype=np.int64)
    for b in blocks:
        for cell in starts[b]:
            allowed[b, cell] = 1 + c.start_cost.get((b, cell), 0)
    p.add(L.ALLOWED, allowed)
    # rows without clashes first: a LAST_OF_DAY term of a class reads the row of its last lessons
    uses = [sorted(c.uses[b].items(), key=lambda use: c.rows[use[0]].clash != 0) for b in blocks]
    flat = p.lists(L.USES_PTR, uses)
    p.add(L.USES_ROW, [row for row, _ in flat])
    p.add(L.USES_OFFSET, [offset for _, (offset, _) in flat])
    p.add(L.USES_LENGTH, [length for _, (_, length) in flat])
    p.add(L.START, [-1] * len(c.leaders))
    p.add(L.BEST_START, [-1] * len(c.leaders))
    pairs = p.lists(L.BLOCK_PICKS_PTR, _picks_of_blocks(c))
    p.add(L.BLOCK_PICKS, np.asarray(pairs, dtype=np.int64).ravel())
    load = {b: sum(len(c.rows[row].blocks) * length for row, (_, length) in uses[b]) for b in blocks}
    movable = sorted((b for b in blocks if starts[b]), key=lambda b: (len(starts[b]), -load[b], b))
    p.add(L.MOVABLE, movable or [0])
    p.head[L.MOVABLE_COUNT] = len(movable)
    p.add(L.TWIN, _twins(c, allowed))
    p.add(L.PLAIN, _plain(c))


def _plain(c: "Compiled") -> list[int]:
    """Periods of all uses of a block of which only clashes in its rows are hard, else 0."""
    lists = [*(s.members for s in c.sets), *(pick.members for pick in c.picks)]
    bound = {x.block for members in lists for x in members}

    def judged(row: int) -> bool:
        own, parent = c.rows[row], c.rows[row].parent
        return any(t.price == 0 for t in (*own.terms, *(c.rows[parent].terms if parent >= 0 else ())))

    def periods(block: int) -> int:
        shapes = set(c.uses[block].values())
        alike = len(shapes) == 1 and next(iter(shapes))[0] == 0
        return next(iter(shapes))[1] if alike and not any(map(judged, c.uses[block])) else 0

    return [0 if block in bound else periods(block) for block in range(len(c.leaders))]


def _twins(c: "Compiled", allowed: Table) -> list[int]:
    """A number for each block, the same for those with the same uses, starts and prices, choices and sets."""
    sets: list[list[int]] = [[] for _ in c.leaders]
    for number, s in enumerate(c.sets):
        for member in s.members:
            sets[member.block].append(number)
    picks = [[(tuple(c.picks[x].ids), tuple(c.picks[x].costs)) for x, _ in own] for own in _picks_of_blocks(c)]
    looks = [
        (frozenset(uses.items()), allowed[b].tobytes(), tuple(sets[b]), tuple(picks[b]))
        for b, uses in enumerate(c.uses)
    ]
    known: dict[object, int] = {}
    return [known.setdefault(look, b) for b, look in enumerate(looks)]


def _picks_of_blocks(c: "Compiled") -> list[list[tuple[int, int]]]:
    """Block -> (pick, place among the members of all picks) of its lessons."""
    found: list[list[tuple[int, int]]] = [[] for _ in c.leaders]
    members = [(number, x) for number, pick in enumerate(c.picks) for x in pick.members]
    for place, (number, x) in enumerate(members):
        found[x.block].append((number, place))
    return found


def _pack_rows(c: "Compiled", p: Packer) -> None:
    rows, days = c.rows, len(c.grid.day_cells)
    p.zeros(L.OCC, len(rows) * c.grid.size)
    p.zeros(L.OCC_SUM, len(rows) * c.grid.size)
    p.zeros(L.MASK, len(rows) * days)
    p.add(L.CAPACITY, [row.capacity for row in rows])
    p.add(L.CLASH_WEIGHT, [row.clash for row in rows])
    own: list[int] = []
    pointers = []
    for row in rows:
        pointers.append(-1 if row.cells is None else len(own))
        own.extend(row.cells or ())
    p.add(L.CAPACITY_PTR, pointers)
    p.add(L.CELL_CAPACITY, own)
    movable = [len(c.domains.starts[leader]) > 1 for leader in c.leaders]
    first = 0
    ends = []
    for row in rows:
        ends.append(first + sum(movable[b] for b in row.blocks))
        first += len(row.blocks)
    ordered = [sorted(row.blocks, key=lambda b: (not movable[b], b)) for row in rows]
    p.add(L.ROW_BLOCKS, p.lists(L.ROW_BLOCKS_PTR, ordered))
    p.add(L.ROW_MOVABLE_END, ends)
    p.zeros(L.ROW_HARD, len(rows))
    p.add(L.ROW_WEIGHT, [1] * len(rows))
    p.add(L.ROW_PARENT, [row.parent for row in rows])
    p.add(L.ROW_FACTOR, [row.weeks.bit_count() for row in rows])
    p.add(L.ROW_COPIES, [row.copies for row in rows])
    terms = p.lists(L.ROW_TERMS_PTR, [sorted(row.terms, key=lambda t: t.price > 0) for row in rows])
    _pack_hard_ends(p, L.ROW_HARD_END, [[t.price for t in row.terms] for row in rows])
    p.head[L.TERMS] = len(terms)
    p.add(L.T_KIND, [t.kind for t in terms])
    p.add(L.T_LIMIT, [t.limit for t in terms])
    p.add(L.T_EXTRA, [t.extra for t in terms])
    p.add(L.T_PRICE, [t.price for t in terms])
    _pack_masks(c, p, terms)
    for name in (L.T_SUM, L.T_AMOUNT):
        p.zeros(name, len(terms))
    p.zeros(L.T_FEATURE, len(terms) * days)
    _pack_tables(c, p, terms)
    p.zeros(L.SEEN, len(rows))


def _pack_hard_ends(p: Packer, name: int, prices: list[list[int]]) -> None:
    """Where the hard ones (price 0) of each list end; they come first."""
    first, ends = 0, []
    for own in prices:
        ends.append(first + own.count(0))
        first += len(own)
    p.add(name, ends)


def _pack_tables(c: "Compiled", p: Packer, terms: list[Term]) -> None:
    """Room for the features of each term by the mask of a day; terms that look alike share a table."""
    size = 0
    known: dict[tuple[object, ...], int] = {}
    places: list[int] = []
    for t in terms:
        for day, cells in enumerate(c.grid.day_cells):
            if t.kind in L.NOT_BY_MASK or len(cells) > L.LONGEST_TABLE:
                places.append(-1)
                continue
            key = (t.kind, t.limit, t.extra, t.masks[day] if t.masks else None, day if t.kind == L.RUN_MAX else None)
            if (*key, len(cells)) not in known:
                known[*key, len(cells)] = size
                size += 1 << len(cells)
            places.append(known[*key, len(cells)])
    p.zeros(L.TABLES, size)
    p.add(L.T_TABLE, [p.head[L.TABLES] + place if place >= 0 else -1 for place in places])


def _pack_masks(c: "Compiled", p: Packer, terms: list[Term]) -> None:
    """One table of day masks for terms and sets; equal ones are stored once."""
    masks: list[int] = []
    known: dict[tuple[int, ...], int] = {}

    def offset(wanted: Sequence[int] | None) -> int:
        key = tuple(wanted or ())
        if key not in known:
            known[key] = len(masks)
            masks.extend(key)
        return known[key]

    p.add(L.T_MASKS, [offset(t.masks) for t in terms])
    p.add(L.S_MASKS, [offset(s.masks) for s in c.sets])
    p.add(L.MASKS, masks)


def _pack_sets(c: "Compiled", p: Packer) -> None:
    members = p.lists(L.S_PTR, [s.members for s in c.sets])
    p.add(L.S_KIND, [s.kind for s in c.sets])
    p.add(L.S_LIMIT, [s.limit for s in c.sets])
    p.add(L.S_PRICE, [s.price for s in c.sets])
    p.add(L.MEMBER_BLOCK, [x.block for x in members])
    p.add(L.MEMBER_LENGTH, [x.length for x in members])
    p.add(L.MEMBER_WEEKS, [x.weeks for x in members])
    p.add(L.MEMBER_PICK, [x.pick for x in members])
    p.zeros(L.S_AMOUNT, len(c.sets))
    p.add(L.BY_SHARES, [int(_by_shares(s)) for s in c.sets])
    p.zeros(L.SHARE, len(c.sets))
    p.add(L.SET_WEIGHT, [1] * len(c.sets))
    _pack_sets_of_blocks(c, p)


def _pack_sets_of_blocks(c: "Compiled", p: Packer) -> None:
    """The sets of each block, the hard ones first, and its first member of each."""
    found: list[dict[int, int]] = [{} for _ in c.leaders]
    members = ((number, x) for number, s in enumerate(c.sets) for x in s.members)
    for place, (number, x) in enumerate(members):
        found[x.block].setdefault(number, place)
    ordered = [sorted(own, key=lambda number: c.sets[number].price > 0) for own in found]
    _pack_hard_ends(p, L.BLOCK_HARD_END, [[c.sets[number].price for number in own] for own in ordered])
    p.add(L.BLOCK_SETS, p.lists(L.BLOCK_SETS_PTR, ordered))
    p.add(L.BLOCK_MEMBER, [own[number] for own, numbers in zip(found, ordered, strict=True) for number in numbers])


def _by_shares(s: Set) -> bool:
    """Whether a move of one block is told by its own pairs, and that is less than all pairs."""
    alone = len({x.block for x in s.members}) == len(s.members)
    return s.kind in L.BY_PAIRS and alone and len(s.members) > ALL_PAIRS


def _pack_picks(c: "Compiled", p: Packer) -> None:
    rows = p.lists(L.P_PTR, [pick.rows for pick in c.picks])
    p.add(L.P_ID, [x for pick in c.picks for x in pick.ids])
    each = p.lists(L.P_ROWS_PTR, [[row for first in own for row in c.group[first]] for own in rows])
    p.add(L.P_ROWS, each)
    p.add(L.P_ROW_WEEKS, [c.rows[row].weeks for row in each])
    p.add(L.P_COST, [cost for pick in c.picks for cost in pick.costs])
    p.zeros(L.P_NOW, len(c.picks))
    p.zeros(L.P_BEST, len(c.picks))
    members = p.lists(L.P_MEMBERS_PTR, [pick.members for pick in c.picks])
    p.add(L.P_BLOCK, [x.block for x in members])
    p.add(L.P_LENGTH, [x.length for x in members])
    p.add(L.P_WEEKS, [x.weeks for x in members])
    sets = [sorted(pick.sets, key=lambda number: c.sets[number].price > 0) for pick in c.picks]
    p.add(L.P_SETS, p.lists(L.P_SETS_PTR, sets))
    _pack_hard_ends(p, L.P_HARD_END, [[c.sets[number].price for number in own] for own in sets])


def _judge_everything(c: "Compiled", m: Memory) -> None:
    """Bring terms and sets to their amounts for the empty timetable."""
    filled: set[int] = set()
    for term in range(m[L.TERMS]):
        for day in range(m[L.DAYS]):
            place = int(m[m[L.T_TABLE] + term * m[L.DAYS] + day])
            if place >= 0 and place not in filled:
                tabulate(m, term, day)
                filled.add(place)
    for row in range(len(c.rows)):
        for day in range(len(c.grid.day_cells)):
            judge_day(m, row, day)
    for number in range(len(c.sets)):
        judge_set(m, number)
