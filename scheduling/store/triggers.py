"""Triggers that keep rows from being changed or deleted, in the language of each database."""


def append_only(table: str, dialect: str) -> tuple[str, ...]:
    """Statements after which the database refuses to change or delete rows of the table, as a broken constraint
    "<table>_append_only". dialect: "sqlite" or "postgresql"."""
    return _append_only_postgresql(table) if dialect == "postgresql" else _append_only_sqlite(table)


def not_append_only(table: str, dialect: str) -> tuple[str, ...]:
    """Statements that take those of `append_only` back."""
    if dialect == "postgresql":
        return (f"DROP FUNCTION {table}_append_only() CASCADE",)
    return tuple(f"DROP TRIGGER {table}_no_{verb}" for verb in ("update", "delete"))


def _append_only_sqlite(table: str) -> tuple[str, ...]:
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table}_append_only'); END"
        for verb in ("UPDATE", "DELETE")
    )


def _append_only_postgresql(table: str) -> tuple[str, ...]:
    return (
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{table} is append-only' "
        f"USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = '{table}_append_only'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()",
    )
