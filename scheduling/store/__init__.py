"""Tables, transactions and migrations. Start with `Store`."""

from scheduling.store.counting import number_of_changes
from scheduling.store.session import StoreSession, Tenant
from scheduling.store.store import Look, Store

__all__ = ["Look", "Store", "StoreSession", "Tenant", "number_of_changes"]
