"""Timetables laid out for questions: once for each organisation, and only the last few."""

from collections.abc import Callable

import pytest

from api.boards import Boards
from models.what_if import WhatIf
from scheduling.errors import NotFound
from scheduling.store import Store, Tenant
from tests.formats.little_school import PROBLEM, TIMETABLE

Tenants = tuple[Store, Tenant, Tenant]


def made() -> WhatIf:
    return WhatIf(PROBLEM, TIMETABLE)


def never() -> WhatIf:
    raise AssertionError("it is kept")


def asked(boards: Boards, store: Store, tenant: Tenant, timetable_id: str, make: Callable[[], WhatIf] = made) -> WhatIf:
    with store.read(tenant) as session:
        return boards.of(session, timetable_id, make).what_if


def test_the_second_question_finds_what_the_first_one_laid_out(tenants: Tenants) -> None:
    (store, first, _), boards = tenants, Boards()
    assert asked(boards, store, first, "a") is asked(boards, store, first, "a", never)


def test_another_organisation_finds_nothing_of_it(tenants: Tenants) -> None:
    (store, first, other), boards = tenants, Boards()
    assert asked(boards, store, first, "a") is not asked(boards, store, other, "a")


def test_those_asked_for_last_stay(tenants: Tenants) -> None:
    (store, first, _), boards = tenants, Boards(2)
    for id_ in ("a", "b"):
        asked(boards, store, first, id_)
    kept = asked(boards, store, first, "a", never)
    asked(boards, store, first, "c")
    assert asked(boards, store, first, "a", never) is kept
    with pytest.raises(AssertionError, match="kept"):
        asked(boards, store, first, "b", never)


def test_what_is_not_there_is_asked_for_again(tenants: Tenants) -> None:
    (store, first, _), boards = tenants, Boards()

    def unknown() -> WhatIf:
        raise NotFound("There is no timetable of this id.")

    for _ in range(2):
        with pytest.raises(NotFound):
            asked(boards, store, first, "a", unknown)
    assert asked(boards, store, first, "a") is asked(boards, store, first, "a", never)
