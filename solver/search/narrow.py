"""Starts that no start of another lesson fits, taken away before the search begins.

A lesson that must stand beside one that is always in the second period can only be in the first or third; the local
search would find that out by moving it in vain. Only the starts of two lessons at a time are looked at.
"""

from collections.abc import Iterator

from solver.search import layout as L  # noqa: N812
from solver.search.kernel import set_amount
from solver.search.layout import Memory

ANY_TWO = (L.SAME_DAY, L.SAME_PERIOD, L.SAME_START, L.MAX_DAYS_BETWEEN)
NEIGHBOURS = (L.CONSECUTIVE, L.ORDERED)
"""Kinds of sets of which any two members, or two that follow each other in the list, must fit; `GROUPED` is looked at
where there are two."""

MOST = 10_000
"""Pairs of starts up to which two lessons are looked at."""

Starts = dict[int, tuple[int, ...]]
"""Of every block, in order."""

Pair = tuple[int, int, int]
"""A hard set and two of its members."""


def narrow(m: Memory, starts: Starts) -> None:
    """Of a memory in which nothing is placed yet and every block has these starts. Nothing is changed where a lesson
    would have no start left: then there is no complete timetable, and as much of it as possible is wanted."""
    fitting = Narrowing(m, dict(starts)).starts
    if fitting != starts and all(fitting[block] or not starts[block] for block in starts):
        keep(m, starts, fitting)


def keep(m: Memory, before: Starts, after: Starts) -> None:
    """Leave only some of the starts there were."""
    end = 0
    for block, own in after.items():
        for cell in set(before[block]).difference(own):
            m[m[L.ALLOWED] + block * m[L.CELLS] + cell] = 0
        m[m[L.STARTS_PTR] + block] = end
        for cell in own:
            m[m[L.STARTS] + end] = cell
            end += 1
    m[m[L.STARTS_PTR] + len(after)] = end


class Narrowing:
    """starts: of each block, those that fit one of every other block."""

    def __init__(self, m: Memory, starts: Starts) -> None:
        self.m, self.starts = m, starts
        self.known: dict[tuple[object, ...], tuple[tuple[int, ...], tuple[int, ...]]] = {}
        pairs = [pair for number in range(m[L.SETS]) for pair in self.pairs_of(number)]
        of_block: dict[int, list[Pair]] = {}
        for pair in pairs:
            for block in self.blocks(pair):
                of_block.setdefault(block, []).append(pair)
        due = dict.fromkeys(pairs)
        while due:
            pair = next(iter(due))
            del due[pair]
            for block in self.cut(pair):
                due.update(dict.fromkeys(of_block[block]))

    def pairs_of(self, number: int) -> Iterator[Pair]:
        """Those of a set that must fit whatever its other members do."""
        m = self.m
        kind, first, last = m[m[L.S_KIND] + number], int(m[m[L.S_PTR] + number]), int(m[m[L.S_PTR] + number + 1])
        two_grouped = kind == L.GROUPED and last - first == 2
        if m[m[L.S_PRICE] + number] or not (kind in ANY_TWO or kind in NEIGHBOURS or two_grouped):
            return
        for a in range(first, last):
            for b in range(a + 1, last if kind in ANY_TWO else min(last, a + 2)):
                one, other = self.blocks((number, a, b))
                if one != other and len(self.starts[one]) * len(self.starts[other]) <= MOST:
                    yield number, a, b

    def blocks(self, pair: Pair) -> tuple[int, int]:
        _, a, b = pair
        return int(self.m[self.m[L.MEMBER_BLOCK] + a]), int(self.m[self.m[L.MEMBER_BLOCK] + b])

    def cut(self, pair: Pair) -> list[int]:
        """Take away what does not fit; the blocks that have fewer starts now."""
        fit = self.fitting(pair)
        changed = [block for block, own in zip(self.blocks(pair), fit, strict=True) if own != self.starts[block]]
        self.starts.update(zip(self.blocks(pair), fit, strict=True))
        return changed

    def fitting(self, pair: Pair) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Starts of both blocks that fit one of the other block; looked up where two alike were looked at before."""
        m, (number, a, b) = self.m, pair
        one, other = (self.starts[block] for block in self.blocks(pair))
        shared = bool(m[m[L.MEMBER_WEEKS] + a] & m[m[L.MEMBER_WEEKS] + b])
        lengths = int(m[m[L.MEMBER_LENGTH] + a]), int(m[m[L.MEMBER_LENGTH] + b])
        key = (int(m[m[L.S_KIND] + number]), int(m[m[L.S_LIMIT] + number]), lengths, shared, one, other)
        if key not in self.known:
            fit = [(s, t) for s in one for t in other if self.fits(pair, s, t)]
            kept, kept_too = {s for s, _ in fit}, {t for _, t in fit}
            self.known[key] = tuple(s for s in one if s in kept), tuple(t for t in other if t in kept_too)
        return self.known[key]

    def fits(self, pair: Pair, s: int, t: int) -> bool:
        m, (one, other) = self.m, self.blocks(pair)
        m[m[L.START] + one], m[m[L.START] + other] = s, t
        fit = set_amount(m, pair[0]) == 0
        m[m[L.START] + one] = m[m[L.START] + other] = -1
        return bool(fit)
