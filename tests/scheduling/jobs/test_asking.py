"""Jobs as rows: submitted once, taken in turns, cancelled, stale when the school has changed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from scheduling import jobs, library
from scheduling.errors import Invalid, NotFound
from scheduling.jobs import asking
from scheduling.jobs.asking import TooManyJobs
from scheduling.jobs.ending import finish, give_up
from scheduling.jobs.standing import Standing, is_over, next_slice
from scheduling.jobs.turns import take_next
from scheduling.jobs.wishes import Wishes
from scheduling.store import Store, Tenant
from scheduling.store.tables import AuditEntry, Job
from tests.formats.little_school import PROBLEM, TIMETABLE


def problem(store: Store, tenant: Tenant, name: str = "School", school: str = "Little school") -> str:
    with store.write(tenant) as session:
        return library.keep_problem(session, PROBLEM.model_copy(update={"name": school}), name, {}).id


def submit(store: Store, tenant: Tenant, problem_id: str, priority: int = 0, **wishes: object) -> str:
    with store.write(tenant) as session:
        return jobs.submit(session, problem_id, Wishes.model_validate(wishes), priority).id


def found(store: Store, tenant: Tenant, job_id: str) -> Job:
    with store.read(tenant) as session:
        return jobs.find(session, job_id)


def cancel(store: Store, tenant: Tenant, job_id: str) -> str:
    with store.write(tenant) as session:
        return jobs.cancel(session, job_id).status


def test_the_same_work_is_one_job_while_it_is_open(store: Store, first: Tenant) -> None:
    one, same, another = (problem(store, first, name, school) for name, school in (("a", "A"), ("b", "A"), ("c", "C")))
    job = submit(store, first, one, seconds=5)
    assert submit(store, first, same, seconds=5) == job
    assert submit(store, first, one, seconds=6) != job
    assert submit(store, first, another, seconds=5) != job
    assert take_next(store, "w") == (job, first.organisation_id)
    assert submit(store, first, one, seconds=5) == job
    cancel(store, first, job)
    assert submit(store, first, one, seconds=5) != job


def test_many_at_once_are_one_job(store: Store, first: Tenant) -> None:
    one = problem(store, first)
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: submit(store, first, one), range(16)))) == 1


def test_others_neither_see_nor_share_it(store: Store, first: Tenant, other: Tenant) -> None:
    job = submit(store, first, problem(store, first))
    assert submit(store, other, problem(store, other)) != job
    for forbidden in (found, cancel):
        with pytest.raises(NotFound):
            forbidden(store, other, job)


def test_what_cannot_be_solved_is_refused(store: Store, first: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotFound):
        submit(store, first, "nothing")
    one, another = problem(store, first), problem(store, first, school="Another")
    with store.write(first) as session:
        start = library.keep_timetable(session, another, TIMETABLE, {}, "upload").id
    with pytest.raises(Invalid, match="of another problem"):
        submit(store, first, one, start=start)
    monkeypatch.setattr(asking, "MOST_OPEN", 2)
    submit(store, first, one, seconds=1)
    submit(store, first, one, seconds=2)
    with pytest.raises(TooManyJobs):
        submit(store, first, one, seconds=3)


def test_organisations_take_turns_and_priority_counts_inside(store: Store, first: Tenant, other: Tenant) -> None:
    busy, quiet = problem(store, first), problem(store, other)
    a, b, c = (submit(store, first, busy, seconds=n) for n in (1, 2, 3))
    urgent = submit(store, first, busy, priority=1, seconds=4)
    x, y = (submit(store, other, quiet, priority=-5, seconds=n) for n in (1, 2))
    order = []
    while taken := take_next(store, "w"):
        order.append(taken[0])
        with store.write_across() as session:
            session.get_one(Job, taken[0]).status = "done"
    # No job is running when one is chosen, so the turns alternate until one organisation has nothing left.
    expected = [urgent, x, a, y, b, c]
    assert order == expected or order == [x, urgent, y, a, b, c]


def test_who_has_a_job_running_waits_for_others(store: Store, first: Tenant, other: Tenant) -> None:
    busy = problem(store, first)
    for n in (1, 2):
        submit(store, first, busy, seconds=n)
    assert take_next(store, "w")
    later = submit(store, other, problem(store, other))
    assert take_next(store, "w") == (later, other.organisation_id)


def test_two_workers_never_take_the_same(store: Store, first: Tenant) -> None:
    one = problem(store, first)
    waiting = {submit(store, first, one, seconds=n) for n in range(1, 9)}
    with ThreadPoolExecutor(4) as pool:
        taken = [job for job in pool.map(lambda n: take_next(store, f"w{n}"), range(12)) if job]
    assert sorted(job for job, _ in taken) == sorted(waiting)


def test_a_cancelled_job_stays_cancelled(store: Store, first: Tenant) -> None:
    job = submit(store, first, problem(store, first))
    assert cancel(store, first, job) == "cancelled"
    assert take_next(store, "w") is None
    finish(store, job, first.organisation_id, Standing(status="feasible", key=(0, 0, 7)), "w")
    assert found(store, first, job).status == "cancelled"
    with store.read(first) as session:
        actions = session.scalars(select(AuditEntry.action).where(AuditEntry.kind == "job"))
        assert sorted(actions) == ["cancelled", "submitted"]


def taken(store: Store, tenant: Tenant, problem_id: str) -> str:
    job = submit(store, tenant, problem_id)
    assert take_next(store, "w") == (job, tenant.organisation_id)
    return job


@pytest.mark.parametrize(("school", "stale"), [("Changed", True), ("Little school", False)])
def test_a_result_is_stale_when_the_school_has_changed(store: Store, first: Tenant, school: str, stale: bool) -> None:
    job = taken(store, first, problem(store, first))
    problem(store, first, name="Another school", school="Something else")
    problem(store, first, school=school)
    finish(store, job, first.organisation_id, Standing(status="feasible", key=(0, 0, 7), seconds=3.0), "w")
    done = found(store, first, job)
    assert (done.status, done.stale) == ("done", stale)
    assert done.result is not None
    assert (done.result["soft"], done.result["gap"]) == (7, 1.0)


def test_unknown_is_not_told_as_impossible(store: Store, first: Tenant) -> None:
    job = taken(store, first, problem(store, first))
    finish(store, job, first.organisation_id, Standing(), "w")
    done = found(store, first, job)
    assert done.status == "done"
    assert done.result is not None
    assert done.result["sentence"].endswith("This does not mean that there is none.")
    assert "hint" not in done.result


def test_impossible_comes_with_a_hint_where_to_learn_why(store: Store, first: Tenant) -> None:
    job = taken(store, first, problem(store, first))
    finish(store, job, first.organisation_id, Standing(status="infeasible"), "w")
    done = found(store, first, job)
    assert done.result is not None
    assert "explanation" in done.result["hint"]
    assert done.result["bound"] is None


def test_a_job_of_another_worker_is_left_alone(store: Store, first: Tenant) -> None:
    job = taken(store, first, problem(store, first))
    finish(store, job, first.organisation_id, Standing(), "somebody else")
    assert found(store, first, job).status == "running"
    give_up(store, job, first.organisation_id)
    failed = found(store, first, job)
    assert (failed.status, failed.error) == (
        "failed",
        "The worker ended several times in the middle of this job, so it was given up.",
    )


def test_slices_grow_and_end_with_the_time() -> None:
    wishes = Wishes(seconds=100)
    # 10 + 20 + 40 = 70; 30 are left of 100.
    assert [next_slice(wishes, Standing(slices=n, seconds=s)) for n, s in enumerate((0, 10, 30, 70, 100))] == [
        10, 20, 40, 30, 0,
    ]  # fmt: skip
    assert next_slice(Wishes(seconds=500), Standing(slices=9, seconds=100)) == 60


def test_a_solve_is_over_when_its_wishes_are_met() -> None:
    found = Standing(slices=1, seconds=10, best_at=4, key=(0, 0, 100), bound=90, status="feasible")
    assert not is_over(Wishes(), found)
    assert is_over(Wishes(first=True), found)
    assert is_over(Wishes(gap=0.1), found)
    assert not is_over(Wishes(gap=0.09), found)
    assert is_over(Wishes(no_improvement=6), found)
    assert not is_over(Wishes(no_improvement=7), found)
    assert not is_over(Wishes(first=True), found.with_(key=(0, 2, 0)))
    assert is_over(Wishes(), Standing(status="infeasible"))
    assert is_over(Wishes(seconds=10), found)
