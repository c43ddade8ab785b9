"""What can go wrong between us and the database, translated so that nobody else needs to know sqlalchemy."""

import re

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from scheduling.errors import Conflict, Invalid, Unavailable
from scheduling.store.base import Base


class ConstraintBroken(Conflict):
    """The database refused a row; constraint: its name, for example "uq_people_organisation_id_email"."""

    default = "This conflicts with what is already stored."

    def __init__(self, constraint: str) -> None:
        super().__init__()
        self.constraint = constraint


class StoreUnavailable(Unavailable):
    """The database cannot be reached."""

    default = "The database cannot be reached at the moment; try again later."


class StoreBusy(Unavailable):
    """Others hold what is needed for longer than we wait."""

    default = "The database is busy; try again later."


class StoreFull(Unavailable):
    """There is no room left to write."""

    default = "The disk of the database is full: nothing can be stored until there is room again."


class UnscopedQuery(RuntimeError):
    """A mistake of the program: a statement that could touch rows of another organisation."""


class StoreReadOnly(Unavailable):
    """The database takes no changes: a standby, or a file system that was made read-only."""

    default = "Nothing can be changed at the moment; try again later."


STATES: tuple[tuple[re.Pattern[str], type[Unavailable]], ...] = (
    (re.compile(r"disk is full|no space left|disk full|disk I/O error|could not extend", re.IGNORECASE), StoreFull),
    (
        re.compile(r"is locked|lock timeout|deadlock detected|could not serialize|statement timeout", re.IGNORECASE),
        StoreBusy,
    ),
    (re.compile(r"readonly database|read-only transaction", re.IGNORECASE), StoreReadOnly),
)
"""What drivers say in each state."""

MISTAKE = re.compile(r"no such (?:table|column|index|trigger)|already exists|syntax error|has no column", re.IGNORECASE)
EMPTY = re.compile(r"NOT NULL|not-null")
UNIQUE = re.compile(r"UNIQUE constraint failed: (.+)")
NAMED = re.compile(r"(?:CHECK constraint failed: )?(\w+)$")


def translated(error: DBAPIError | PoolTimeout) -> Exception:
    """The state a user may hear of, without the statement or the driver's words; a mistake of ours stays what it is."""
    if isinstance(error, PoolTimeout):
        return StoreBusy()
    said = str(error.orig)
    known = _state(said)
    if known is not None:
        return known
    if isinstance(error, IntegrityError):
        return error if EMPTY.search(said) else ConstraintBroken(constraint_name(error))
    if isinstance(error, ProgrammingError) or MISTAKE.search(said):
        return error
    if isinstance(error, DataError):
        return Invalid("A value is too large or of the wrong kind.")
    return StoreUnavailable()


def state_of(said: str) -> Unavailable:
    """said: by the operating system about a file."""
    return _state(said) or StoreUnavailable()


def _state(said: str) -> Unavailable | None:
    return next((state() for pattern, state in STATES if pattern.search(said)), None)


def constraint_name(error: IntegrityError) -> str:
    """PostgreSQL names the constraint; SQLite names its columns, or what a trigger raised."""
    named = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    if named:
        return str(named)
    said = str(error.orig)
    unique = UNIQUE.search(said)
    if unique:
        return _unique_over(unique.group(1).split(", "))
    if "FOREIGN KEY" in said:
        return "foreign_key"
    last = NAMED.search(said)
    return last.group(1) if last else "unknown"


def _unique_over(columns: list[str]) -> str:
    """columns: "table.column" each; the name of the unique constraint or index over exactly them."""
    if len(columns) == 1 and columns[0].startswith("index "):
        return columns[0].removeprefix("index ").strip("'")
    table = Base.metadata.tables.get(columns[0].split(".")[0])
    wanted = {column.split(".")[1] for column in columns}
    if table is None:
        return "unknown"
    candidates = [c for c in table.constraints if isinstance(c, UniqueConstraint)] + [
        i for i in table.indexes if i.unique
    ]
    return next((_name(c) for c in candidates if {column.name for column in c.columns} == wanted), f"pk_{table.name}")


def _name(candidate: UniqueConstraint | Index) -> str:
    return str(candidate.name)
