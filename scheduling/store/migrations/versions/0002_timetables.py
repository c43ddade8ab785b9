"""Uploads, problems, timetables, versions, jobs."""

import sqlalchemy as sa
from alembic import op

from scheduling.store.migrations.triggers import append_only, not_append_only

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "uploads",
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_uploads_organisation_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_uploads_organisation_id_id")),
    )
    op.create_index(op.f("ix_uploads_organisation_id"), "uploads", ["organisation_id"], unique=False)
    op.create_index("ix_uploads_sha256", "uploads", ["organisation_id", "sha256"], unique=False)
    op.create_table(
        "problems",
        sa.Column("upload_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("report", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "upload_id"],
            ["uploads.organisation_id", "uploads.id"],
            name=op.f("fk_problems_organisation_id_upload_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_problems_organisation_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problems")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_problems_organisation_id_id")),
    )
    op.create_index("ix_problems_hash", "problems", ["organisation_id", "hash"], unique=False)
    op.create_index(op.f("ix_problems_organisation_id"), "problems", ["organisation_id"], unique=False)
    op.create_table(
        "timetables",
        sa.Column("problem_id", sa.String(length=36), nullable=False),
        sa.Column("parent_id", sa.String(length=36), nullable=True),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("score", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("made_with", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "parent_id"],
            ["timetables.organisation_id", "timetables.id"],
            name=op.f("fk_timetables_organisation_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "problem_id"],
            ["problems.organisation_id", "problems.id"],
            name=op.f("fk_timetables_organisation_id_problem_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_timetables_organisation_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timetables")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_timetables_organisation_id_id")),
    )
    op.create_index(op.f("ix_timetables_organisation_id"), "timetables", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_timetables_problem_id"), "timetables", ["problem_id"], unique=False)
    op.create_table(
        "versions",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("timetable_id", sa.String(length=36), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("published_by", sa.String(length=36), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "timetable_id"],
            ["timetables.organisation_id", "timetables.id"],
            name=op.f("fk_versions_organisation_id_timetable_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_versions_organisation_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_versions")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_versions_organisation_id_id")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_versions_organisation_id_number")),
    )
    op.create_index(op.f("ix_versions_organisation_id"), "versions", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_versions_timetable_id"), "versions", ["timetable_id"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("problem_id", sa.String(length=36), nullable=False),
        sa.Column("parameters", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("dedup_key", sa.String(length=100), nullable=True),
        sa.Column("progress", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("timetable_id", sa.String(length=36), nullable=True),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "problem_id"],
            ["problems.organisation_id", "problems.id"],
            name=op.f("fk_jobs_organisation_id_problem_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "timetable_id"],
            ["timetables.organisation_id", "timetables.id"],
            name=op.f("fk_jobs_organisation_id_timetable_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_jobs_organisation_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_jobs_organisation_id_id")),
    )
    op.create_index(op.f("ix_jobs_organisation_id"), "jobs", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_jobs_problem_id"), "jobs", ["problem_id"], unique=False)
    op.create_index("ix_jobs_status", "jobs", ["organisation_id", "status"], unique=False)
    op.create_index(
        "uq_jobs_open_dedup_key",
        "jobs",
        ["organisation_id", "dedup_key"],
        unique=True,
        sqlite_where=sa.text("status IN ('queued', 'running')"),
        postgresql_where=sa.text("status IN ('queued', 'running')"),
    )
    append_only("uploads")
    append_only("problems")
    append_only("timetables")
    append_only("versions")


def downgrade() -> None:
    not_append_only("uploads")
    not_append_only("problems")
    not_append_only("timetables")
    not_append_only("versions")
    op.drop_table("jobs")
    op.drop_table("versions")
    op.drop_table("timetables")
    op.drop_table("problems")
    op.drop_table("uploads")
