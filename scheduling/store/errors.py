"""What can go wrong between us and the database, translated so that nobody else needs to know sqlalchemy."""

import re

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from scheduling.errors import Conflict, Invalid, SchedulingError, Unavailable
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


FULL = re.compile(r"disk is full|no space left|disk full|disk I/O error|could not extend", re.IGNORECASE)
BUSY = re.compile(
    r"database is locked|lock timeout|deadlock detected|could not serialize|statement timeout", re.IGNORECASE
)
UNIQUE = re.compile(r"UNIQUE constraint failed: (.+)")
NAMED = re.compile(r"(?:CHECK constraint failed: )?(\w+)$")


def translated(error: DBAPIError | PoolTimeout) -> SchedulingError:
    """The state a user may hear of; never the statement, its parameters or the driver's words."""
    said = str(getattr(error, "orig", "") or "")
    if isinstance(error, PoolTimeout):
        return StoreBusy()
    if FULL.search(said):
        return StoreFull()
    if BUSY.search(said):
        return StoreBusy()
    if isinstance(error, IntegrityError):
        return ConstraintBroken(constraint_name(error))
    if isinstance(error, DataError):
        return Invalid("A value is too large or of the wrong kind.")
    return StoreUnavailable()


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
