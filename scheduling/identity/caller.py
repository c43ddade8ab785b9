"""The person behind a request."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from scheduling.store import Tenant

Proof = Literal["jwt", "token", "cookie"]
"""How the person was recognised."""


@dataclass(frozen=True)
class Caller:
    """dialect: the product of the organisation; number: the person's integer id; zone: IANA name of the organisation;
    scopes: what the API token allows, empty: everything the roles allow; expires_at: None: never."""

    organisation_id: str
    dialect: str
    zone: str
    person_id: str
    number: int
    name: str
    email: str
    roles: frozenset[str]
    proof: Proof
    scopes: frozenset[str] = frozenset()
    session_id: str | None = None
    token_id: str | None = None
    expires_at: datetime | None = None

    def tenant(self, door: str, operation: str = "") -> Tenant:
        """For the store; door and operation go into the audit."""
        return Tenant(self.organisation_id, door, self.person_id, self.name, operation)

    def allows(self, scope: str) -> bool:
        return not self.scopes or scope in self.scopes
