"""Little files of course timetabling, and a direct count of their costs that shares nothing with the rules."""

from formats.ctt import Formulation
from formats.ctt.instance import Instance

TINY = """Name: Tiny
Courses: 3
Rooms: 2
Days: 2
Periods_per_day: 4
Curricula: 3
Min_Max_Daily_Lectures: 2 3
UnavailabilityConstraints: 1
RoomConstraints: 2

COURSES:
Alg Ann 3 2 30 0
Bio Bob 2 2 20 0
Che Ann 1 1 10 0

ROOMS:
A 25 0
B 40 1

CURRICULA:
first 2 Alg Bio
again 2 Bio Alg
other 1 Che

UNAVAILABILITY_CONSTRAINTS:
Che 0 3

ROOM_CONSTRAINTS:
Alg A
Che A

END.
"""
"""Curricula `first` and `again` have the same courses: the official cost counts both."""

DOUBLE = TINY.replace("Alg Ann 3 2 30 0", "Alg Ann 3 2 30 1").replace("Bio Bob 2 2 20 0", "Bio Bob 2 2 20 1")
"""Two courses ask for double lectures."""

PLAIN = TINY[: TINY.index("\nROOM_CONSTRAINTS")] + "\nEND.\n"
for extended, plain in (
    ("Min_Max_Daily_Lectures: 2 3\n", ""),
    ("RoomConstraints: 2\n", ""),
    (" 0\nBio", "\nBio"),
    (" 0\nChe", "\nChe"),
    (" 10 0\n", " 10\n"),
    ("A 25 0", "A 25"),
    ("B 40 1", "B 40"),
    ("UnavailabilityConstraints", "Constraints"),
):
    PLAIN = PLAIN.replace(extended, plain)

Place = tuple[str, str, int, int]
"""Course, room, day, period."""

Costs = dict[str, int]

PARTS: dict[Formulation, dict[str, int]] = {
    "UD1": {"capacity": 1, "days": 5, "isolated": 1},
    "UD2": {"capacity": 1, "days": 5, "isolated": 2, "stability": 1},
    "UD3": {"capacity": 1, "windows": 4, "load": 2, "suitability": 3},
    "UD4": {"capacity": 1, "days": 1, "windows": 1, "load": 1, "double": 1},
    "UD5": {"capacity": 1, "days": 5, "isolated": 1, "windows": 2, "load": 2, "travel": 2},
}


def cost(instance: Instance, places: list[Place], formulation: Formulation) -> int:
    parts = {
        "capacity": sum(max(0, instance.courses[c].students - instance.rooms[r].seats) for c, r, _, _ in places),
        "days": sum(max(0, x.days - len({d for c, _, d, _ in places if c == x.id})) for x in instance.courses.values()),
        "stability": sum(max(0, len({r for c, r, _, _ in places if c == x}) - 1) for x in instance.courses),
        "suitability": unsuitable(instance, places),
        "double": sum(lonely(x, places) for x in places if instance.courses[x[0]].double),
        **curricula(instance, places),
    }
    return sum(weight * parts[name] for name, weight in PARTS[formulation].items())


def unsuitable(instance: Instance, places: list[Place]) -> int:
    """Lectures in rooms that are not for them."""
    return sum(r in instance.unsuitable.get(c, ()) for c, r, _, _ in places)


def lonely(x: Place, places: list[Place]) -> bool:
    """Whether a lecture shares its day with others of its course, but stands next to none of them in its room."""
    course, room, day, period = x
    others = [(r, p) for c, r, d, p in places if (c, d) == (course, day) and (r, p) != (room, period)]
    return bool(others) and not any((room, p) in others for p in (period - 1, period + 1))


def curricula(instance: Instance, places: list[Place]) -> Costs:
    total = {"isolated": 0, "windows": 0, "load": 0, "travel": 0}
    least, most = instance.load or (0, instance.periods)
    for courses in instance.curricula.values():
        for day in range(instance.days):
            where = {p: instance.rooms[r].building for c, r, d, p in places if c in courses and d == day}
            if where:
                total["isolated"] += sum(p - 1 not in where and p + 1 not in where for p in where)
                total["windows"] += max(where) - min(where) + 1 - len(where)
                total["load"] += max(0, least - len(where)) + max(0, len(where) - most)
                total["travel"] += sum(p + 1 in where and where[p] != where[p + 1] for p in where)
    return total


def clash(instance: Instance, a: Place, b: Place) -> bool:
    """Whether two lectures may not be at the same time."""
    x, y = instance.courses[a[0]], instance.courses[b[0]]
    together = any({x.id, y.id} <= courses for courses in instance.curricula.values())
    return a[1] == b[1] or x.teacher == y.teacher or together


def fits(instance: Instance, places: list[Place], new: Place) -> bool:
    """Whether one more lecture keeps the hard demands."""
    at_once = [old for old in places if old[2:] == new[2:]]
    return new[2:] not in instance.closed.get(new[0], ()) and not any(clash(instance, old, new) for old in at_once)
