"""What a school wants taught, and entries that are parts of joint lessons or of alternating weeks."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

UNIQUE = ("class", "teacher")
KEYS = ("time_slot_id", "day")


def upgrade() -> None:
    with op.batch_alter_table("academic_sessions") as table:
        table.add_column(sa.Column("plan_id", sa.String(length=36), nullable=True))
        table.create_foreign_key(
            op.f("fk_academic_sessions_organisation_id_plan_id"),
            "problems",
            ["organisation_id", "plan_id"],
            ["organisation_id", "id"],
        )
    with op.batch_alter_table("school_teachers") as table:
        table.add_column(sa.Column("code", sa.String(length=40), nullable=True))
    with op.batch_alter_table("school_classes") as table:
        table.add_column(sa.Column("level", sa.String(length=100), nullable=False, server_default=""))
        table.add_column(sa.Column("part_of_id", sa.String(length=36), nullable=True))
        table.create_foreign_key(
            op.f("fk_school_classes_organisation_id_part_of_id"),
            "school_classes",
            ["organisation_id", "part_of_id"],
            ["organisation_id", "id"],
        )
    _drop_unique()
    with op.batch_alter_table("timetable_entries") as table:
        table.add_column(sa.Column("lesson", sa.String(length=200), nullable=False, server_default=""))
        table.add_column(sa.Column("weeks", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("guarded", sa.Boolean(), nullable=False, server_default=sa.true()))
    _make_unique("active AND guarded")
    for who in UNIQUE:
        columns = ["organisation_id", "academic_session_id", f"{who}_id"]
        op.create_index(f"ix_timetable_entries_{who}", "timetable_entries", columns, unique=False)


def downgrade() -> None:
    for who in UNIQUE:
        op.drop_index(f"ix_timetable_entries_{who}", "timetable_entries")
    _drop_unique()
    # Older programs know no joint lessons: their further entries would be double bookings.
    op.execute(sa.text("UPDATE timetable_entries SET active = :no WHERE NOT guarded").bindparams(no=False))
    with op.batch_alter_table("timetable_entries") as table:
        for column in ("lesson", "weeks", "guarded"):
            table.drop_column(column)
    _make_unique("active")
    with op.batch_alter_table("school_classes") as table:
        table.drop_constraint(op.f("fk_school_classes_organisation_id_part_of_id"), type_="foreignkey")
        table.drop_column("part_of_id")
        table.drop_column("level")
    with op.batch_alter_table("school_teachers") as table:
        table.drop_column("code")
    with op.batch_alter_table("academic_sessions") as table:
        table.drop_constraint(op.f("fk_academic_sessions_organisation_id_plan_id"), type_="foreignkey")
        table.drop_column("plan_id")


def _drop_unique() -> None:
    for who in UNIQUE:
        op.drop_index(f"uq_timetable_entries_{who}", "timetable_entries")


def _make_unique(where: str) -> None:
    for who in UNIQUE:
        op.create_index(
            f"uq_timetable_entries_{who}",
            "timetable_entries",
            ["organisation_id", "academic_session_id", f"{who}_id", *KEYS],
            unique=True,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )
