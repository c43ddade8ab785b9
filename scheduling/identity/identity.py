"""Signing in and out, and recognising who asks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from scheduling.errors import Invalid, Unauthenticated
from scheduling.identity import bearer, recognise
from scheduling.identity.caller import Caller
from scheduling.identity.keys import SigningKeys
from scheduling.identity.lockout import Lockout
from scheduling.identity.passwords import Passwords
from scheduling.identity.secrets import Sealer, digest, new_secret
from scheduling.identity.tokens import PREFIX
from scheduling.store import Store, StoreSession, Tenant
from scheduling.store.audit import record
from scheduling.store.tables import LoginSession, Person

WRONG = "The e-mail address or the password is wrong."
DOOR = "auth"
LIFETIME = timedelta(hours=12)


@dataclass(frozen=True)
class Login:
    """jwt: for the header; cookie: the value of the session cookie; both end at expires_at."""

    jwt: str
    cookie: str
    caller: Caller
    expires_at: datetime


class Identity:
    """secret: the service's; lifetime: of a login."""

    def __init__(
        self,
        store: Store,
        secret: str,
        passwords: Passwords,
        lockout: Lockout,
        lifetime: timedelta = LIFETIME,
    ) -> None:
        self.store, self.passwords, self.lockout, self.lifetime = store, passwords, lockout, lifetime
        self.sealer = Sealer(secret)
        self.keys = SigningKeys(store, self.sealer, lifetime)

    def login(self, email: str, password: str, address: str = "", organisation_id: str | None = None) -> Login:
        """address: where it comes from. Unauthenticated, TooMany; Invalid if the organisation must be named."""
        wanted = email.strip().lower()
        self.lockout.attempt(self.store, wanted, address)
        candidates = self._candidates(wanted, organisation_id)
        people = [person for person in candidates if self.passwords.matches(person.password_hash, password)]
        if not people:
            raise Unauthenticated(WRONG)
        self.lockout.succeeded(self.store, wanted, address)
        if len(people) > 1:
            raise Invalid("You belong to several organisations; say which.", {"organisation": "required"})
        self._renew(people[0], password)
        return self.open_session(people[0], address)

    def _renew(self, person: Person, password: str) -> None:
        """Hashes the password again where it was hashed with other costs."""
        if self.passwords.outdated(str(person.password_hash)):
            hashed = self.passwords.hasher.hash(password)
            with self.store.write(Tenant(person.organisation_id, DOOR, person.id, person.name)) as session:
                session.get_one(Person, person.id).password_hash = hashed

    def open_session(self, person: Person, address: str = "", cookie: str | None = None) -> Login:
        """What a login does once the person is known. cookie: a value of one's own, for demo data."""
        value = cookie or new_secret()
        with self.store.write(Tenant(person.organisation_id, DOOR, person.id, person.name)) as session:
            login = LoginSession(person_id=person.id, digest=digest(value), address=address[:100])
            login.expires_at = session.now + self.lifetime
            session.add(login)
            session.flush()
            record(session, "logged in", "person", person.id, None, {"address": address[:100]})
            caller = recognise.by_login(session, login.id)
            now = session.now
        claims = bearer.Claims(person.id, person.organisation_id, login.id)
        token = bearer.issue(self.keys, claims, caller.dialect, now, login.expires_at)
        return Login(token, value, caller, login.expires_at)

    def logout(self, caller: Caller) -> None:
        """Ends the login behind a JWT or a cookie; an API token is revoked elsewhere, so nothing happens to it."""
        if caller.session_id is None:
            return
        with self.store.write(caller.tenant(DOOR)) as session:
            login = session.get(LoginSession, caller.session_id)
            if login is not None and login.ended_at is None:
                login.ended_at = session.now
                record(session, "logged out", "person", caller.person_id)

    def recognise(self, credential: str) -> Caller:
        """credential: an API token or a JWT, as it came after "Bearer" or "Token"."""
        if credential.startswith(PREFIX):
            with self.store.look_across() as session:
                return recognise.by_token(session, credential)
        claims = bearer.read(self.keys, credential, self.store.clock())
        with self.store.look_across() as session:
            return recognise.by_claims(session, claims)

    def recognise_cookie(self, cookie: str) -> Caller:
        with self.store.look_across() as session:
            return recognise.by_cookie(session, cookie)

    def _candidates(self, email: str, organisation_id: str | None) -> list[Person]:
        """Those who might be meant; never empty, so that the time of a login does not tell who exists."""
        wanted = select(Person).where(Person.email == email, Person.active).order_by(Person.id)
        if organisation_id is not None:
            wanted = wanted.where(Person.organisation_id == organisation_id)
        with self.store.read_across() as session:
            return list(session.scalars(wanted)) or [Person(password_hash=None)]


def change_password(session: StoreSession, passwords: Passwords, person: Person, password: str) -> None:
    """Invalid for a password that is too short or too long."""
    person.password_hash = passwords.hash(password)
    record(session, "changed password", "person", person.id)
