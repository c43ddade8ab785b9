"""Who teaches what: posts are dealt out to teachers of one or two subjects."""

from dataclasses import dataclass, field
from itertools import count
from random import Random

from datasets.generate.curriculum import SUBJECTS
from datasets.generate.plan import DAYS, LUNCH, PERIODS, Commitment, Plan

FORM_TIME = "PSH"
LEAST_LOAD = 18
"""Fewer periods per week make a part-time teacher."""
MOST_LOAD = 26
FULLEST = 0.6
"""Share of the half days in school that a part-time teacher teaches at most."""


@dataclass(eq=False)
class Member:
    """A teacher. target: periods per week wanted; load: given; off: periods of the week not to be used, as (day,
    period), decided before any lesson is placed."""

    number: int
    target: int
    site: str
    subjects: list[str] = field(default_factory=list)
    duties: list[tuple[Commitment, int]] = field(default_factory=list)
    load: int = 0
    off: set[tuple[int, int]] = field(default_factory=set)

    @property
    def part_time(self) -> bool:
        return self.load < LEAST_LOAD

    def teaches(self, subject: str) -> bool:
        return subject in self.subjects

    def takes(self, commitment: Commitment, post: int) -> None:
        self.duties.append((commitment, post))
        self.load += commitment.periods
        subject = commitment.posts[post].subject
        if subject not in self.subjects:
            self.subjects.append(subject)

    def drops(self, commitment: Commitment, post: int) -> None:
        self.duties.remove((commitment, post))
        self.load -= commitment.periods


class Staff:
    """members: all teachers; given: (commitment, number of the post) -> its teachers."""

    def __init__(self, plan: Plan, random: Random) -> None:
        self.random = random
        self.members: list[Member] = []
        self.given: dict[tuple[Commitment, int], list[Member]] = {}
        self._numbers = count()
        self.site = {c: level.site for level in plan.levels for c in level.classes}
        self._deal(plan)
        self._form_time(plan)
        self._days_off()

    def teachers(self, commitment: Commitment) -> list[Member]:
        """Everyone busy while the commitment is taught."""
        return [m for p in range(len(commitment.posts)) for m in self.given.get((commitment, p), ())]

    def _deal(self, plan: Plan) -> None:
        """Subject by subject, longest first; who has hours left at the end goes on with the next subject."""
        open_: list[Member] = []
        for subject in (s.id for s in SUBJECTS if s.id != FORM_TIME):
            open_ = [m for m in open_ if len(m.subjects) < 2 and m.load <= m.target - 4]
            for commitment, post in self._posts(plan, subject):
                for _ in range(commitment.posts[post].teachers):
                    self._give(commitment, post, open_)

    def _posts(self, plan: Plan, subject: str) -> list[tuple[Commitment, int]]:
        found = [(c, p) for c in plan.commitments for p, post in enumerate(c.posts) if post.subject == subject]
        self.random.shuffle(found)
        return sorted(found, key=lambda x: (self.site[x[0].classes[0]], -x[0].periods))

    def _give(self, commitment: Commitment, post: int, open_: list[Member]) -> None:
        site = self.site[commitment.classes[0]]
        free = [m for m in open_ if self.may_take(m, commitment) and m.load + commitment.periods <= m.target]
        member = min(free, key=lambda m: (m.site != site, m.number), default=None)
        if member is None:
            member = self.hire(self._target(), site)
            open_.append(member)
        self.assign(member, commitment, post)

    def _target(self) -> int:
        """Two of three posts are full-time."""
        return self.random.randint(20, 25) if self.random.random() < 0.66 else self.random.randint(10, 15)

    def hire(self, target: int, site: str) -> Member:
        self.members.append(Member(next(self._numbers), target, site))
        return self.members[-1]

    def may_take(self, member: Member, commitment: Commitment) -> bool:
        return member not in self.teachers(commitment) and member.load + commitment.periods <= MOST_LOAD

    def assign(self, member: Member, commitment: Commitment, post: int) -> None:
        member.takes(commitment, post)
        self.given.setdefault((commitment, post), []).append(member)

    def replace(self, old: Member, new: Member, commitment: Commitment, post: int) -> None:
        old.drops(commitment, post)
        new.takes(commitment, post)
        given = self.given[commitment, post]
        given[given.index(old)] = new

    def _form_time(self, plan: Plan) -> None:
        """Each class meets a teacher it knows, whoever has most hours left."""
        known: dict[int, list[Member]] = {}
        for commitment in plan.commitments:
            for number in commitment.classes:
                known.setdefault(number, []).extend(self.teachers(commitment))
        for commitment, post in self._posts(plan, FORM_TIME):
            member = min(known[commitment.classes[0]], key=lambda m: (m.load - m.target, m.number))
            self.assign(member, commitment, post)

    def _days_off(self) -> None:
        """Part-time teachers come on few days, some only for half a day; many others have one half day free. Those
        who teach several classes at once are spared: their lessons are hard enough to place."""
        for member in self.members:
            if any(len(c.classes) > 1 for c, _ in member.duties):
                continue
            if member.part_time:
                self._come_seldom(member)
            elif self.random.random() < 0.5:
                member.off |= _half(self.random.randrange(2 * DAYS))

    def _come_seldom(self, member: Member) -> None:
        longest = max(len(c.blocks) for c, _ in member.duties)
        days = min(DAYS, max(longest + 1, -(-member.load // 5)))
        present = self.random.sample(range(DAYS), days)
        for day in set(range(DAYS)) - set(present):
            member.off |= _half(2 * day) | _half(2 * day + 1)
        spare = (days * PERIODS - round(member.load / FULLEST)) // LUNCH
        for day in present[: max(0, spare)]:
            member.off |= _half(2 * day + self.random.randrange(2))


def _half(number: int) -> set[tuple[int, int]]:
    """Periods of a half day: 0 is Monday morning, 1 Monday afternoon."""
    first = LUNCH * (number % 2)
    return {(number // 2, p) for p in range(first, first + LUNCH)}
