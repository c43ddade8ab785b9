"""What is kept for ever: files as they came, the problems read from them, and the timetables made of those."""

import hashlib

from sqlalchemy import select

from models.problem import Problem
from models.score import score
from models.timetable import Timetable
from scheduling.errors import NotFound
from scheduling.store import StoreSession
from scheduling.store.audit import record
from scheduling.store.base import Json, canonical
from scheduling.store.tables import StoredProblem, StoredTimetable, Upload


def keep_upload(session: StoreSession, name: str, content: bytes) -> Upload:
    """The bytes as they came."""
    digest = hashlib.sha256(content).hexdigest()
    upload = Upload(name=name[-255:], sha256=digest, size=len(content), content=content, created_by=_actor(session))
    session.add(upload)
    session.flush()
    record(session, "created", "upload", upload.id, None, {"name": upload.name, "sha256": digest})
    return upload


def keep_problem(
    session: StoreSession, problem: Problem, name: str, report: Json, upload_id: str | None = None
) -> StoredProblem:
    """report: what reading it found."""
    return _keep_problem(session, canonical(problem.model_dump(mode="json")), name, report, upload_id)


def copy_problem(session: StoreSession, original: StoredProblem, name: str, report: Json) -> StoredProblem:
    """The same content once more, as the newest of that name."""
    return _keep_problem(session, original.content, name, report, None)


def _keep_problem(session: StoreSession, content: str, name: str, report: Json, upload_id: str | None) -> StoredProblem:
    row = StoredProblem(
        upload_id=upload_id,
        name=name[:200],
        content=content,
        hash=hash_of(content),
        report=report,
        created_by=_actor(session),
    )
    session.add(row)
    session.flush()
    record(session, "created", "problem", row.id, None, {"name": row.name, "hash": row.hash})
    return row


def keep_timetable(
    session: StoreSession,
    problem_id: str,
    timetable: Timetable,
    judged: Json,
    origin: str,
    made_with: Json | None = None,
    parent_id: str | None = None,
) -> StoredTimetable:
    """judged: by `judge`, before the transaction; origin: "solve", "repair", "upload", ...; made_with: seed, limits,
    bound, version of the model; parent_id: the timetable it was made from."""
    return keep_written(session, problem_id, written(timetable), judged, origin, made_with or {}, parent_id)


def written(timetable: Timetable) -> str:
    """As it is kept."""
    return canonical(timetable.model_dump(mode="json"))


def copy_timetable(session: StoreSession, original: StoredTimetable, problem_id: str, origin: str) -> StoredTimetable:
    """The same one for another problem, for which it is as good."""
    return keep_written(session, problem_id, original.content, original.score, origin, original.made_with, original.id)


def keep_written(
    session: StoreSession,
    problem_id: str,
    content: str,
    judged: Json,
    origin: str,
    made_with: Json,
    parent_id: str | None,
) -> StoredTimetable:
    """As `keep_timetable`, of one that was `written` before the transaction: in a large school that takes a while."""
    row = StoredTimetable(
        problem_id=problem_id,
        parent_id=parent_id,
        origin=origin,
        content=content,
        hash=hash_of(content),
        score=judged,
        made_with=made_with,
        created_by=_actor(session),
    )
    session.add(row)
    session.flush()
    record(session, "created", "timetable", row.id, None, {"problem": problem_id, "origin": origin, "hash": row.hash})
    return row


def problem_row(session: StoreSession, problem_id: str) -> StoredProblem:
    found = session.get(StoredProblem, problem_id)
    if found is None:
        raise NotFound("There is no problem of this id.")
    return found


def timetable_row(session: StoreSession, timetable_id: str) -> StoredTimetable:
    found = session.get(StoredTimetable, timetable_id)
    if found is None:
        raise NotFound("There is no timetable of this id.")
    return found


def problems(session: StoreSession, limit: int, offset: int = 0) -> list[StoredProblem]:
    """Latest first."""
    latest = select(StoredProblem).order_by(StoredProblem.created_at.desc(), StoredProblem.id.desc())
    return list(session.scalars(latest.limit(limit).offset(offset)))


def timetables(session: StoreSession, problem_id: str | None, limit: int, offset: int = 0) -> list[StoredTimetable]:
    """Latest first; of a problem, or all."""
    latest = select(StoredTimetable).order_by(StoredTimetable.created_at.desc(), StoredTimetable.id.desc())
    wanted = latest if problem_id is None else latest.where(StoredTimetable.problem_id == problem_id)
    return list(session.scalars(wanted.limit(limit).offset(offset)))


def problem_in(row: StoredProblem) -> Problem:
    return Problem.model_validate_json(row.content)


def timetable_in(row: StoredTimetable) -> Timetable:
    return Timetable.model_validate_json(row.content)


def hash_of(content: str) -> str:
    """SHA-256 of canonical JSON: equal values have equal hashes."""
    return hashlib.sha256(content.encode()).hexdigest()


def judge(problem: Problem, timetable: Timetable) -> Json:
    """What the rules' own definitions say of a timetable, as it is stored beside it."""
    found = score(problem, timetable)
    rules = [part._asdict() for part in found.rules]
    return {"hard": found.hard, "unplaced": found.unplaced, "soft": found.soft, "rules": rules}


def _actor(session: StoreSession) -> str | None:
    return session.tenant.actor_id if session.tenant else None
