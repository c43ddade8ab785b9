"""A timetable becomes the school's timetable entries, and a version that can be gone back to."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from scheduling import library, versions
from scheduling.errors import Conflict
from scheduling.school.holdings import Holdings, holdings
from scheduling.school.keys import Keys, keys_of
from scheduling.school.rewriting import rewrite
from scheduling.school.states import NoSession
from scheduling.school.targets import Target, targets
from scheduling.store import StoreSession
from scheduling.store.tables import StoredTimetable

MOST_NAMED = 5


class SchoolChanged(Conflict):
    default = (
        "Time slots, people or timetable entries have changed since this timetable was made: make it again, or publish "
        "it with replace=true, which gives up those changes"
    )


class NotComplete(Conflict):
    """names: of lessons without a place."""

    def __init__(self, names: Sequence[str]) -> None:
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        told = ", ".join(names[:MOST_NAMED]) + more
        super().__init__(f"Lessons without a place: {told}. Publish with incomplete=true to leave them out")


class Gone(Conflict):
    default = "Time slots or teachers of this timetable are not active any more"


class BreaksRules(Conflict):
    default = "This timetable breaks hard rules; repair it before it is published"


@dataclass(frozen=True)
class Published:
    """Counts of timetable entries; unplaced: names of lessons left out."""

    version: int
    created: int
    moved: int
    removed: int
    unchanged: int
    unplaced: tuple[str, ...]


def publish(
    session: StoreSession, timetable_id: str, note: str = "", replace: bool = False, incomplete: bool = False
) -> Published:
    """From today on. Entries in slots that are no lesson periods stay. replace: also gives up what was changed by hand
    since; incomplete: lessons without a place are left out. NotFound, ForeignTimetable, SchoolChanged, NotComplete,
    BreaksRules, Gone, NoSession."""
    row = library.timetable_row(session, timetable_id)
    keys = keys_of(session, row.problem_id)
    _hold(session, keys)
    held = holdings(session)
    if held.current is None:
        raise NoSession
    problem, timetable = library.problem_in(library.problem_row(session, row.problem_id)), library.timetable_in(row)
    placed = timetable.placement
    unplaced = tuple(x.title for x in problem.lessons if x.id not in placed)
    _check(row, keys, held, unplaced if not incomplete else (), replace)
    wanted = list(targets(problem, timetable, keys))
    _check_present(held, wanted)
    changes = rewrite(session, held, held.current, keys, wanted)
    today = session.now.astimezone(ZoneInfo(held.school.zone)).date()
    version = versions.publish(session, timetable_id, today, note)
    return Published(version.number, changes.created, changes.moved, changes.removed, changes.unchanged, unplaced)


def _hold(session: StoreSession, keys: Keys) -> None:
    """Nobody books anybody until the transaction ends."""
    slots = {slot for _, slot in keys.cells}
    names = {"class": keys.classes.values(), "teacher": keys.teachers.values(), "slot": slots}
    session.lock("versions", *(f"{kind}:{id_}" for kind, ids in names.items() for id_ in ids))


def _check(row: StoredTimetable, keys: Keys, held: Holdings, unplaced: Sequence[str], replace: bool) -> None:
    if row.score.get("hard"):
        raise BreaksRules
    if unplaced:
        raise NotComplete(unplaced)
    plan = held.current.plan_id if held.current is not None else None
    of_plan = (plan or "") in (keys.plan, row.problem_id)
    if not replace and (keys.state != held.state or not of_plan):
        raise SchoolChanged


def _check_present(held: Holdings, wanted: Sequence[Target]) -> None:
    """Whether what the timetable is made of is still in use."""
    slots, teachers = {x.id for x in held.slots}, {x.id for x in held.teachers}
    if any(x.time_slot_id not in slots or x.teacher_id not in teachers for x in wanted):
        raise Gone
