"""The audit: who did what, when, through which door; rows are only ever added (the database refuses the rest)."""

from scheduling.store.base import Json
from scheduling.store.session import StoreSession
from scheduling.store.tables.audit import AuditEntry


def record(
    session: StoreSession, action: str, kind: str, subject_id: str, old: Json | None = None, new: Json | None = None
) -> None:
    """action: "created", "updated", ...; kind and subject_id: what it was done to; old and new: the fields that differ.

    Call it in the transaction of the change. Leave secrets out of old and new.
    """
    session.add(line(session, action, kind, subject_id, old, new))


def line(
    session: StoreSession, action: str, kind: str, subject_id: str, old: Json | None = None, new: Json | None = None
) -> AuditEntry:
    """As `record`, for whoever stores it himself."""
    tenant = session.tenant
    return AuditEntry(
        actor_id=tenant.actor_id if tenant else None,
        actor_name=tenant.actor_name if tenant else "",
        door=tenant.door if tenant else "service",
        operation=tenant.operation if tenant else "",
        action=action,
        kind=kind,
        subject_id=subject_id,
        old=old,
        new=new,
    )
