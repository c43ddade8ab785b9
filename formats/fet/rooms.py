"""Which rooms an activity asks for, from all constraints that name rooms for it.

How FET combines them, found by trying tiny files:
1. Constraints of all kinds that name rooms (for the activity, its subject, tag, or subject and tag) count alike.
   The hard ones intersect.
2. Home rooms (of students or teacher) count where no hard one of these is, and only for an activity whose single
   students set or single teacher is exactly the one named. The hard ones intersect.
3. Where only soft ones name rooms, the activity may go into a room of theirs, into a home room, or, when no hard
   home room is asked for, without a room.
4. An activity that no constraint names needs no room.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce

from formats.fet.entry import Inexpressible
from formats.fet.school import School
from formats.xml import Node
from models.base import Weight
from models.problem import Lesson, RoomRequest
from models.rules import AnyRule
from models.rules.preferred_rooms import PreferredRooms
from models.rules.room_wanted import RoomWanted


@dataclass(frozen=True, slots=True)
class Wish:
    """What one constraint says. real: for a virtual room, the real rooms already chosen, one per set."""

    node: Node
    rooms: tuple[str, ...]
    weight: Weight
    home: bool = False
    real: tuple[str, ...] = ()


@dataclass
class RoomBook:
    """The wishes of each lesson, in the order of the file. virtual: lesson -> the virtual room it is settled on."""

    school: School
    wishes: dict[str, list[Wish]] = field(default_factory=dict)
    virtual: dict[str, str] = field(default_factory=dict)

    def add(self, lessons: Iterable[str], wish: Wish) -> None:
        for lesson in lessons:
            self.wishes.setdefault(lesson, []).append(wish)

    def settle(self, lesson: Lesson) -> tuple[tuple[RoomRequest, ...], tuple[Wish, ...]]:
        """(requests of the lesson, the soft wishes among which its room decides)."""
        wishes = self.wishes.get(lesson.id, [])
        named, home = [w for w in wishes if not w.home], [w for w in wishes if w.home]
        hard, hard_home = ([w for w in ws if w.weight is None] for ws in (named, home))
        soft = tuple(w for w in named if w.weight is not None)
        if hard:
            return self._requests(lesson, _common(hard), hard), soft
        rooms = [*_all(soft), *(_common(hard_home) if hard_home else _all(home))]
        if not rooms:
            return (), ()
        fallback = tuple(w for w in home if w.weight is not None) if not soft else ()
        return self._requests(lesson, tuple(dict.fromkeys(rooms)), wishes, optional=not hard_home), (*soft, *fallback)

    def _requests(
        self, lesson: Lesson, rooms: tuple[str, ...], wishes: list[Wish], optional: bool = False
    ) -> tuple[RoomRequest, ...]:
        if not rooms:
            raise wishes[-1].node.wrong(f"no room left for activity {lesson.id}", "a room that its constraints share")
        if not any(room in self.school.virtual for room in rooms):
            return (RoomRequest(any_of=rooms, seats=self._seats(lesson, rooms), optional=optional),)
        if len(rooms) > 1:
            raise Inexpressible("with a virtual room among several candidates")
        chosen = next((w.real for w in wishes if w.real), ())
        virtual = self.school.virtual[rooms[0]]
        if virtual.seats is not None and virtual.seats < self._heads(lesson):
            raise wishes[-1].node.wrong(f"{virtual.seats} seats", f"room for the {self._heads(lesson)} students")
        if chosen and len(chosen) != len(virtual.sets):
            raise wishes[-1].node.wrong(f"{len(chosen)} real rooms", f"one of each of the {len(virtual.sets)} sets")
        self.virtual[lesson.id] = rooms[0]
        sets = tuple((room,) for room in chosen) or virtual.sets
        return tuple(RoomRequest(any_of=tuple(dict.fromkeys(s)), optional=optional) for s in sets)

    def _heads(self, lesson: Lesson) -> int:
        if lesson.students is not None:
            return lesson.students
        return sum(self.school.classes[c].size for c in lesson.classes)

    def _seats(self, lesson: Lesson, rooms: tuple[str, ...]) -> int:
        """Seats to ask for: 0 when every candidate has enough."""
        heads = self._heads(lesson)
        capacities = [self.school.rooms[room].capacity for room in rooms]
        return heads if any(c is not None and c < heads for c in capacities) else 0


def _common(wishes: Iterable[Wish]) -> tuple[str, ...]:
    """The rooms that all the wishes name, in the order of the first."""
    return reduce(lambda rooms, more: tuple(r for r in rooms if r in more), [w.rooms for w in wishes])


def _all(wishes: Iterable[Wish]) -> list[str]:
    return [room for w in wishes for room in w.rooms]


def soft_rules(school: School, wishes: dict[Wish, list[Lesson]]) -> Iterator[AnyRule]:
    """What the soft wishes cost: a price for each lesson that is not in one of the rooms wished for.

    A virtual room is no room of the problem: a lesson that may have it alone wants all its real rooms; for every
    other lesson the wish is either always kept or never.
    """
    for wish, lessons in wishes.items():
        source, ids = wish.node.place, tuple(x.id for x in lessons)
        real = tuple(room for room in wish.rooms if room in school.rooms)
        if real:
            yield PreferredRooms(lessons=ids, rooms=real, weight=wish.weight, source=source)
        else:
            optional = tuple(x.id for x in lessons if any(r.optional for r in x.rooms))
            if optional:
                yield RoomWanted(lessons=optional, weight=wish.weight, source=source)
