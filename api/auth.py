"""Signing in and out: POST /auth/login, POST /auth/logout, GET /auth/me."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from api.entrance import COOKIE, Found, Signed, address
from api.permissions import SIGNED_IN, Access
from api.settings import Settings
from scheduling.identity import Caller, Login

router = APIRouter(prefix="/auth", tags=["auth"])

ACCESS: dict[str, Access] = {
    # A stored answer would hold a fresh token in clear.
    "POST /auth/login": Access(None, "login", key=False),
    # Ending a session twice is the same as once.
    "POST /auth/logout": Access(SIGNED_IN.roles, key=False),
    "GET /auth/me": SIGNED_IN,
}


class Credentials(BaseModel):
    """organisation: only needed by people who belong to several."""

    email: Annotated[str, Field(max_length=254)]
    password: Annotated[str, Field(max_length=200)]
    organisation: str | None = None


class Person(BaseModel):
    """The signed-in person. number: the id in dialects whose ids are integers."""

    id: str
    number: int
    name: str
    email: str
    roles: list[str]
    organisation: str
    dialect: str
    zone: str


class SignedIn(BaseModel):
    """access_token: a JWT for `Authorization: Bearer` (or `Token`); the same login is in the session cookie."""

    access_token: str
    token_type: str = "bearer"
    expires_at: datetime
    person: Person


@router.post("/login")
def login(body: Credentials, request: Request, response: Response, found: Found) -> SignedIn:
    """Signs in: a JWT in the body, and a session cookie."""
    made = found.identity.login(body.email, body.password, address(request), body.organisation)
    set_cookie(response, made, found.settings)
    return SignedIn(access_token=made.jwt, expires_at=made.expires_at, person=person_of(made.caller))


@router.post("/logout", status_code=204)
def logout(caller: Signed, found: Found) -> Response:
    """Ends the session; its JWT and cookie are worth nothing from now on."""
    found.identity.logout(caller)
    response = Response(status_code=204)
    response.delete_cookie(COOKIE)
    return response


@router.get("/me")
def me(caller: Signed) -> Person:
    """Who is signed in."""
    return person_of(caller)


def set_cookie(response: Response, made: Login, settings: Settings) -> None:
    response.set_cookie(
        COOKIE, made.cookie, expires=made.expires_at, httponly=True, secure=settings.secure_cookies, samesite="lax"
    )


def person_of(caller: Caller) -> Person:
    return Person(
        id=caller.person_id,
        number=caller.number,
        name=caller.name,
        email=caller.email,
        roles=sorted(caller.roles),
        organisation=caller.organisation_id,
        dialect=caller.dialect,
        zone=caller.zone,
    )
