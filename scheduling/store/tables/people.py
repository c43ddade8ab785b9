"""People and their roles. A person belongs to one organisation; the same human may be a person of several."""

from sqlalchemy import ForeignKeyConstraint, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.store.base import ID, Base, Owned, Record, owned


class Person(Record, Base):
    """number: a second id for dialects with integer ids; email: lower case; password_hash: None: cannot log in."""

    __tablename__ = "people"
    __table_args__ = owned(UniqueConstraint("organisation_id", "email"), Index("ix_people_email", "email"))

    number: Mapped[int] = mapped_column(Integer, unique=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    password_hash: Mapped[str | None] = mapped_column(String(300))
    active: Mapped[bool] = mapped_column(default=True)


class PersonRole(Owned, Base):
    """One role of a person, in the spelling of the organisation's dialect."""

    __tablename__ = "person_roles"
    __table_args__ = (ForeignKeyConstraint(["organisation_id", "person_id"], ["people.organisation_id", "people.id"]),)

    person_id: Mapped[str] = mapped_column(String(ID), primary_key=True)
    role: Mapped[str] = mapped_column(String(40), primary_key=True)
