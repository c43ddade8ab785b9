"""A school's master data and timetable entries, as the director's dialect keeps them."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index, String, Text, text, true
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.store.base import ID, Base, Counted, Owned, Record, inside, owned

GUARDED = text("active AND guarded")
CURRENT = text("current")


class Changed(Counted):
    """updated_at: instant of the last change."""

    updated_at: Mapped[datetime]


class AcademicSession(Changed, Record, Base):
    """A school year or term; entries belong to one. At most one of a school is current. plan_id: the problem that
    says what is to be taught, with the keys of its names (`scheduling.school.plan`)."""

    __tablename__ = "academic_sessions"
    __table_args__ = owned(
        inside("plan_id", "problems"),
        Index(
            "uq_academic_sessions_current",
            "organisation_id",
            unique=True,
            sqlite_where=CURRENT,
            postgresql_where=CURRENT,
        ),
    )

    name: Mapped[str] = mapped_column(String(100))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    current: Mapped[bool] = mapped_column(default=False)
    plan_id: Mapped[str | None] = mapped_column(String(ID))


class SchoolTeacher(Changed, Record, Base):
    """status: "active" or anything else; person_id: who signs in as this teacher; code: short name in workbooks."""

    __tablename__ = "school_teachers"
    __table_args__ = owned(inside("person_id", "people"))

    person_id: Mapped[str | None] = mapped_column(String(ID), index=True)
    first_name: Mapped[str] = mapped_column(String(100))
    last_name: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(254))
    phone_number: Mapped[str] = mapped_column(String(40), default="")
    status: Mapped[str] = mapped_column(String(20), default="active")
    display_picture: Mapped[str | None] = mapped_column(String(500))
    gender: Mapped[str] = mapped_column(String(20), default="")
    code: Mapped[str | None] = mapped_column(String(40))

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class SchoolClass(Changed, Record, Base):
    """code: short name ("JSS1A"); level: "" where the name says it; part_of_id: of a part, the class it is cut from."""

    __tablename__ = "school_classes"
    __table_args__ = owned(inside("class_teacher_id", "school_teachers"), inside("part_of_id", "school_classes"))

    name: Mapped[str] = mapped_column(String(100))
    code: Mapped[str] = mapped_column(String(40))
    class_teacher_id: Mapped[str | None] = mapped_column(String(ID))
    level: Mapped[str] = mapped_column(String(100), default="", server_default="")
    part_of_id: Mapped[str | None] = mapped_column(String(ID))


class SchoolSubject(Changed, Record, Base):
    """class_id: the class it is meant for, if it is for one alone."""

    __tablename__ = "school_subjects"
    __table_args__ = owned(inside("class_id", "school_classes"))

    name: Mapped[str] = mapped_column(String(100))
    code: Mapped[str | None] = mapped_column(String(40))
    color: Mapped[str | None] = mapped_column(String(7))
    description: Mapped[str | None] = mapped_column(Text)
    class_id: Mapped[str | None] = mapped_column(String(ID))


class SubjectTeacher(Counted, Owned, Base):
    """Who teaches which subject."""

    __tablename__ = "subject_teachers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "subject_id"], ["school_subjects.organisation_id", "school_subjects.id"]
        ),
        ForeignKeyConstraint(
            ["organisation_id", "teacher_id"], ["school_teachers.organisation_id", "school_teachers.id"]
        ),
    )

    subject_id: Mapped[str] = mapped_column(String(ID), primary_key=True)
    teacher_id: Mapped[str] = mapped_column(String(ID), primary_key=True)


class TimeSlot(Changed, Record, Base):
    """starts, ends: minutes since midnight. kind: lesson, break, lunch or assembly; None: told by the label.
    days: upper case names; empty: every day. position: from 1, unique within the school."""

    __tablename__ = "time_slots"
    __table_args__ = owned()

    starts: Mapped[int]
    ends: Mapped[int]
    label: Mapped[str] = mapped_column(String(100))
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)
    kind: Mapped[str | None] = mapped_column(String(20))
    days: Mapped[list[str]] = mapped_column(default=list)


class TimetableEntry(Changed, Record, Base):
    """A class has a subject with a teacher in a slot of a day. The database keeps class and teacher from being booked
    twice, whoever is quicker.

    lesson: of the plan, the lesson the entry is a part of; "" for one made by hand. weeks: names of the weeks it is in;
    empty: every week. guarded: False for parts of joint lessons and of alternating weeks, which share a slot."""

    __tablename__ = "timetable_entries"
    __table_args__ = owned(
        inside("class_id", "school_classes"),
        inside("subject_id", "school_subjects"),
        inside("teacher_id", "school_teachers"),
        inside("time_slot_id", "time_slots"),
        inside("academic_session_id", "academic_sessions"),
        *(
            Index(
                f"uq_timetable_entries_{who}",
                "organisation_id",
                "academic_session_id",
                f"{who}_id",
                "time_slot_id",
                "day",
                unique=True,
                sqlite_where=GUARDED,
                postgresql_where=GUARDED,
            )
            for who in ("class", "teacher")
        ),
        *(
            Index(f"ix_timetable_entries_{who}", "organisation_id", "academic_session_id", f"{who}_id")
            for who in ("class", "teacher")
        ),
        Index("ix_timetable_entries_slot", "organisation_id", "academic_session_id", "time_slot_id", "day"),
    )

    class_id: Mapped[str] = mapped_column(String(ID))
    subject_id: Mapped[str] = mapped_column(String(ID))
    teacher_id: Mapped[str] = mapped_column(String(ID))
    time_slot_id: Mapped[str] = mapped_column(String(ID))
    academic_session_id: Mapped[str] = mapped_column(String(ID))
    day: Mapped[str] = mapped_column(String(10))
    room: Mapped[str | None] = mapped_column(String(100))
    notes: Mapped[str | None] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(default=True)
    lesson: Mapped[str] = mapped_column(String(200), default="", server_default="")
    weeks: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    guarded: Mapped[bool] = mapped_column(default=True, server_default=true())
