"""A person's own API tokens: GET and POST /auth/tokens, DELETE /auth/tokens/{id}."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, BaseModel, Field

from api.entrance import ForTenant, Found, Signed
from api.permissions import SIGNED_IN, Access
from scheduling.errors import Forbidden, Invalid, NotFound
from scheduling.identity import Caller
from scheduling.identity.tokens import create_token, revoke_token, tokens_of

router = APIRouter(prefix="/auth/tokens", tags=["auth"])

ACCESS: dict[str, Access] = {
    "GET /auth/tokens": SIGNED_IN,
    # A stored answer would hold the token in clear.
    "POST /auth/tokens": Access(SIGNED_IN.roles, key=False),
    "DELETE /auth/tokens/{token_id}": SIGNED_IN,
}


class NewToken(BaseModel):
    """scopes: empty: everything the person may do; expires_at: null: until revoked."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    scopes: list[Literal["read", "write"]] = []
    expires_at: AwareDatetime | None = None


class Token(BaseModel):
    id: str
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


class MadeToken(BaseModel):
    """token: shown this once."""

    token: str


@router.get("")
def tokens(caller: Signed, tenant: ForTenant, found: Found) -> list[Token]:
    """The caller's tokens, oldest first, without their secrets."""
    with found.store.read(tenant) as session:
        rows = tokens_of(session, caller.person_id)
        return [Token.model_validate(row, from_attributes=True) for row in rows]


@router.post("", status_code=201)
def make_token(body: NewToken, caller: Signed, tenant: ForTenant, found: Found) -> MadeToken:
    """Makes a token of the caller."""
    _check_scopes(caller, body)
    with found.store.write(tenant) as session:
        if body.expires_at is not None and body.expires_at <= session.now:
            raise Invalid("The token would have expired already.", {"expires_at": "in the past"})
        return MadeToken(token=create_token(session, caller.person_id, body.name, tuple(body.scopes), body.expires_at))


@router.delete("/{token_id}", status_code=204)
def end_token(token_id: str, caller: Signed, tenant: ForTenant, found: Found) -> Response:
    """Revokes a token of the caller; once more is fine."""
    with found.store.write(tenant) as session:
        if token_id not in {row.id for row in tokens_of(session, caller.person_id)}:
            raise NotFound("You have no token of this id.")
        revoke_token(session, token_id)
    return Response(status_code=204)


def _check_scopes(caller: Caller, body: NewToken) -> None:
    """A token cannot make one that may do more than itself."""
    if caller.scopes and (not body.scopes or not set(body.scopes) <= caller.scopes):
        raise Forbidden("A token cannot make a token that may do more.")
    if caller.proof == "token" and caller.expires_at is not None:
        raise Forbidden("A token that expires cannot make another one.")
