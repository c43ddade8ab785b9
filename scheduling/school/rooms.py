"""Rooms: a director writes them as free text, a problem knows each of them."""

from collections.abc import Sequence

from models.problem import Lesson, Room, RoomRequest
from scheduling.school.masters import folded

BETWEEN = ", "
"""Between the names of the rooms of one lesson."""


class Rooms:
    """planned: those of the plan. Names that are none of them become rooms as they occur."""

    def __init__(self, planned: Sequence[Room]) -> None:
        self.rooms = {room.id: room for room in planned}
        self._known: dict[str, str] = {}
        for room in planned:
            for name in (room.id, room.name):
                if folded(name):
                    self._known.setdefault(folded(name), room.id)

    @property
    def all(self) -> tuple[Room, ...]:
        return tuple(self.rooms.values())

    def named(self, text: str | None) -> tuple[str, ...]:
        """The rooms that an entry names; a name with a comma may be one room."""
        if not text or not folded(text):
            return ()
        whole = self._known.get(folded(text))
        return (whole,) if whole else tuple(self._room(name) for name in text.split(BETWEEN) if folded(name))

    def _room(self, name: str) -> str:
        known = self._known.get(folded(name))
        if known is None:
            known = self._known[folded(name)] = name.strip()
            self.rooms[known] = Room(id=known)
        return known

    def asking_for(self, lesson: Lesson, named: tuple[str, ...]) -> Lesson:
        """The lesson of an entry that stays: it asks for the rooms it is in."""
        if not named or len(lesson.rooms) not in (0, len(named)):
            return lesson
        asked = lesson.rooms or (RoomRequest(),) * len(named)
        requests = tuple(
            request if room in self._choices(request) else RoomRequest(any_of=(room,))
            for request, room in zip(asked, named, strict=True)
        )
        return lesson.model_copy(update={"rooms": requests if lesson.rooms else tuple(_only(x) for x in named)})

    def _choices(self, request: RoomRequest) -> set[str]:
        rooms = request.any_of or tuple(self.rooms)
        return {
            id_
            for id_ in rooms
            if id_ in self.rooms
            and set(request.features) <= set(self.rooms[id_].features)
            and (not request.seats or (self.rooms[id_].capacity or request.seats) >= request.seats)
        }

    def given(self, lesson: Lesson, named: tuple[str, ...]) -> tuple[str | None, ...]:
        """One room for each that the lesson asks for, as far as the entry names them."""
        return named if len(named) == len(lesson.rooms) else (None,) * len(lesson.rooms)


def _only(room: str) -> RoomRequest:
    return RoomRequest(any_of=(room,))
