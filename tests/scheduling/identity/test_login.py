"""Signing in with a password, staying signed in, signing out."""

import jwt
import pytest
from sqlalchemy import select

from scheduling.errors import Invalid, TooMany, Unauthenticated
from scheduling.identity import Identity
from scheduling.identity.identity import WRONG, change_password
from scheduling.identity.lockout import Lockout
from scheduling.identity.passwords import Passwords
from scheduling.store import Store, Tenant
from scheduling.store.tables import AuditEntry, LoginFailure, LoginSession, Person, PersonRole
from tests.scheduling.identity.conftest import PASSWORD, SECRET, MovingClock, cheap


def test_who_signs_in_is_recognised_by_jwt_and_cookie(identity: Identity) -> None:
    login = identity.login(" Bob@Example.org ", PASSWORD, "1.2.3.4")
    by_jwt, by_cookie = identity.recognise(login.jwt), identity.recognise_cookie(login.cookie)
    assert (by_jwt.person_id, by_jwt.organisation_id, by_jwt.dialect) == ("bob", "first", "director")
    assert by_jwt.roles == {"teacher"}
    assert (by_jwt.proof, by_cookie.proof) == ("jwt", "cookie")
    assert by_cookie.person_id == "bob"


@pytest.mark.parametrize(
    ("email", "password"), [("bob@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("", ""), ("bob", PASSWORD)]
)
def test_a_wrong_password_and_an_unknown_address_are_told_alike(identity: Identity, email: str, password: str) -> None:
    with pytest.raises(Unauthenticated) as refused:
        identity.login(email, password)
    assert refused.value.message == WRONG


def test_the_password_chooses_between_organisations(identity: Identity) -> None:
    assert identity.login("ann@example.org", PASSWORD).caller.organisation_id == "first"
    assert identity.login("ann@example.org", "another battery").caller.organisation_id == "other"


def test_equal_passwords_need_the_organisation(identity: Identity, store: Store) -> None:
    with store.write(Tenant("other", "test")) as session:
        change_password(session, cheap(), session.get_one(Person, "ann-other"), PASSWORD)
    with pytest.raises(Invalid, match="say which"):
        identity.login("ann@example.org", PASSWORD)
    assert identity.login("ann@example.org", PASSWORD, organisation_id="other").caller.person_id == "ann-other"


def test_a_login_ends_in_time(identity: Identity, clock: MovingClock) -> None:
    login = identity.login("bob@example.org", PASSWORD)
    clock.move(hours=11, minutes=59)
    identity.recognise(login.jwt)
    clock.move(minutes=1)
    with pytest.raises(Unauthenticated, match="expired"):
        identity.recognise(login.jwt)
    with pytest.raises(Unauthenticated, match="ended"):
        identity.recognise_cookie(login.cookie)


def test_signing_out_ends_the_jwt_and_the_cookie_but_no_other_session(identity: Identity) -> None:
    login, elsewhere = (identity.login("bob@example.org", PASSWORD) for _ in range(2))
    identity.logout(login.caller)
    identity.logout(login.caller)
    with pytest.raises(Unauthenticated):
        identity.recognise(login.jwt)
    with pytest.raises(Unauthenticated):
        identity.recognise_cookie(login.cookie)
    identity.recognise(elsewhere.jwt)


def test_who_is_deactivated_is_out_at_once(identity: Identity, store: Store, first: Tenant) -> None:
    login = identity.login("bob@example.org", PASSWORD)
    with store.write(first) as session:
        session.get_one(Person, "bob").active = False
    with pytest.raises(Unauthenticated):
        identity.recognise(login.jwt)
    with pytest.raises(Unauthenticated):
        identity.login("bob@example.org", PASSWORD)


def test_a_role_taken_away_counts_at_once(identity: Identity, store: Store, first: Tenant) -> None:
    login = identity.login("ann@example.org", PASSWORD)
    with store.write(first) as session:
        session.delete(session.get_one(PersonRole, ("ann-first", "director")))
    assert identity.recognise(login.jwt).roles == {"teacher"}


def guess(identity: Identity, password: str = "guess", address: str = "1.2.3.4") -> str:
    try:
        identity.login("bob@example.org", password, address)
    except (Unauthenticated, TooMany) as refused:
        return type(refused).__name__
    return "in"


def test_after_three_failures_even_the_right_password_waits(identity: Identity, clock: MovingClock) -> None:
    assert [guess(identity) for _ in range(4)] == ["Unauthenticated"] * 3 + ["TooMany"]
    assert guess(identity, PASSWORD) == "TooMany"
    # Elsewhere the real Bob is not held up by it.
    assert guess(identity, PASSWORD, "5.6.7.8") == "in"
    clock.move(minutes=14, seconds=59)
    assert guess(identity, PASSWORD) == "TooMany"
    clock.move(seconds=1)
    assert guess(identity, PASSWORD) == "in"


def test_guessing_from_many_places_is_stopped_as_well(identity: Identity) -> None:
    found = [guess(identity, address=f"10.0.0.{number}") for number in range(7)]
    assert found == ["Unauthenticated"] * 6 + ["TooMany"]
    assert guess(identity, PASSWORD, "5.6.7.8") == "TooMany"


def test_a_success_begins_the_count_anew(identity: Identity) -> None:
    assert [guess(identity), guess(identity), guess(identity, PASSWORD)] == ["Unauthenticated", "Unauthenticated", "in"]
    assert [guess(identity), guess(identity), guess(identity, PASSWORD)] == ["Unauthenticated", "Unauthenticated", "in"]


def test_an_old_failure_is_forgotten(identity: Identity, clock: MovingClock) -> None:
    assert [guess(identity), guess(identity)] == ["Unauthenticated"] * 2
    clock.move(minutes=16)
    assert [guess(identity), guess(identity), guess(identity, PASSWORD)] == ["Unauthenticated", "Unauthenticated", "in"]


def test_a_locked_account_that_does_not_exist_looks_like_one_that_does(identity: Identity) -> None:
    def attempt() -> str:
        with pytest.raises((Unauthenticated, TooMany)) as refused:
            identity.login("nobody@example.org", "guess")
        return refused.type.__name__

    assert [attempt() for _ in range(4)] == ["Unauthenticated"] * 3 + ["TooMany"]


def test_secrets_are_not_stored_in_clear(identity: Identity, store: Store) -> None:
    login = identity.login("bob@example.org", PASSWORD)
    guess(identity)
    with store.read_across() as session:
        rows = [*session.scalars(select(LoginSession)), *session.scalars(select(Person))]
        rows += [*session.scalars(select(AuditEntry)), *session.scalars(select(LoginFailure))]
        told = " ".join(str(vars(row)) for row in rows)
    assert login.cookie not in told
    assert login.jwt not in told
    assert PASSWORD not in told


def test_logins_are_audited(identity: Identity, store: Store, first: Tenant) -> None:
    identity.logout(identity.login("bob@example.org", PASSWORD, "1.2.3.4").caller)
    with store.read(first) as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.actor_id == "bob").order_by(AuditEntry.id)).all()
        assert [(entry.action, entry.door, entry.actor_name) for entry in entries] == [
            ("logged in", "auth", "Bob"),
            ("logged out", "auth", "Bob"),
        ]


