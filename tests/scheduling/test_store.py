"""Transactions: what they keep, what they refuse, and what they say when the database cannot."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, event, func, select, text, update

from scheduling.errors import Invalid
from scheduling.identity.people import add_organisation, add_person
from scheduling.store import Store, Tenant
from scheduling.store.audit import record
from scheduling.store.errors import ConstraintBroken, StoreFull, StoreReadOnly, StoreUnavailable, UnscopedQuery
from scheduling.store.tables import (
    AuditEntry,
    Mail,
    Organisation,
    Person,
    StoredProblem,
    StoredTimetable,
    Upload,
    Version,
)
from tests import postgresql

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def fail_after(person: Person) -> None:
    raise ZeroDivisionError(person.name)


def test_an_exception_takes_everything_back(store: Store, first: Tenant) -> None:
    with pytest.raises(ZeroDivisionError), store.write(first) as session:
        fail_after(add_person(session, "Ann", "ann@example.org"))
    with store.read(first) as session:
        assert session.scalar(select(func.count(Person.id))) == 0
        assert session.scalar(select(func.count(AuditEntry.id))) == 0


def test_reading_cannot_write(store: Store, first: Tenant) -> None:
    with pytest.raises(StoreReadOnly), store.read(first) as session:
        session.execute(update(Person).values(name="changed"))


def test_a_reader_sees_one_moment(store: Store, first: Tenant) -> None:
    with store.read(first) as reading:
        before = reading.scalar(select(func.count(Person.id)))
        with store.write(first) as session:
            add_person(session, "Ann", "ann@example.org")
        assert reading.scalar(select(func.count(Person.id))) == before
    with store.read(first) as reading:
        assert reading.scalar(select(func.count(Person.id))) == 1


def test_check_then_write_is_safe_under_a_lock(store: Store, first: Tenant) -> None:
    def only_one(_: int) -> bool:
        with store.write(first) as session:
            session.lock("the only person")
            if session.scalar(select(func.count(Person.id))):
                return False
            session.add(Person(number=session.next_number("people"), name="Ann", email="ann@example.org"))
            return True

    with ThreadPoolExecutor(12) as pool:
        assert list(pool.map(only_one, range(24))).count(True) == 1


def test_nobody_waits_for_who_writes_alone(store: Store, first: Tenant, other: Tenant, database: str) -> None:
    for tenant in (first, other):
        with store.write(tenant) as session:
            add_person(session, "Ann", "ann@example.org")
    beside = Store(database)
    with store.write_alone(first) as alone:
        with beside.write(first) as session:
            add_person(session, "Bob", "bob@example.org")
        alone.execute(update(Person).values(name="changed"))
        if store.dialect == "sqlite":  # others see it at once, and may write
            with beside.write(first) as session:
                add_person(session, "Cid", "cid@example.org")
                assert sorted(session.scalars(select(Person.name))) == ["Cid", "changed", "changed"]
    for tenant, names in ((first, {"changed"}), (other, {"Ann"})):
        with store.read(tenant) as session:
            assert names <= set(session.scalars(select(Person.name)))
            assert ("Ann" in session.scalars(select(Person.name)).all()) == (tenant is other)
    beside.close()


def test_a_checkpoint_lets_the_log_begin_anew(sqlite_database: str) -> None:
    store, log = Store(sqlite_database), Path(f"{sqlite_database.removeprefix('sqlite:///')}-wal")
    tenant = Tenant("school", "test")
    with store.write_across() as session:
        add_organisation(session, "School", "director", organisation_id=tenant.organisation_id)

    def write() -> None:
        with store.write(tenant) as session:
            record(session, "created", "text", "1", new={"text": "x" * 100_000})

    for _ in range(10):
        write()
    grown = log.stat().st_size
    assert grown > 1_000_000
    assert store.checkpoint()
    for _ in range(9):
        write()
    assert log.stat().st_size == grown
    assert store.checkpoint()
    with store.read(tenant) as session:
        assert session.scalar(select(func.count(AuditEntry.id)).where(AuditEntry.kind == "text")) == 19
    store.close()


def test_nothing_is_to_be_moved_elsewhere(store: Store, first: Tenant) -> None:
    with store.write(first) as session:
        add_person(session, "Ann", "ann@example.org")
    assert store.checkpoint()


def test_numbers_are_given_once(store: Store, first: Tenant, other: Tenant) -> None:
    def number(tenant: Tenant) -> int:
        with store.write(tenant) as session:
            return session.next_number("bookings")

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(number, [first, other] * 10)) == list(range(1, 21))


def test_instants_come_back_as_they_were_in_utc(store: Store, first: Tenant) -> None:
    moment = datetime(2026, 3, 29, 0, 59, 59, 123456, UTC)
    store.clock = lambda: moment
    with store.write(first) as session:
        person = add_person(session, "Ann", "ann@example.org")
    with store.read(first) as session:
        assert session.get_one(Person, person.id).created_at == moment
    with pytest.raises(Exception, match="no time zone"), store.write(first) as session:
        session.execute(update(Person).values(created_at=moment.replace(tzinfo=None)))


def test_the_audit_says_who_what_when_and_through_which_door(store: Store) -> None:
    tenant = Tenant("first-school", "director", "person-1", "Ann", "op-7")
    with store.write(tenant) as session:
        record(session, "updated", "time slot", "slot-1", {"label": "First"}, {"label": "1st"})
    with store.read(tenant) as session:
        entry = session.scalars(select(AuditEntry)).one()
        assert (entry.actor_id, entry.actor_name, entry.door, entry.operation) == (
            "person-1",
            "Ann",
            "director",
            "op-7",
        )
        assert (entry.action, entry.kind, entry.subject_id) == ("updated", "time slot", "slot-1")
        assert (entry.old, entry.new) == ({"label": "First"}, {"label": "1st"})
        assert entry.created_at <= session.now


def fill(store: Store, tenant: Tenant) -> None:
    """A row in each table that is kept for ever."""
    with store.write(tenant) as session:
        upload = Upload(name="school.xlsx", sha256="0" * 64, size=3, content=b"abc")
        session.add(upload)
        session.flush()
        problem = StoredProblem(upload_id=upload.id, name="School", content="{}", hash="1" * 64, report={})
        session.add(problem)
        session.flush()
        made = StoredTimetable(
            problem_id=problem.id, origin="solve", content="{}", hash="2" * 64, score={}, made_with={}
        )
        session.add(made)
        session.flush()
        today = date(2026, 11, 21)
        session.add(Version(number=1, timetable_id=made.id, effective_from=today, published_at=session.now))
        record(session, "created", "upload", upload.id)


KEPT = [AuditEntry, Upload, StoredProblem, StoredTimetable, Version]


@pytest.mark.parametrize("table", KEPT, ids=lambda table: str(table.__tablename__))
def test_what_is_kept_cannot_be_changed_or_deleted(store: Store, first: Tenant, table: type[AuditEntry]) -> None:
    fill(store, first)
    name = table.__tablename__
    with pytest.raises(ConstraintBroken) as changed, store.write(first) as session:
        session.execute(update(table).values(created_at=session.now))
    with pytest.raises(ConstraintBroken) as deleted, store.write(first) as session:
        session.execute(delete(table))
    assert changed.value.constraint == deleted.value.constraint == f"{name}_append_only"
    if store.dialect == "postgresql":
        with pytest.raises(ConstraintBroken), store.write_across() as session:
            session.execute(text(f"TRUNCATE {name} CASCADE"))
    with store.read(first) as session:
        assert session.scalar(select(func.count()).select_from(table)) == 1


def test_an_organisation_with_rows_cannot_be_deleted(store: Store, first: Tenant) -> None:
    fill(store, first)
    with pytest.raises(ConstraintBroken), store.write(first) as session:
        session.execute(delete(Organisation))


def test_a_row_inserted_at_once_is_as_one_that_was_added(store: Store, first: Tenant, other: Tenant) -> None:
    with store.write(first) as session:
        session.insert(Mail(recipient="a@example.org", subject="s", text="t", next_at=session.now))
        session.add(Mail(recipient="a@example.org", subject="s", text="t", next_at=session.now))
    with store.read(first) as session:
        one, two = session.scalars(select(Mail)).all()
        same = [column.name for column in Mail.__table__.columns if column.name != "id"]
        assert [getattr(one, name) for name in same] == [getattr(two, name) for name in same]
        assert (one.organisation_id, one.status, one.id != two.id) == (first.organisation_id, "waiting", True)
    with pytest.raises(UnscopedQuery), store.write(first) as session:
        session.insert(Mail(organisation_id=other.organisation_id, recipient="", subject="", text="", next_at=NOW))


@pytest.mark.parametrize("url", ["mysql://x", "sqlite://", "sqlite:///:memory:", "nonsense", ""])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(Invalid, match="expected sqlite:///FILE or postgresql://"):
        Store(url)


def test_a_full_disk_is_told_and_passes(sqlite_database: str) -> None:
    store = Store(sqlite_database)

    def limit(pages: int) -> None:
        store.engines.write.dispose()
        event.listen(store.engines.write, "connect", lambda c, _: c.execute(f"PRAGMA max_page_count={pages}").close())

    limit(1)  # SQLite raises it to the pages there are
    with pytest.raises(StoreFull), store.write_across() as session:
        session.add(Organisation(name="x" * 200, dialect="director", settings={"x": "y" * 1_000_000}))
    with store.read_across() as session:
        assert session.scalar(select(func.count(Organisation.id))) == 0
    limit(1_000_000)
    with store.write_across() as session:
        session.add(Organisation(name="x", dialect="director", settings={}))
    store.close()


def test_a_database_that_is_gone_is_told_and_comes_back(sqlite_database: str) -> None:
    file = Path(sqlite_database.removeprefix("sqlite:///"))
    store = Store(sqlite_database)
    store.close()
    folder = file.parent.rename(file.parent.with_name("away"))
    with pytest.raises(StoreUnavailable):
        store.ping()
    folder.rename(file.parent)
    store.ping()
    store.close()


@pytest.fixture
def own_server() -> Iterator[postgresql.Server]:
    """A PostgreSQL that may be stopped."""
    try:
        with postgresql.own_server() as server:
            yield server
    except postgresql.Missing as missing:
        pytest.skip(str(missing))


def test_a_server_that_is_gone_is_told_and_comes_back(own_server: postgresql.Server) -> None:
    store = Store(own_server.url)
    store.ping()
    own_server.stop()
    with pytest.raises(StoreUnavailable):
        store.ping()
    own_server.start()
    store.ping()
    store.close()
