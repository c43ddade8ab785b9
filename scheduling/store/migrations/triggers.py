"""Triggers that migrations put on tables, and take away in downgrades before the table is dropped."""

from alembic import op

from scheduling.store import triggers


def append_only(table: str) -> None:
    for statement in triggers.append_only(table, op.get_bind().dialect.name):
        op.execute(statement)


def not_append_only(table: str) -> None:
    for statement in triggers.not_append_only(table, op.get_bind().dialect.name):
        op.execute(statement)
