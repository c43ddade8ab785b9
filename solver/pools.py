"""How finely the model tells rooms apart.

A rule sees something of the room a lesson has: the room itself, its site, whether it is the home room. Rooms of which
every rule sees the same are not told apart: the model chooses among *sets* of rooms. A set of one room is a choice of
that room. A larger set is counted: in every slot, for each set, no more lessons need one of its rooms than it has.
That is exact for lessons of one period and nested sets; the rooms themselves are handed out after the solve
(`solver.rooms`), and where that fails, those lessons are solved again with every room told apart.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from operator import ne

from models.problem import Problem
from models.rules import ResourceRule, Rule
from models.rules.home_room import HomeRoom
from models.rules.max_room_changes import MaxRoomChanges
from models.rules.max_site_changes import MaxSiteChanges
from models.rules.preferred_rooms import PreferredRooms
from models.rules.room_capacity import RoomCapacity
from models.rules.room_stability import RoomStability
from models.rules.same_room_if_consecutive import SameRoomIfConsecutive
from models.rules.side_by_side import SideBySide
from models.rules.travel_time import TravelTime
from models.rules.unavailable import Unavailable
from solver.domains import Domains

Request = tuple[str, int]
"""(lesson, position of the request)"""

RoomSet = frozenset[str]

View = Callable[[str], Hashable]
"""What a rule sees of a room."""

Look = tuple[Hashable, ...]
"""What all rules together see of a room."""

NEARLY_ALL = 0.9
"""A set of at least this share is counted together with the single rooms next to it: every class has its own "all but
the home room", and so many overlapping sets could not be counted apart."""


def choices(problem: Problem, domains: Domains, explicit: frozenset[str]) -> dict[Request, dict[RoomSet, RoomSet]]:
    """For every request, the sets of rooms among which the model chooses, each with the pool it is counted in.

    explicit: lessons for which every room is told apart. A single room is its own pool. The pools are taken from the
    most wanted on, as long as they stay nested; rooms of the other sets are told apart.
    """
    seen = views(problem, domains)
    known: dict[object, dict[RoomSet, RoomSet]] = {}
    split: dict[Request, dict[RoomSet, RoomSet]] = {}
    for x in problem.lessons:
        looks = [_itself] if x.id in explicit else seen.get(x.id, [])
        for i, rooms in enumerate(domains.rooms[x.id]):
            alike = (rooms, tuple(map(id, looks)))
            if alike not in known:
                known[alike] = _split(rooms, looks)
            split[x.id, i] = known[alike]
    wanted = Counter(pool for parts in split.values() for part, pool in parts.items() if len(part) > 1)
    family = set(nested_family(wanted, key=wanted.__getitem__))
    return {request: _told_apart(parts, family) for request, parts in split.items()}


def _split(rooms: tuple[str, ...], seen: Sequence[View]) -> dict[RoomSet, RoomSet]:
    """The largest sets of rooms that look alike in every view, each with the pool in which it could be counted."""
    alike: dict[Look, list[str]] = defaultdict(list)
    for room in rooms:
        alike[tuple(view(room) for view in seen)].append(room)
    return {frozenset(part): _pool(look, part, alike) for look, part in alike.items()}


def _pool(look: Look, part: list[str], alike: Mapping[Look, list[str]]) -> RoomSet:
    """The part with the single rooms that only one view sets apart from it, if they are few; else the part alone."""
    apart = [x[0] for other, x in alike.items() if len(x) == 1 and sum(map(ne, other, look)) == 1]
    nearly_all = len(part) > 1 and len(part) >= NEARLY_ALL * (len(part) + len(apart))
    return frozenset((*part, *apart) if nearly_all else part)


def _told_apart(parts: dict[RoomSet, RoomSet], family: set[RoomSet]) -> dict[RoomSet, RoomSet]:
    found: dict[RoomSet, RoomSet] = {}
    for part, pool in parts.items():
        if len(part) > 1 and pool in family:
            found[part] = pool
        else:
            found.update({frozenset((room,)): frozenset((room,)) for room in sorted(part)})
    return found


def nested_family(sets: Iterable[RoomSet], key: Callable[[RoomSet], int]) -> list[RoomSet]:
    """A family in which any two sets are nested or disjoint, taken greedily by descending key."""
    family: list[RoomSet] = []
    for s in sorted(sets, key=lambda s: (-key(s), sorted(s))):
        if all(s <= t or t <= s or s.isdisjoint(t) for t in family):
            family.append(s)
    return family


# ---- what rules see ------------------------------------------------------------------------------------------------


def views(problem: Problem, domains: Domains) -> dict[str, list[View]]:
    """Lesson -> what the rules see of its rooms; missing: nothing."""
    found: dict[str, list[View]] = defaultdict(list)
    for rule in problem.rules:
        for lesson, view in views_of(rule, problem, domains):
            found[lesson].append(view)
    return found


def views_of(rule: Rule, problem: Problem, domains: Domains) -> Iterator[tuple[str, View]]:
    """The lessons whose rooms the rule looks at, each with what it sees."""
    match rule:
        case RoomStability() | SameRoomIfConsecutive() | SideBySide():
            yield from ((x, _itself) for x in rule.lessons)
        case PreferredRooms():
            yield from ((x, frozenset(rule.rooms).__contains__) for x in rule.lessons)
        case RoomCapacity():
            heads = {x: problem.head_count(problem.lesson[x]) for x in rule.lessons or problem.lesson}
            seats = {n: _seats(problem, n) for n in set(heads.values())}
            yield from ((x, seats[n]) for x, n in heads.items())
        case Unavailable() if rule.who.kind == "room" and rule.weight is None and not rule.tags:
            return  # pools know when their rooms are closed
        case ResourceRule():
            view = _view_of_resource_rule(rule, problem)
            if view is not None:
                yield from ((x, view) for x in domains.lessons_of(rule))


def _view_of_resource_rule(rule: ResourceRule, problem: Problem) -> View | None:
    of_rooms = rule.who.kind == "room"
    match rule:
        case MaxRoomChanges():
            return _itself
        case HomeRoom() | MaxSiteChanges() | TravelTime() if of_rooms:
            return _itself
        case HomeRoom():
            return rule.room.__eq__
        case MaxSiteChanges() | TravelTime():
            return lambda room: problem.room[room].site
    rows = frozenset(problem.rows(rule.who))
    return (lambda room: room if room in rows else None) if of_rooms else None


def _itself(room: str) -> Hashable:
    return room


def _seats(problem: Problem, heads: int) -> View:
    """Seats of a room that so many people can fill."""
    return lambda room: problem.useful_seats(room, heads)
