"""JWTs: short proofs of a login, signed by the current key."""

from dataclasses import dataclass
from datetime import datetime

import jwt

from scheduling.errors import Unauthenticated
from scheduling.identity.keys import SigningKeys

ISSUER = "timewright"
ALGORITHM = "HS256"


@dataclass(frozen=True)
class Claims:
    """What a token says, after its signature and times were checked."""

    person_id: str
    organisation_id: str
    session_id: str


def issue(keys: SigningKeys, claims: Claims, product: str, now: datetime, expires_at: datetime) -> str:
    """product: the dialect, for the choice between products that share a path."""
    key = keys.current()
    payload = {
        "iss": ISSUER,
        "aud": ISSUER,
        "sub": claims.person_id,
        "org": claims.organisation_id,
        "sid": claims.session_id,
        "product": product,
        "iat": now,
        "exp": expires_at,
    }
    return jwt.encode(payload, key.secret, ALGORITHM, headers={"kid": key.id})


def read(keys: SigningKeys, token: str, now: datetime) -> Claims:
    """Unauthenticated unless the token is ours, unchanged and in time."""
    try:
        key = keys.find(str(jwt.get_unverified_header(token).get("kid")))
        if key is None:
            raise Unauthenticated
        payload = jwt.decode(
            token,
            key.secret,
            algorithms=[ALGORITHM],
            audience=ISSUER,
            issuer=ISSUER,
            # The clock is an argument, so the time is checked below.
            options={"require": ["exp", "iat", "sub", "org", "sid"], "verify_exp": False, "verify_iat": False},
        )
    except jwt.PyJWTError as error:
        raise Unauthenticated from error
    if not isinstance(payload["exp"], int) or payload["exp"] <= now.timestamp():
        raise Unauthenticated("The token has expired; sign in again.")
    return Claims(str(payload["sub"]), str(payload["org"]), str(payload["sid"]))
