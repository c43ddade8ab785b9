"""Organisations: the schools, academies and practices that share the service without seeing each other."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.store.base import ID, Base, Counted, Created, Json, new_id


class Organisation(Counted, Created, Base):
    """A tenant. dialect: the product it uses; zone: IANA name; settings: what differs from the dialect's defaults."""

    __tablename__ = "organisations"

    id: Mapped[str] = mapped_column(String(ID), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(200))
    dialect: Mapped[str] = mapped_column(String(20))
    zone: Mapped[str] = mapped_column(String(60), default="UTC")
    settings: Mapped[Json] = mapped_column(default=dict)


class Number(Base):
    """The last number given out in a series; see StoreSession.next_number."""

    __tablename__ = "numbers"

    series: Mapped[str] = mapped_column(String(60), primary_key=True)
    last: Mapped[int]
