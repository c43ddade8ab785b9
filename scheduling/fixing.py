"""Applying a fix that was found: a new version of the school, with the timetable that proves it possible."""

from scheduling import library
from scheduling.errors import Conflict, NotFound
from scheduling.jobs.asking import find
from scheduling.store import StoreSession
from scheduling.store.base import Json
from scheduling.store.tables import Job, StoredProblem, StoredTimetable


def apply_fix(session: StoreSession, job_id: str, number: int) -> tuple[StoredProblem, StoredTimetable, str]:
    """The new problem, its timetable and what was changed, in a sentence. NotFound, Conflict."""
    job = find(session, job_id)
    fix = _fix(job, number)
    changes = [str(change["sentence"]) for change in fix["changes"]]
    report = {"made_from": job.problem_id, "job": job.id, "fix": number, "changes": changes}
    name = library.problem_row(session, job.problem_id).name
    problem = library.copy_problem(session, library.problem_row(session, fix["problem"]), name, report)
    proof = library.timetable_row(session, fix["timetable"])
    timetable = library.copy_timetable(session, proof, problem.id, "fix")
    return problem, timetable, "; ".join(changes)


def _fix(job: Job, number: int) -> Json:
    if job.kind != "fixes":
        raise Conflict("This job did not look for fixes.")
    if job.status != "done" or job.result is None:
        raise Conflict(f"The job has found no fixes: it is {job.status}.")
    fix: Json | None = next((fix for fix in job.result["fixes"] if fix["number"] == number), None)
    if fix is None:
        raise NotFound(f"There is no fix {number}; {len(job.result['fixes'])} were found.")
    return fix
