"""A little dialect for tests: notes that are mails never sent. It tells failures as {"oops": ...}."""

from threading import Event
from typing import Annotated

from fastapi import APIRouter, Request, Response, UploadFile
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy import select

from api.doors import Door
from api.entrance import ForTenant, Found
from api.failures import Failure
from api.once import Answer
from api.permissions import ALL, OWN, PUBLIC, Access, roles_of
from scheduling.errors import Conflict, NotFound
from scheduling.store import StoreSession
from scheduling.store.tables import Mail

router = APIRouter(prefix="/notes")
TEACHING = Access(roles_of("director", director=ALL, teacher=OWN))
going_on, may_end = Event(), Event()


class Note(BaseModel):
    text: Annotated[str, Field(max_length=100)]


def write(session: StoreSession, text: str) -> dict[str, str]:
    mail = Mail(recipient="nobody@example.org", subject="note", text=text, next_at=session.now)
    session.add(mail)
    session.flush()
    return {"id": mail.id, "text": text}


@router.post("", status_code=201)
def add(body: Note, answer: Answer) -> Response:
    return answer(lambda session: write(session, body.text), 201)


@router.post("/slow", status_code=201)
def add_slowly(body: Note, answer: Answer) -> Response:
    def work(session: StoreSession) -> dict[str, str]:
        going_on.set()
        assert may_end.wait(20)
        return write(session, body.text)

    return answer(work, 201)


@router.post("/full")
def add_too_much(body: Note, answer: Answer) -> Response:
    def work(session: StoreSession) -> object:
        write(session, body.text)
        raise Conflict("The notebook is full.")

    return answer(work)


@router.post("/file")
async def add_file(file: UploadFile, answer: Answer) -> Response:
    text = (await file.read()).decode()
    return answer(lambda session: write(session, text), 201)


@router.get("")
def notes(tenant: ForTenant, found: Found) -> list[str]:
    with found.store.read(tenant) as session:
        return list(session.scalars(select(Mail.text).order_by(Mail.created_at, Mail.id)))


@router.get("/crash")
def crash() -> None:
    raise ZeroDivisionError("SELECT password_hash FROM people")


@router.get("/open")
def anybody() -> str:
    return "hello"


@router.get("/{note_id}")
def note(note_id: str, tenant: ForTenant, found: Found) -> dict[str, str]:
    with found.store.read(tenant) as session:
        mail = session.get(Mail, note_id)
        if mail is None:
            raise NotFound("There is no such note.")
        return {"id": mail.id, "text": mail.text}


def oops(request: Request, failure: Failure) -> Response:
    return JSONResponse({"oops": failure.message, **failure.fields}, failure.status, failure.headers)


NOTEBOOK = Door(
    "notebook",
    "/notebook",
    (router,),
    {
        "POST /notes": TEACHING,
        "POST /notes/slow": TEACHING,
        "POST /notes/full": TEACHING,
        "POST /notes/file": TEACHING,
        "GET /notes": TEACHING,
        "GET /notes/crash": PUBLIC,
        "GET /notes/open": PUBLIC,
        "GET /notes/{note_id}": TEACHING,
    },
    oops,
)
