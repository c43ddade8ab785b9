"""Long work as rows: what was asked, how far it is, what came of it."""

from datetime import datetime

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.store.base import ID, Base, Json, Record, inside, owned

OPEN = text("status IN ('queued', 'running')")
"""Jobs that have not ended."""


class Job(Record, Base):
    """kind: "solve", "repair", ...; status: "queued", "running", "done", "failed" or "cancelled".

    dedup_key: equal for submits that mean the same work, None: never shared (unique while the job is open);
    progress: the last news, with objective, bound, placed and seconds; stale: the input changed while it ran.
    """

    __tablename__ = "jobs"
    __table_args__ = owned(
        inside("problem_id", "problems"),
        inside("timetable_id", "timetables"),
        Index(
            "uq_jobs_open_dedup_key",
            "organisation_id",
            "dedup_key",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index("ix_jobs_status", "organisation_id", "status"),
    )

    kind: Mapped[str] = mapped_column(String(40))
    problem_id: Mapped[str] = mapped_column(String(ID), index=True)
    parameters: Mapped[Json]
    status: Mapped[str] = mapped_column(String(20))
    priority: Mapped[int] = mapped_column(default=0)
    dedup_key: Mapped[str | None] = mapped_column(String(100))
    progress: Mapped[Json] = mapped_column(default=dict)
    timetable_id: Mapped[str | None] = mapped_column(String(ID))
    result: Mapped[Json | None]
    error: Mapped[str | None] = mapped_column(Text)
    stale: Mapped[bool] = mapped_column(default=False)
    created_by: Mapped[str | None] = mapped_column(String(ID))
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
