"""Which rows of the school the names of a problem stand for: how a timetable finds its way back."""

from pydantic import BaseModel, ConfigDict

from scheduling.errors import Conflict
from scheduling.library import problem_row
from scheduling.store import StoreSession
from scheduling.store.base import Json

REPORT = "school"
"""Where the keys stand in the report of a stored problem."""


class ForeignTimetable(Conflict):
    default = "This timetable was not made from the school's time slots, classes and teachers"


class Keys(BaseModel):
    """classes, teachers, subjects: name in the problem -> id of the row; cells: day and slot of each cell of the grid;
    entries: lesson that is no lesson of the plan -> the entry it was; plan: id of the problem it was made for,
    "" for none; state: of the school then, see `Holdings`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    classes: dict[str, str]
    teachers: dict[str, str]
    subjects: dict[str, str]
    cells: tuple[tuple[str, str], ...]
    entries: dict[str, str] = {}
    plan: str = ""
    state: str = ""

    def report(self) -> Json:
        return {REPORT: self.model_dump(mode="json")}


def keys_of(session: StoreSession, problem_id: str) -> Keys:
    """Of a problem, or of the one it was made from by a change. ForeignTimetable."""
    report = problem_row(session, problem_id).report
    while REPORT not in report and report.get("made_from"):
        report = problem_row(session, str(report["made_from"])).report
    if REPORT not in report:
        raise ForeignTimetable
    return Keys.model_validate(report[REPORT])
