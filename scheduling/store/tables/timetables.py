"""What is made of what: uploads, problems, timetables, versions. Rows are kept and never overwritten (triggers)."""

from datetime import date, datetime

from sqlalchemy import Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.store.base import ID, Base, Json, Record, inside, owned


class Upload(Record, Base):
    """A file as it came. sha256: of its bytes."""

    __tablename__ = "uploads"
    __table_args__ = owned(Index("ix_uploads_sha256", "organisation_id", "sha256"))

    name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    created_by: Mapped[str | None] = mapped_column(String(ID))


class StoredProblem(Record, Base):
    """content: models.Problem as canonical JSON; hash: SHA-256 of it; report: what reading it found."""

    __tablename__ = "problems"
    __table_args__ = owned(inside("upload_id", "uploads"), Index("ix_problems_hash", "organisation_id", "hash"))

    upload_id: Mapped[str | None] = mapped_column(String(ID))
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[str] = mapped_column(Text, deferred=True)
    hash: Mapped[str] = mapped_column(String(64))
    report: Mapped[Json]
    created_by: Mapped[str | None] = mapped_column(String(ID))


class StoredTimetable(Record, Base):
    """content: models.Timetable as canonical JSON; origin: "solve", "repair", "upload", "manual", ...; parent_id: the
    timetable it was made from; score: as models.score judged it; made_with: seed, limits, bound, model version."""

    __tablename__ = "timetables"
    __table_args__ = owned(inside("problem_id", "problems"), inside("parent_id", "timetables"))

    problem_id: Mapped[str] = mapped_column(String(ID), index=True)
    parent_id: Mapped[str | None] = mapped_column(String(ID))
    origin: Mapped[str] = mapped_column(String(40))
    content: Mapped[str] = mapped_column(Text, deferred=True)
    hash: Mapped[str] = mapped_column(String(64))
    score: Mapped[Json]
    made_with: Mapped[Json]
    created_by: Mapped[str | None] = mapped_column(String(ID))


class Version(Record, Base):
    """A published timetable: number 1, 2, 3, ... in the organisation; in force from effective_from until the next date
    of a version; of equal dates the higher number counts. Undo is publishing an older timetable again."""

    __tablename__ = "versions"
    __table_args__ = owned(inside("timetable_id", "timetables"), UniqueConstraint("organisation_id", "number"))

    number: Mapped[int]
    timetable_id: Mapped[str] = mapped_column(String(ID), index=True)
    effective_from: Mapped[date]
    note: Mapped[str] = mapped_column(String(500), default="")
    published_by: Mapped[str | None] = mapped_column(String(ID))
    published_at: Mapped[datetime]
