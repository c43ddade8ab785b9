"""A school's master data and timetable entries."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "academic_sessions",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_academic_sessions_organisation_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_academic_sessions")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_academic_sessions_organisation_id_id")),
    )
    op.create_index(
        op.f("ix_academic_sessions_organisation_id"), "academic_sessions", ["organisation_id"], unique=False
    )
    op.create_index(
        "uq_academic_sessions_current",
        "academic_sessions",
        ["organisation_id"],
        unique=True,
        sqlite_where=sa.text("current"),
        postgresql_where=sa.text("current"),
    )
    op.create_table(
        "time_slots",
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=True),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_time_slots_organisation_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_slots")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_time_slots_organisation_id_id")),
    )
    op.create_index(op.f("ix_time_slots_organisation_id"), "time_slots", ["organisation_id"], unique=False)
    op.create_table(
        "school_teachers",
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("first_name", sa.String(length=100), nullable=False),
        sa.Column("last_name", sa.String(length=100), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone_number", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("display_picture", sa.String(length=500), nullable=True),
        sa.Column("gender", sa.String(length=20), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["people.organisation_id", "people.id"],
            name=op.f("fk_school_teachers_organisation_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_school_teachers_organisation_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_teachers")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_school_teachers_organisation_id_id")),
    )
    op.create_index(op.f("ix_school_teachers_organisation_id"), "school_teachers", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_school_teachers_person_id"), "school_teachers", ["person_id"], unique=False)
    op.create_table(
        "school_classes",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("class_teacher_id", sa.String(length=36), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "class_teacher_id"],
            ["school_teachers.organisation_id", "school_teachers.id"],
            name=op.f("fk_school_classes_organisation_id_class_teacher_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_school_classes_organisation_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_classes")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_school_classes_organisation_id_id")),
    )
    op.create_index(op.f("ix_school_classes_organisation_id"), "school_classes", ["organisation_id"], unique=False)
    op.create_table(
        "school_subjects",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("color", sa.String(length=7), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("class_id", sa.String(length=36), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "class_id"],
            ["school_classes.organisation_id", "school_classes.id"],
            name=op.f("fk_school_subjects_organisation_id_class_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_school_subjects_organisation_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_subjects")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_school_subjects_organisation_id_id")),
    )
    op.create_index(op.f("ix_school_subjects_organisation_id"), "school_subjects", ["organisation_id"], unique=False)
    op.create_table(
        "subject_teachers",
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("teacher_id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "subject_id"],
            ["school_subjects.organisation_id", "school_subjects.id"],
            name=op.f("fk_subject_teachers_organisation_id_subject_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "teacher_id"],
            ["school_teachers.organisation_id", "school_teachers.id"],
            name=op.f("fk_subject_teachers_organisation_id_teacher_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_subject_teachers_organisation_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("subject_id", "teacher_id", name=op.f("pk_subject_teachers")),
    )
    op.create_index(op.f("ix_subject_teachers_organisation_id"), "subject_teachers", ["organisation_id"], unique=False)
    op.create_table(
        "timetable_entries",
        sa.Column("class_id", sa.String(length=36), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("teacher_id", sa.String(length=36), nullable=False),
        sa.Column("time_slot_id", sa.String(length=36), nullable=False),
        sa.Column("academic_session_id", sa.String(length=36), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("room", sa.String(length=100), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "academic_session_id"],
            ["academic_sessions.organisation_id", "academic_sessions.id"],
            name=op.f("fk_timetable_entries_organisation_id_academic_session_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "class_id"],
            ["school_classes.organisation_id", "school_classes.id"],
            name=op.f("fk_timetable_entries_organisation_id_class_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "subject_id"],
            ["school_subjects.organisation_id", "school_subjects.id"],
            name=op.f("fk_timetable_entries_organisation_id_subject_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "teacher_id"],
            ["school_teachers.organisation_id", "school_teachers.id"],
            name=op.f("fk_timetable_entries_organisation_id_teacher_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "time_slot_id"],
            ["time_slots.organisation_id", "time_slots.id"],
            name=op.f("fk_timetable_entries_organisation_id_time_slot_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_timetable_entries_organisation_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timetable_entries")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_timetable_entries_organisation_id_id")),
    )
    op.create_index(
        op.f("ix_timetable_entries_organisation_id"), "timetable_entries", ["organisation_id"], unique=False
    )
    op.create_index(
        "ix_timetable_entries_slot",
        "timetable_entries",
        ["organisation_id", "academic_session_id", "time_slot_id", "day"],
        unique=False,
    )
    op.create_index(
        "uq_timetable_entries_class",
        "timetable_entries",
        ["organisation_id", "academic_session_id", "class_id", "time_slot_id", "day"],
        unique=True,
        sqlite_where=sa.text("active"),
        postgresql_where=sa.text("active"),
    )
    op.create_index(
        "uq_timetable_entries_teacher",
        "timetable_entries",
        ["organisation_id", "academic_session_id", "teacher_id", "time_slot_id", "day"],
        unique=True,
        sqlite_where=sa.text("active"),
        postgresql_where=sa.text("active"),
    )


def downgrade() -> None:
    op.drop_table("timetable_entries")
    op.drop_table("subject_teachers")
    op.drop_table("school_subjects")
    op.drop_table("school_classes")
    op.drop_table("school_teachers")
    op.drop_table("time_slots")
    op.drop_table("academic_sessions")
