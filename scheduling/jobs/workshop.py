"""What a worker does its slices with."""

from dataclasses import dataclass, field
from threading import Event

from scheduling.store import Store, Tenant
from scheduling.store.tables import Job


@dataclass(frozen=True)
class Workshop:
    """What a slice is done with. name: of the worker; leaving: set when it is asked to end; threads: of a search,
    0: one per core."""

    store: Store
    name: str
    leaving: Event = field(default_factory=Event)
    threads: int = 0


def was_cancelled(workshop: Workshop, tenant: Tenant, job_id: str) -> bool:
    """If not, another worker has the job, and what was found here is that one's to find again."""
    with workshop.store.read(tenant) as session:
        return session.get_one(Job, job_id).status == "cancelled"
