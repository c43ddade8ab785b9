"""The school before anyone is hired: levels, classes, and what is to be taught at which times together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from string import ascii_uppercase
from typing import NamedTuple

from datasets.generate.curriculum import CLASSROOM, JUNIOR, LANGUAGES, ROOM_KINDS, STAGES, Stage
from models.problem import SchoolClass

DAYS = 5
PERIODS = 8
"""Periods of a day."""
LUNCH = 4
"""Periods before lunch."""
LARGEST_LEVEL = 25
ONE_SITE = 90
"""From this many classes on, a school has two sites."""


class Course(NamedTuple):
    """A teaching commitment of some classes or parts of classes; weeks: empty means every week."""

    subject: str
    classes: tuple[str, ...]
    weeks: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        return " ".join(("+".join(self.classes), self.subject, *("AB"[w] for w in self.weeks)))


@dataclass(frozen=True)
class Post:
    """What one teacher (or two together) teaches in one room at the times of a commitment.

    courses: one, or one for each week; kind: feature of the room, with the site where there are two; home: whether
    it is the own room of its class.
    """

    courses: tuple[Course, ...]
    kind: str
    teachers: int = 1
    home: bool = False

    @property
    def subject(self) -> str:
        return self.courses[0].subject

    @property
    def every_week(self) -> bool:
        """Whether there is a lesson in both weeks."""
        return not self.courses[0].weeks or len(self.courses) > 1


@dataclass(frozen=True, eq=False)
class Commitment:
    """Posts that happen at the same times. classes: numbers of the whole classes that are busy then; blocks:
    durations of its lessons."""

    classes: tuple[int, ...]
    blocks: tuple[int, ...]
    posts: tuple[Post, ...]
    label: str = ""

    @property
    def periods(self) -> int:
        return sum(self.blocks)


@dataclass(frozen=True)
class Level:
    """frames: for each day, the first period in school and the one after the last; classes: their numbers."""

    name: str
    stage: Stage
    site: str
    classes: tuple[int, ...]
    frames: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Plan:
    """classes: the whole ones; parts: divisions of them."""

    levels: tuple[Level, ...]
    classes: tuple[SchoolClass, ...]
    parts: tuple[SchoolClass, ...]
    commitments: tuple[Commitment, ...]


def plan_school(classes: int, random: Random) -> Plan:
    """A school of some classes. ValueError below 3 classes."""
    if classes < 3:
        raise ValueError(f"a school of {classes} classes cannot be made, the least is 3")
    levels = tuple(_levels(classes, random))
    whole = tuple(_class(level, letter, random) for level in levels for letter in ascii_uppercase[: len(level.classes)])
    parts: dict[str, SchoolClass] = {}
    commitments = [c for level in levels for c in _Timetabled(level, whole, parts, random).commitments()]
    return Plan(levels, whole, tuple(parts.values()), tuple(commitments))


def _class(level: Level, letter: str, random: Random) -> SchoolClass:
    year = level.name.split()[1]
    return SchoolClass(
        id=f"{year}{letter}", name=f"{level.name} {letter}", level=level.name, size=random.randint(24, 30)
    )


def _levels(classes: int, random: Random) -> Iterator[Level]:
    count = max(min(6, classes // 2, max(3, classes // 3)), -(-classes // LARGEST_LEVEL), 1)
    first = 7 if count <= 6 else 13 - count
    start = 0
    for number in range(count):
        stop = classes * (number + 1) // count
        stage = STAGES[number * len(STAGES) // count]
        north = classes >= ONE_SITE and number >= count // 2
        site = "" if classes < ONE_SITE else "North" if north else "South"
        yield Level(f"Year {first + number}", stage, site, tuple(range(start, stop)), tuple(_frames(stage, random)))
        start = stop


def _frames(stage: Stage, random: Random) -> Iterator[tuple[int, int]]:
    """A week of days that differ by at most two periods; none is so long that it could not start late."""
    lengths = [stage.periods * (d + 1) // DAYS - stage.periods * d // DAYS for d in range(DAYS)]
    longer, shorter = random.sample(range(DAYS), 2)
    if lengths[longer] <= lengths[shorter] and lengths[longer] < PERIODS - 1:
        lengths[longer] += 1
        lengths[shorter] -= 1
    late = random.sample(range(DAYS), stage.late_days)
    for day, length in enumerate(lengths):
        first = 1 if day in late else 0
        yield first, first + length


def in_groups(numbers: Sequence[int], largest: int, random: Random) -> list[tuple[int, ...]]:
    """Neighbours in groups of two to `largest`; one alone only where it cannot be helped."""
    groups: list[tuple[int, ...]] = []
    left = list(numbers)
    while left:
        sizes = [n for n in range(2, largest + 1) if n <= len(left) and len(left) - n != 1] or [min(2, len(left))]
        size = random.choice(sizes)
        groups.append(tuple(left[:size]))
        left = left[size:]
    return groups


class _Timetabled:
    """What one level is taught."""

    def __init__(
        self, level: Level, classes: Sequence[SchoolClass], parts: dict[str, SchoolClass], random: Random
    ) -> None:
        self.level, self.stage, self.classes, self.parts, self.random = level, level.stage, classes, parts, random

    def commitments(self) -> Iterator[Commitment]:
        for group in in_groups(self.level.classes, 3, self.random):
            yield self.languages(group)
        for group in in_groups(self.level.classes, 2, self.random):
            yield self.sport(group)
            if self.stage.arts:
                yield self.arts(group)
        for number in self.level.classes:
            if self.stage.halves:
                yield self.halves(number)
            yield from self.plain(number)

    def kind(self, subject: str) -> str:
        """Kind of room its lessons need."""
        return " ".join(filter(None, (self.level.site.lower(), ROOM_KINDS.get(subject, CLASSROOM))))

    def alone(self, number: int, subject: str, teachers: int = 1) -> Post:
        """A subject of one whole class."""
        at_home = self.stage.home_room and subject not in ROOM_KINDS
        return Post((Course(subject, (self.classes[number].id,)),), self.kind(subject), teachers, at_home)

    def plain(self, number: int) -> Iterator[Commitment]:
        supported = self.stage is JUNIOR and number == self.level.classes[0]
        for subject, blocks in self.stage.plain:
            teachers = 2 if supported and subject == "MAT" else 1
            yield Commitment((number,), blocks, (self.alone(number, subject, teachers),))

    def languages(self, group: tuple[int, ...]) -> Commitment:
        """One language more than there are classes; a class alone takes one language as a whole."""
        if len(group) == 1:
            return Commitment(group, self.stage.languages, (self.alone(group[0], LANGUAGES[0]),))
        taught = LANGUAGES[: len(group) + 1]
        divided = [self.divide(n, "Languages", taught) for n in group]
        posts = [Post((Course(s, self.joined(divided, s)),), self.kind(s)) for s in taught]
        return Commitment(group, self.stage.languages, tuple(posts), f"{self.title(group)} languages")

    def sport(self, group: tuple[int, ...]) -> Commitment:
        """Boys and girls of two classes apart, or two classes and two teachers all together."""
        whole = Course("PE", tuple(self.classes[n].id for n in group))
        if len(group) == 1 or not self.stage.sport_split:
            return Commitment(group, self.stage.sport, (Post((whole,), self.kind("PE"), len(group)),))
        divided = [self.divide(n, "Sport", ("boys", "girls")) for n in group]
        posts = [Post((Course("PE", self.joined(divided, sex)),), self.kind("PE")) for sex in ("boys", "girls")]
        return Commitment(group, self.stage.sport, tuple(posts), f"{self.title(group)} sport")

    def arts(self, group: tuple[int, ...]) -> Commitment:
        """One class has art in week A and music in week B, the other the reverse."""
        ids = [self.classes[n].id for n in group]
        posts = [
            Post(tuple(Course(subject, (c,), ((shift + k) % 2,)) for k, c in enumerate(ids)), self.kind(subject))
            for shift, subject in enumerate(("ART", "MUS"))
        ]
        return Commitment(group, self.stage.arts, tuple(posts), f"{self.title(group)} arts")

    def halves(self, number: int) -> Commitment:
        """A double in which one half of the class is in the lab and the other at the computers, week about."""
        halves = self.divide(number, "Halves", ("1", "2"))
        posts = [
            Post(tuple(Course(subject, (h,), ((shift + k) % 2,)) for k, h in enumerate(halves)), self.kind(room))
            for shift, (subject, room) in enumerate((("SCI", "BIO"), ("COM", "COM")))
        ]
        return Commitment((number,), (2,), tuple(posts), f"{self.classes[number].id} practical")

    def divide(self, number: int, split: str, names: Sequence[str]) -> list[str]:
        """Ids of the new parts of a class, as equal as its size allows."""
        whole = self.classes[number]
        ids = [f"{whole.id}-{name}" for name in names]
        for k, (id_, name) in enumerate(zip(ids, names, strict=True)):
            size = whole.size * (k + 1) // len(names) - whole.size * k // len(names)
            self.parts[id_] = SchoolClass(
                id=id_, name=f"{whole.name} {name}", level=whole.level, size=size, part_of=whole.id, split=split
            )
        return ids

    def joined(self, divided: list[list[str]], name: str) -> tuple[str, ...]:
        """The parts of that name of several classes."""
        return tuple(id_ for ids in divided for id_ in ids if id_.endswith(f"-{name}"))

    def title(self, group: tuple[int, ...]) -> str:
        """ "7AB" for the classes 7A and 7B."""
        return self.classes[group[0]].id + "".join(self.classes[n].id[-1] for n in group[1:])
