"""Rooms for a woven timetable: as many of each kind as are in use at the busiest time."""

from collections.abc import Sequence
from typing import NamedTuple

from datasets.generate.curriculum import CLASSROOM
from datasets.generate.plan import Commitment, Plan, Post
from datasets.generate.weave import CELLS, Weave
from models.problem import Room, RoomRequest

SEATS = {"gym": 80, CLASSROOM: 32}
SEATS_ELSEWHERE = 32
SMALL = 22
"""Seats of a small classroom."""
FULL_NAMES = {
    "lab": "Science lab", "computers": "Computer room", "workshop": "Workshop", "art": "Art room",
    "music": "Music room", "gym": "Sports hall", CLASSROOM: "Classroom",
}  # fmt: skip
CODES = {"lab": "LAB", "computers": "PC", "workshop": "WS", "art": "ART", "music": "MUS", "gym": "GYM", CLASSROOM: "R"}


class Use(NamedTuple):
    """A lesson of a post that needs a room. home: number of the class whose own room it must be, else None."""

    start: int
    duration: int
    students: int
    home: int | None
    commitment: Commitment
    post: int
    number: int


def by_start(use: Use) -> int:
    """The order that needs the fewest rooms of one size."""
    return use.start


def by_size(use: Use) -> tuple[bool, int]:
    """Own rooms first, then the fullest lessons: the order that needs the fewest big rooms for single lessons."""
    return use.home is None, -use.students


class Rooms:
    """rooms: all of them; given: (commitment, number of the post, number of the lesson) -> room; home: class number
    -> its own room."""

    def __init__(self, plan: Plan, weave: Weave) -> None:
        self.rooms: list[Room] = []
        self.given: dict[tuple[Commitment, int, int], str] = {}
        self.home: dict[int, str] = {}
        self._sizes = {c.id: c.size for c in (*plan.classes, *plan.parts)}
        uses: dict[str, list[Use]] = {}
        for commitment in plan.commitments:
            for number, post in enumerate(commitment.posts):
                uses.setdefault(post.kind, []).extend(self._uses(weave, commitment, number, post))
        for kind in sorted(uses):
            self._house(kind, sorted(uses[kind], key=by_size if kind.endswith(CLASSROOM) else by_start))

    def students(self, post: Post) -> int:
        """Most students in the room at once."""
        return max(sum(self._sizes[c] for c in course.classes) for course in post.courses)

    def request(self, commitment: Commitment, post: Post) -> RoomRequest:
        if post.home:
            return RoomRequest(any_of=(self.home[commitment.classes[0]],))
        return RoomRequest(features=(post.kind.replace(" ", "-"),))

    def _uses(self, weave: Weave, commitment: Commitment, number: int, post: Post) -> list[Use]:
        home = commitment.classes[0] if post.home else None
        return [
            Use(item.start, item.duration, self.students(post), home, commitment, number, k)
            for k, item in enumerate(weave.items[commitment])
        ]

    def _house(self, kind: str, uses: Sequence[Use]) -> None:
        """Each lesson goes to the smallest free room that is big enough; a new room is made when there is none."""
        taken: dict[str, list[bool]] = {}
        seats: dict[str, int] = {}
        for use in uses:
            room = self.home.get(use.home) if use.home is not None else self._free(use, taken, seats)
            if room is None:
                room = self._build(kind, use, len(taken))
                taken[room] = [False] * CELLS
                seats[room] = self.rooms[-1].capacity or 0
                if use.home is not None:
                    self.home[use.home] = room
            for cell in range(use.start, use.start + use.duration):
                taken[room][cell] = True
            self.given[use.commitment, use.post, use.number] = room

    def _free(self, use: Use, taken: dict[str, list[bool]], seats: dict[str, int]) -> str | None:
        cells = range(use.start, use.start + use.duration)
        free = [r for r in taken if seats[r] >= use.students and not any(taken[r][c] for c in cells)]
        return min(free, key=lambda r: (seats[r], -sum(taken[r])), default=None)

    def _build(self, kind: str, use: Use, count: int) -> str:
        *site, plain = kind.split(" ")
        prefix = site[0][0].upper() if site else ""
        code = f"{prefix}{CODES[plain]}{101 + count if plain == CLASSROOM else count + 1}"
        capacity = SMALL if plain == CLASSROOM and use.students <= SMALL else SEATS.get(plain, SEATS_ELSEWHERE)
        name = f"{FULL_NAMES[plain]} {code}"
        features = (kind.replace(" ", "-"),)
        self.rooms.append(Room(id=code, name=name, capacity=capacity, features=features, site="".join(site).title()))
        return code
