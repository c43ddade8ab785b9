"""The timetable hidden in a generated school: every lesson gets a time before the rules are written.

1. Commitments of several classes are put where all of them are in school and free, doubles first; then the doubles of
   single classes; then single lessons fill the days of each class to the last period.
2. Lessons of one class trade places until no teacher is needed twice, no kind of room is over its share, and no
   commitment is twice on a day: each lesson in trouble makes the best trade, now and then a bad one.
3. Who is still needed twice hands the commitment to a colleague, or to a new one.

Steps 2 and 3 are done twice. The last step 3 makes sure that nobody is needed twice; more rooms or a commitment that
stays twice on a day are left to those who write the rules.
"""

from math import ceil, exp
from random import Random

from datasets.generate.curriculum import CLASSROOM
from datasets.generate.plan import DAYS, LUNCH, PERIODS, Commitment, Plan
from datasets.generate.staff import Member, Staff

CELLS = DAYS * PERIODS
ROUNDS = 40
"""Times that every lesson in trouble may trade."""
TEMPERATURE = 0.4
"""A trade that makes one more trouble is taken with probability exp(-1 / TEMPERATURE)."""
USABLE = 29
"""Periods of a week in which a special room is to be taken at most, on average; some periods few classes are in."""


class Item:
    """A lesson of a commitment with all that goes on at the same time. start: its cell, -1 while it has none;
    kinds: special rooms it takes."""

    __slots__ = ("classes", "commitment", "duration", "kinds", "start", "teachers")

    def __init__(self, commitment: Commitment, duration: int, staff: Staff) -> None:
        self.commitment = commitment
        self.duration = duration
        self.classes = commitment.classes
        self.teachers = [m.number for m in staff.teachers(commitment)]
        self.kinds = [p.kind for p in commitment.posts if not p.kind.endswith(CLASSROOM)]
        self.start = -1


def fits(cell: int, duration: int) -> bool:
    """Whether a lesson may start there without running over lunch or into the next day."""
    period = cell % PERIODS
    return duration == 1 or period % LUNCH + duration <= LUNCH


