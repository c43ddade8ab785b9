"""timewright db, user, token and demo-data."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from scheduling.dialects import DIALECTS
from scheduling.store.migrate import newest
from tests.api.command import Command
from tests.service import Service

DEMOS = [dialect for dialect in DIALECTS if dialect.demo]


@pytest.fixture
def command(command: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    for name, value in (("ARGON2_TIME_COST", "1"), ("ARGON2_MEMORY_COST", "8")):
        monkeypatch.setenv(f"TIMEWRIGHT_{name}", value)
    for name in ("SECRET", "DATABASE", "DATA"):
        monkeypatch.delenv(f"TIMEWRIGHT_{name}", raising=False)
    return command


def test_the_database_is_made_and_can_be_taken_back(command: Command) -> None:
    assert command("db", "upgrade", "--json").json == {"revision": newest(), "newest": newest()}
    assert (command.folder / "timewright-data" / "timewright.db").exists()
    assert command("db", "downgrade", "--to", "0001", "--json").json["revision"] == "0001"
    assert command("db", "downgrade", "--to", "base", "--json").json["revision"] is None


def test_demo_data_has_the_documented_shape(command: Command) -> None:
    made = command("demo-data", "--json").json
    assert list(made) == [dialect.name for dialect in DEMOS]
    for dialect in DEMOS:
        found = made[dialect.name]
        keys = {k for role in dialect.roles for k in (role, f"{role}_2", f"other_tenant_{role}")}
        assert set(found) == {"base", "organisation", "tokens", "cookies", "people", "logins", "ids"}
        assert found["base"] == dialect.base
        assert set(found["tokens"]) == set(found["cookies"]) == set(found["people"]) == keys
        assert all(isinstance(person, int if dialect.numbered else str) for person in found["people"].values())
        assert len({*found["tokens"].values(), *found["cookies"].values()}) == 2 * len(keys)
        assert all(isinstance(ids, list) for ids in found["ids"].values())


def test_equal_seeds_give_equal_demo_data_anywhere(command: Command) -> None:
    first = command("demo-data", "--seed", 7, "--json").json
    again = command("demo-data", "--seed", 7, "--json").json
    elsewhere = command("demo-data", "--seed", 7, "--json", "--database", "sqlite:///elsewhere/x.db").json
    assert first == again == elsewhere
    assert command("demo-data", "--seed", 8, "--json").json["director"]["tokens"] != first["director"]["tokens"]


def test_without_a_seed_nobody_can_guess_the_tokens(command: Command) -> None:
    first, again = (command("demo-data", "--dialect", "director", "--json").json["director"] for _ in range(2))
    assert not {*first["tokens"].values()} & {*again["tokens"].values()}
    assert first["organisation"] != again["organisation"]


def test_one_dialect_can_be_chosen(command: Command) -> None:
    assert list(command("demo-data", "--dialect", "estuary", "--json").json) == ["estuary"]
    wrong = command("demo-data", "--dialect", "nonsense", "--json")
    assert (wrong.code, wrong.json["errors"][0]["message"]) == (
        2,
        "there is no demo data of 'nonsense', only of academy, fitness, director, culturebridge, estuary",
    )


def me(service: Service, **headers: str) -> dict[str, Any]:
    found: dict[str, Any] = service.nobody.get("/auth/me", headers=headers).json()
    return found


def test_demo_people_get_in_by_token_cookie_and_password(command: Command, sqlite_database: str) -> None:
    (command.folder / "timewright-data").mkdir()
    Path(sqlite_database.removeprefix("sqlite:///")).rename(command.folder / "timewright-data" / "timewright.db")
    made = command("demo-data", "--seed", 1, "--json").json
    service = Service(f"sqlite:///{command.folder}/timewright-data/timewright.db", ())
    for dialect in DEMOS:
        found: dict[str, Any] = made[dialect.name]
        for key in found["people"]:
            by_token = me(service, Authorization=f"Bearer {found['tokens'][key]}")
            by_cookie = me(service, Cookie=f"session={found['cookies'][key]}")
            assert by_token == by_cookie
            assert by_token["number" if dialect.numbered else "id"] == found["people"][key]
            assert (by_token["organisation"] == found["organisation"]) is not key.startswith("other_tenant_")
        login = found["logins"][dialect.roles[0]]
        assert service.nobody.post("/auth/login", json=login).status_code == 200
        service.client().cookies.clear()
    service.close()


IN_SCHOOL = ("--organisation", "School", "--role", "director")


def add(command: Command, *more: object) -> dict[str, Any]:
    return command("user", "add", "ann@example.org", *IN_SCHOOL, *more, "--json").json


def test_a_user_is_added_and_can_sign_in(command: Command) -> None:
    made = add(command, "--name", "Ann", "--zone", "Europe/Berlin")
    service = Service(f"sqlite:///{command.folder}/timewright-data/timewright.db", ())
    login = {"email": "ann@example.org", "password": made["password"]}
    person = service.nobody.post("/auth/login", json=login).json()["person"]
    assert (person["id"], person["name"], person["roles"]) == (made["id"], "Ann", ["director"])
    assert (person["dialect"], person["zone"]) == ("director", "Europe/Berlin")
    service.close()


def test_a_password_may_come_from_standard_input(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse\n"))
    assert "password" not in add(command, "--password-stdin")
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    wrong = command("user", "add", "b@x", *IN_SCHOOL, "--password-stdin", "--json")
    assert (wrong.code, wrong.json["errors"][0]["message"]) == (2, "A password needs 10 to 200 characters.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("bob@x", "--organisation", "School", "--role", "king"), "has no role 'king'"),
        (("bob@x", "--organisation", "New", "--role", "director", "--dialect", "nonsense"), "no dialect 'nonsense'"),
        (("bob@x", "--organisation", "New", "--role", "director", "--zone", "Mars/Base"), "no time zone 'Mars/Base'"),
        (("bob@x", *IN_SCHOOL, "--dialect", "fitness"), "is of the dialect director, not fitness"),
        (("ann@example.org", *IN_SCHOOL), "ann@example.org exists already"),
        (("ann", *IN_SCHOOL), "'ann' is not an e-mail address"),
    ],
)
def test_what_is_wrong_with_a_user_is_said(command: Command, arguments: tuple[str, ...], said: str) -> None:
    add(command)
    wrong = command("user", "add", *arguments, "--json")
    assert wrong.code == 2
    assert said in wrong.json["errors"][0]["message"]


def test_tokens_are_made_listed_and_revoked(command: Command) -> None:
    add(command)
    made = command("token", "ann@example.org", "--scope", "read", "--days", 3, "--name", "sync", "--json").json
    (listed,) = command("token", "ann@example.org", "--list", "--json").json["tokens"]
    assert (listed["name"], listed["scopes"], listed["revoked_at"]) == ("sync", "read", "-")
    service = Service(f"sqlite:///{command.folder}/timewright-data/timewright.db", ())
    headers = {"Authorization": f"Bearer {made['token']}"}
    assert service.nobody.get("/auth/me", headers=headers).status_code == 200
    assert command("token", "ann@example.org", "--revoke", listed["id"], "--json").json == {"revoked": listed["id"]}
    assert service.nobody.get("/auth/me", headers=headers).status_code == 401
    service.close()


def test_a_token_of_nobody_cannot_be_made(command: Command) -> None:
    wrong = command("token", "nobody@example.org", "--json")
    assert (wrong.code, json.loads(wrong.out)["errors"][0]["message"]) == (
        2,
        "Nobody has the e-mail address nobody@example.org.",
    )


def test_keys_can_be_rotated(command: Command) -> None:
    assert command("db", "rotate-keys", "--json").json == {"rotated": True}
