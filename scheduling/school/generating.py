"""A timetable for the whole school, made by a job; and what such a job is told as."""

from dataclasses import dataclass

from models.diagnose import proofs, told
from scheduling import jobs, library
from scheduling.jobs import Wishes
from scheduling.school.holdings import holdings
from scheduling.school.plan import plan_of
from scheduling.school.problem import Compiled, How, compile_school
from scheduling.school.states import EntryUnknown
from scheduling.store import StoreSession
from scheduling.store.tables import Job, TimetableEntry

NAME = "timetable to be generated"


@dataclass(frozen=True)
class Asked:
    """pinned: which entries stay where they are: "all", "none", or those of the ids; relaxed: where a teacher is to be
    chosen, also one who is not assigned to the subject may be."""

    pinned: str | frozenset[str] = "all"
    relaxed: bool = False

    def keeps(self, entry: TimetableEntry) -> bool:
        return entry.id in self.pinned if isinstance(self.pinned, frozenset) else self.pinned == "all"


@dataclass(frozen=True)
class Draft:
    """What is to be solved. proofs: why it has no complete timetable, as far as counting tells."""

    compiled: Compiled
    proofs: tuple[str, ...]

    @property
    def notes(self) -> list[str]:
        """What a person should know before."""
        counts = {
            "beyond the imported plan, which are lessons too": self.compiled.beyond,
            "in slots without lessons, which stay": len(self.compiled.outside),
            "of teachers who left, which end when it is published": len(self.compiled.ending),
        }
        return [f"Timetable entries {what}: {count}" for what, count in counts.items() if count]


def draft(session: StoreSession, asked: Asked) -> Draft:
    """Takes its time: in a transaction that only reads. NoSlots, NothingToTeach, PlanOutdated,
    EntryUnknown."""
    held = holdings(session)
    if isinstance(asked.pinned, frozenset) and not asked.pinned <= {x.id for x in held.entries}:
        raise EntryUnknown
    compiled = compile_school(held, plan_of(session, held), How(asked.keeps, asked.relaxed))
    return Draft(compiled, tuple(told(proofs(compiled.problem))))


def generate(session: StoreSession, wanted: Draft, wishes: Wishes, priority: int = 0) -> Job:
    """TooManyJobs."""
    compiled = wanted.compiled
    name = f"{compiled.problem.name} ({NAME})"
    problem = library.keep_problem(session, compiled.problem, name, compiled.keys.report())
    return jobs.submit(session, problem.id, wishes, priority)