class Weave:
    """items: commitment -> its lessons in the order of its blocks, each with its start."""

    def __init__(self, plan: Plan, staff: Staff, random: Random) -> None:
        self.staff, self.random = staff, random
        self.items = {c: [Item(c, d, staff) for d in c.blocks] for c in plan.commitments}
        self.frames = {
            n: [PERIODS * d + p for d, (a, b) in enumerate(level.frames) for p in range(a, b)]
            for level in plan.levels
            for n in level.classes
        }
        self.at: dict[int, list[Item | None]] = {n: [None] * CELLS for n in self.frames}
        self.busy = [[0] * CELLS for _ in staff.members]
        for m in staff.members:
            for day, period in m.off:
                self.busy[m.number][PERIODS * day + period] = 1
        self.used: dict[str, list[int]] = {}
        self.on_day = {c: [0] * DAYS for c in self.items}
        self.share = self._shares()
        self._fill()
        for _ in range(2):
            self._trade()
            self._settle()

    def _all(self) -> list[Item]:
        return [item for items in self.items.values() for item in items]

    def _shares(self) -> dict[str, int]:
        """Kind of special room -> how many may be taken at once."""
        needed: dict[str, int] = {}
        for item in self._all():
            for kind in item.kinds:
                needed[kind] = needed.get(kind, 0) + item.duration
                self.used.setdefault(kind, [0] * CELLS)
        most = {k: max(i.kinds.count(k) for i in self._all()) for k in needed}
        return {k: max(most[k], ceil(n / USABLE)) for k, n in needed.items()}

    def trouble(self, item: Item, start: int) -> int:
        """What would be wrong with the item there, once it is taken off: clashes, rooms too many, equal days."""
        found = self.on_day[item.commitment][start // PERIODS]
        for cell in range(start, start + item.duration):
            for t in item.teachers:
                found += self.busy[t][cell]
            for kind in item.kinds:
                found += self.used[kind][cell] >= self.share[kind]
        return found

    def put(self, item: Item, start: int) -> None:
        item.start = start
        self._count(item, 1)
        for n in item.classes:
            self.at[n][start : start + item.duration] = [item] * item.duration

    def _count(self, item: Item, by: int) -> None:
        self.on_day[item.commitment][item.start // PERIODS] += by
        for cell in range(item.start, item.start + item.duration):
            for t in item.teachers:
                self.busy[t][cell] += by
            for kind in item.kinds:
                self.used[kind][cell] += by

    def _fill(self) -> None:
        order = self._all()
        self.random.shuffle(order)
        order.sort(key=lambda i: (i.duration == 1, -len(i.classes), -len(i.teachers)))
        for item in order:
            free = [c for c in self.frames[item.classes[0]] if self._free(item, c)]
            self.put(item, min(free, key=lambda c: (self.trouble(item, c), self.random.random())))

    def _free(self, item: Item, start: int) -> bool:
        cells = range(start, start + item.duration)
        return fits(start, item.duration) and all(
            self.at[n][c] is None and c in self.frames[n] for n in item.classes for c in cells
        )

    def _in_trouble(self) -> list[Item]:
        found = []
        for item in self._all():
            self._count(item, -1)
            if self.trouble(item, item.start):
                found.append(item)
            self._count(item, 1)
        return found

    def _trade(self) -> None:
        for _ in range(ROUNDS):
            troubled = self._in_trouble()
            if not troubled:
                return
            for item in troubled:
                self._best_trade(item)

    def _best_trade(self, item: Item) -> None:
        best: list[list[tuple[Item, int]]] = []
        least = CELLS
        for start in self.frames[item.classes[0]]:
            moves = self._trade_with(item, start)
            if moves:
                loss = self._loss(moves)
                if loss < least:
                    best, least = [], loss
                if loss == least:
                    best.append(moves)
        if best and (least <= 0 or self.random.random() < exp(-least / TEMPERATURE)):
            self._move(self.random.choice(best))

    def _trade_with(self, item: Item, start: int) -> list[tuple[Item, int]]:
        """Moves that put the item there and what its classes have there to its place; empty where that cannot be."""
        stop, shift = start + item.duration, item.start - start
        if abs(shift) < item.duration or not fits(start, item.duration):
            return []
        moves = {item: start}
        for n in item.classes:
            for other in self.at[n][start:stop]:
                if (
                    other is None
                    or other.start < start
                    or other.start + other.duration > stop
                    or not set(other.classes) <= set(item.classes)
                ):
                    return []
                moves[other] = other.start + shift
        return list(moves.items())

    def _loss(self, moves: list[tuple[Item, int]]) -> int:
        """Trouble after the moves less trouble before; negative is better."""
        before = after = 0
        starts = [item.start for item, _ in moves]
        for item, _ in moves:
            self._count(item, -1)
            before += self.trouble(item, item.start)
        for item, start in moves:
            after += self.trouble(item, start)
            item.start = start
            self._count(item, 1)
        for (item, _), start in zip(moves, starts, strict=True):
            self._count(item, -1)
            item.start = start
        for item, _ in moves:
            self._count(item, 1)
        return after - before

    def _move(self, moves: list[tuple[Item, int]]) -> None:
        for item, _ in moves:
            self._count(item, -1)
        for item, start in moves:
            self.put(item, start)

    def _settle(self) -> None:
        for item in self._in_trouble():
            for post in range(len(item.commitment.posts)):
                for member in list(self.staff.given[item.commitment, post]):
                    if self._overbooked(member, item.commitment):
                        self._hand_over(member, item.commitment, post)

    def _overbooked(self, member: Member, commitment: Commitment) -> bool:
        return any(self.busy[member.number][c] > 1 for c in self.cells(commitment))

    def cells(self, commitment: Commitment) -> list[int]:
        """All cells in which it is taught."""
        return [c for i in self.items[commitment] for c in range(i.start, i.start + i.duration)]

    def _hand_over(self, member: Member, commitment: Commitment, post: int) -> None:
        cells = self.cells(commitment)
        subject = commitment.posts[post].subject
        free = [
            m
            for m in self.staff.members
            if m.teaches(subject)
            and self.staff.may_take(m, commitment)
            and not any(self.busy[m.number][c] for c in cells)
        ]
        if free:
            new = min(free, key=lambda m: (m.load - m.target, m.number))
        else:
            new = self.staff.hire(commitment.periods, self.staff.site[commitment.classes[0]])
            self.busy.append([0] * CELLS)
        self.staff.replace(member, new, commitment, post)
        for item in self.items[commitment]:
            item.teachers = [m.number for m in self.staff.teachers(commitment)]
        for cell in cells:
            self.busy[member.number][cell] -= 1
            self.busy[new.number][cell] += 1