@pytest.mark.parametrize("length", [9, 201])
def test_passwords_have_a_sensible_length(length: int) -> None:
    with pytest.raises(Invalid, match="10 to 200 characters"):
        cheap().hash("x" * length)
    assert cheap().hash("x" * 10) != cheap().hash("x" * 10)


def test_hashes_with_other_costs_are_recognised() -> None:
    hashed = Passwords(1, 8).hash(PASSWORD)
    assert Passwords(2, 8).matches(hashed, PASSWORD)
    assert Passwords(2, 8).outdated(hashed)
    assert not Passwords(1, 8).outdated(hashed)
    assert not Passwords(1, 8).matches("no hash at all", PASSWORD)


def test_a_hash_with_other_costs_is_renewed_at_the_next_login(store: Store, first: Tenant) -> None:
    dearer = Identity(store, SECRET, Passwords(2, 8), Lockout())
    for _ in range(2):
        dearer.login("bob@example.org", PASSWORD)
        with store.read(first) as session:
            assert not dearer.passwords.outdated(str(session.get_one(Person, "bob").password_hash))


def test_a_jwt_of_another_service_is_refused(identity: Identity) -> None:
    login = identity.login("bob@example.org", PASSWORD)
    header, payload, signature = login.jwt.split(".")
    claims = jwt.decode(login.jwt, options={"verify_signature": False})
    key_id = jwt.get_unverified_header(login.jwt)["kid"]
    forged = [
        f"{header}.{payload}.{signature[:-4]}AAAA",
        f"{header}.{payload}.",
        jwt.encode(claims, SECRET, "HS256", headers={"kid": key_id}),
        jwt.encode(claims, SECRET, "HS256", headers={"kid": "unknown"}),
        jwt.encode(claims, SECRET, "HS256"),
        jwt.encode(claims, "", "none", headers={"kid": key_id}),
        "nonsense",
        "",
    ]
    for token in forged:
        with pytest.raises(Unauthenticated):
            identity.recognise(token)


@pytest.mark.parametrize("claim", ["exp", "sub", "org", "sid", "aud", "iss"])
def test_a_claim_that_is_missing_or_changed_is_refused(identity: Identity, claim: str) -> None:
    login = identity.login("bob@example.org", PASSWORD)
    key = identity.keys.current()
    claims = jwt.decode(login.jwt, options={"verify_signature": False})
    changed = [{**claims, claim: 1 if claim == "exp" else "ann-other"}, {k: v for k, v in claims.items() if k != claim}]
    for content in changed:
        with pytest.raises(Unauthenticated):
            identity.recognise(jwt.encode(content, key.secret, "HS256", headers={"kid": key.id}))
