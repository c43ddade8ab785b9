"""What a cell Room of the sheet Lessons asks for."""

import re

from formats.excel.context import Reading
from formats.excel.parts import Broken
from formats.excel.read_people import read_features
from formats.excel.rows import Row
from formats.excel.values import fold, split_list, text_of, was_a_date
from models.problem import RoomRequest

_TYPE = re.compile(r"^(?:room )?(?:type|typ|tipo|feature)\s*[:=]\s*", re.IGNORECASE)
_OPTIONAL = re.compile(r"\s*\(optional\)$", re.IGNORECASE)
_ANY = frozenset({"any", "any room", "*"})
_NONE = frozenset({"none", "no room", "-"})


def read_room_cell(reading: Reading, row: Row, column: str) -> tuple[RoomRequest, ...] | None:
    """The requests of a cell; blank: None; "none": no request.

    A list (LAB1, LAB2) is one room among them, `type:lab+sink` one with both features, and other pluses
    (LAB1 + GYM) ask for several rooms at once. "(optional)" behind a room: the lesson may go without.
    """
    cell = row.raw(column)
    if was_a_date(cell) or isinstance(cell, Broken):
        rooms = reading.rooms.many(row, column)
        return (RoomRequest(any_of=rooms),) if rooms else None
    text = text_of(cell)
    if not text:
        return None
    code = reading.rooms.find(text) if reading.rooms.defined else None
    if code is not None:
        return (RoomRequest(any_of=(code,)),)
    if fold(text) in _NONE:
        return ()
    return tuple(
        r for part in _together(reading, text) for r in (_request(reading, row, column, part),) if r is not None
    )


def _together(reading: Reading, text: str) -> list[str]:
    """The rooms needed at once: pluses separate them, except between the features of one type."""
    parts: list[str] = []
    for piece in (p.strip() for p in text.split("+")):
        if parts and _is_feature(reading, parts[-1], piece):
            parts[-1] += f"+{piece}"
        else:
            parts.append(piece)
    return parts


def _is_feature(reading: Reading, before: str, piece: str) -> bool:
    """Whether a piece goes on with the type before it: type:lab + sink, but not type:lab + R1."""
    if not _TYPE.match(before) or _OPTIONAL.search(before) or _TYPE.match(piece):
        return False
    first = next(iter(split_list(_OPTIONAL.sub("", piece))), "")
    return fold(first) not in _ANY and reading.rooms.find(first) is None


def _request(reading: Reading, row: Row, column: str, part: str) -> RoomRequest | None:
    needed = _needed(reading, row, column, _OPTIONAL.sub("", part))
    return needed.model_copy(update={"optional": True}) if needed and _OPTIONAL.search(part) else needed


def _needed(reading: Reading, row: Row, column: str, part: str) -> RoomRequest | None:
    if fold(part) in _ANY:
        return RoomRequest()
    choices = split_list(part)
    if len(choices) == 1 and _TYPE.match(part):
        return RoomRequest(features=_features(reading, row, column, part))
    rooms: list[str] = []
    for choice in choices:
        if _TYPE.match(choice):
            wanted = set(_features(reading, row, column, choice))
            rooms += [r.id for r in reading.room.values() if wanted and wanted <= set(r.features)]
        else:
            found, unknown = reading.rooms.split(choice)
            rooms += found
            for item in unknown:
                reading.rooms.report(row, column, item)
    return RoomRequest(any_of=tuple(dict.fromkeys(rooms))) if rooms else None


def _features(reading: Reading, row: Row, column: str, choice: str) -> tuple[str, ...]:
    words = [x.strip() for x in _TYPE.sub("", choice).split("+")]
    features = read_features(reading, row, column, words)
    if features and not any(set(features) <= set(r.features) for r in reading.room.values()):
        row.error(column, f"no room is of all the types {', '.join(features)}", "types that one room has together")
    return features


def default_rooms(reading: Reading, classes: tuple[str, ...], subject: str) -> tuple[RoomRequest, ...]:
    """What a lesson asks for when its row names no room: the subject's type of room; else the home room of its
    class. A part of a class alone goes to no home room but its own, since the rest may be in that of the class."""
    features = reading.room_type.get(subject)
    if features:
        return (RoomRequest(features=features),)
    homes = [reading.home_room.get(c) for c in whole_classes(reading, classes)]
    rooms = tuple(dict.fromkeys(room for room in homes if room is not None))
    return (RoomRequest(any_of=rooms),) if rooms else ()


def whole_classes(reading: Reading, classes: tuple[str, ...]) -> list[str]:
    """The classes of a lesson, where all parts of a split stand for their class; a part with a home room of its
    own stands for itself."""
    whole: list[str] = []
    for code in classes:
        c = reading.class_.get(code)
        if c is None or c.part_of is None or code in reading.home_room:
            whole.append(code)
            continue
        siblings = reading.parts.get((c.part_of, c.split), [code, ""])
        whole.append(c.part_of if set(siblings) <= set(classes) else code)
    return list(dict.fromkeys(whole))
