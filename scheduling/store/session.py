"""A session that knows whose rows it may touch: forgetting to ask for the organisation is not possible.

Every SELECT, UPDATE and DELETE of mapped rows gets `organisation_id = <the tenant's>` added, in subqueries as well; new
rows get the tenant's id; anything the session cannot scope (bare tables, text, bulk inserts) raises UnscopedQuery.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import (
    BindParameter,
    Column,
    Executable,
    Join,
    Row,
    Select,
    Table,
    bindparam,
    event,
    insert,
    text,
)
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, class_mapper, with_loader_criteria
from sqlalchemy.sql import visitors

from scheduling.store.base import Counted, Created, Owned
from scheduling.store.errors import UnscopedQuery
from scheduling.store.tables.organisations import Organisation

OWNER: BindParameter[str] = bindparam("owner_of_transaction")
"""The tenant's organisation in every statement."""
NEXT = text(
    "INSERT INTO numbers (series, last) VALUES (:series, :count) "
    "ON CONFLICT (series) DO UPDATE SET last = numbers.last + :count RETURNING last"
)


@dataclass(frozen=True)
class Tenant:
    """For whom a transaction runs. door: where it came in ("api", "director", "cli", "worker", ...);
    actor_id: the person, None for the service itself; operation: id that ties rows of the audit together."""

    organisation_id: str
    door: str
    actor_id: str | None = None
    actor_name: str = ""
    operation: str = ""


