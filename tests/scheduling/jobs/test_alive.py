"""Whether a worker is alive is known by its lock."""

from scheduling.jobs.alive import Advisory, liveness
from tests.workers import eventually


def test_a_worker_lives_until_it_lets_go(database: str) -> None:
    one, two = liveness(database, "one"), liveness(database, "two")
    one.hold()
    two.hold()
    one.hold()
    assert not two.is_dead("one")
    assert two.is_dead("never was")
    one.release()
    assert two.is_dead("one")
    assert two.is_dead("one")
    assert not one.is_dead("two")
    two.release()


def test_whoever_lost_the_connection_takes_the_lock_again(postgresql_database: str) -> None:
    one, two = Advisory(postgresql_database, "one"), Advisory(postgresql_database, "two")
    one.hold()
    two.hold()
    assert one.connection is not None
    one.connection.invalidate()
    one.connection.close()
    one.connection = None
    eventually(lambda: two.is_dead("one"), "the server to notice that the connection is gone")
    one.hold()
    assert not two.is_dead("one")
    one.release()
    two.release()