class StoreSession(Session):
    """tenant: None only in transactions opened across all organisations; now: instant of the transaction;
    changed: organisations of which it has changed what they show."""

    tenant: Tenant | None
    now: datetime
    changed: set[str]

    @property
    def organisation_id(self) -> str:
        """The tenant's; UnscopedQuery in a transaction across organisations."""
        if self.tenant is None:
            raise UnscopedQuery("this transaction belongs to no organisation")
        return self.tenant.organisation_id

    def bulk_save_objects(self, *_: Any, **__: Any) -> None:
        raise UnscopedQuery("add rows with session.add or session.add_all")

    bulk_insert_mappings = bulk_save_objects
    bulk_update_mappings = bulk_save_objects

    def lock(self, *names: str) -> None:
        """Holds others off the same names of this organisation until the transaction ends.

        names: what is checked before it is written, for example "teacher:<id>"; taken in one order, so that two
        transactions cannot wait for each other. On SQLite writers are alone already.
        """
        if self.get_bind().dialect.name != "postgresql":
            return
        for name in sorted(set(names)):
            self.connection().execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": self._lock_key(name)})

    def try_lock(self, name: str) -> bool:
        """As `lock`, but does not wait: whether nobody else had it."""
        if self.get_bind().dialect.name != "postgresql":
            return True
        asked = self.connection().execute(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": self._lock_key(name)})
        return bool(asked.scalar())

    def _lock_key(self, name: str) -> int:
        owner = self.tenant.organisation_id if self.tenant else ""
        return int.from_bytes(blake2b(f"{owner}\0{name}".encode(), digest_size=8).digest(), "big", signed=True)

    def rows(
        self, statement: "Select[*tuple[Any, ...]]", asked: Mapping[str, object]
    ) -> "Sequence[Row[*tuple[Any, ...]]]":
        """What a SELECT of columns tells, with a third of the work of `execute`: for statements that are asked with
        every request. They are kept inside the organisation as all are; what was not flushed is not in them."""
        if self.tenant is None:
            return self.connection().execute(statement, asked).all()
        owner = {OWNER.key: self.tenant.organisation_id}
        return self.connection().execute(_scoped(statement), {**asked, **owner}).all()

    def insert(self, row: Owned) -> None:
        """Stores a new row at once, with a third of the work of `add` and `flush`. The session does not know it, so
        later changes of it are not noticed."""
        _fill_in(self, row)
        if self.tenant is not None:
            _check_owner(row, self.tenant)
        if isinstance(row, Counted):
            self.changed.add(row.organisation_id)
        told = {name: value for name, value in vars(row).items() if not name.startswith("_")}
        table = cast(Table, class_mapper(type(row)).local_table)
        # Inline: without asking for what the database makes of it.
        self.connection().execute(insert(table).inline(), told)

    def next_number(self, series: str, count: int = 1) -> int:
        """1, 2, 3, ... of a series over all organisations, for dialects whose ids are integers. count: how many are
        taken, of which the first one is told."""
        last = int(self.connection().execute(NEXT, {"series": series, "count": count}).scalar_one())
        return last - count + 1


@event.listens_for(StoreSession, "do_orm_execute")
def _only_own_rows(state: ORMExecuteState) -> None:
    tenant = state.session.tenant if isinstance(state.session, StoreSession) else None
    if tenant is None or state.is_column_load or state.is_relationship_load:
        return
    if not state.is_orm_statement:
        raise UnscopedQuery("only statements about mapped classes can be kept inside an organisation")
    if state.is_insert or state.is_executemany:
        raise UnscopedQuery("add rows with session.add or session.add_all")
    state.statement = _scoped(state.statement)
    given: Any = state.parameters or {}
    state.parameters = {**given, OWNER.key: tenant.organisation_id}


# Statements that were built once are checked once: checking takes longer than asking.
_known: WeakKeyDictionary[Executable, Executable] = WeakKeyDictionary()


def _scoped(statement: Any) -> Any:
    """With the condition that rows are the tenant's. UnscopedQuery."""
    found = _known.get(statement)
    if found is None:
        _check_tables(statement)
        _known[statement] = found = statement.options(*_CRITERIA)
    return found


_CRITERIA = (
    with_loader_criteria(
        Owned, lambda row: row.organisation_id == OWNER, include_aliases=True, propagate_to_loaders=False
    ),
    with_loader_criteria(Organisation, lambda row: row.id == OWNER, include_aliases=True, propagate_to_loaders=False),
)


def _check_tables(statement: Any) -> None:
    """Criteria reach mapped classes only, so nothing else may bring a table in, at any depth of the statement."""
    elements = list(visitors.iterate(statement))
    mapped = {str(element.table) for element in elements if isinstance(element, Column) and _of_class(element)}
    mapped |= {part.name for element in elements for part in _sources(element) if _of_class(part)}
    for element in elements:
        if isinstance(element, Table):
            _check_owned(element)
        bare = [part for part in _sources(element) if not _of_class(part)]
        # session.get asks with bare columns of the class it selects from.
        if isinstance(element, Column) and not _of_class(element) and isinstance(element.table, Table):
            bare += [element.table] if element.table.name not in mapped else []
        if bare:
            raise UnscopedQuery(f"{bare[0].name} is used as a bare table; use its class")


def _sources(element: Any) -> Iterator[Table]:
    """The tables that a SELECT or a join names outright."""
    named: list[Any] = []
    if isinstance(element, Select):
        named = [*element._raw_columns, *element._from_obj, *(join[0] for join in element._setup_joins)]
    elif isinstance(element, Join):
        named = [element.left, element.right]
    return (part for part in named if isinstance(part, Table))


def _check_owned(table: Table) -> None:
    if table.name != Organisation.__tablename__ and "organisation_id" not in table.columns:
        raise UnscopedQuery(f"{table.name} belongs to no organisation; open the transaction across them")


def _of_class(element: Any) -> bool:
    return "parententity" in element._annotations


@event.listens_for(StoreSession, "before_flush")
def _only_own_changes(session: Session, _: UOWTransaction, __: object) -> None:
    if not isinstance(session, StoreSession):
        return
    for row in session.new:
        _fill_in(session, row)
    if session.tenant is None:
        return
    for row in {*session.new, *session.dirty, *session.deleted}:
        _check_owner(row, session.tenant)


def _fill_in(session: StoreSession, row: object) -> None:
    """What a new row has from its transaction."""
    if isinstance(row, Created) and getattr(row, "created_at", None) is None:
        row.created_at = session.now
    if session.tenant is not None and isinstance(row, Owned) and row.organisation_id is None:
        row.organisation_id = session.tenant.organisation_id


def _check_owner(row: object, tenant: Tenant) -> None:
    owner = row.organisation_id if isinstance(row, Owned) else getattr(row, "id", None)
    if not isinstance(row, Owned | Organisation) or owner != tenant.organisation_id:
        raise UnscopedQuery(f"a row of {type(row).__name__} does not belong to the organisation of this transaction")
