"""Passwords are kept as argon2id hashes and never leave this file."""

from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from scheduling.errors import Invalid

SHORTEST, LONGEST = 10, 200
"""Characters of a password."""


class Passwords:
    """time_cost: passes; memory_cost: KiB; parallelism: lanes. The defaults take about 0.3 s per check."""

    def __init__(self, time_cost: int = 3, memory_cost: int = 65536, parallelism: int = 1) -> None:
        self.hasher = PasswordHasher(time_cost, memory_cost, parallelism)

    @cached_property
    def nobody(self) -> str:
        """A hash that costs what the others cost."""
        return self.hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """Invalid for a password that is too short or too long."""
        if not SHORTEST <= len(password) <= LONGEST:
            text = f"A password needs {SHORTEST} to {LONGEST} characters."
            raise Invalid(text, {"password": text})
        return self.hasher.hash(password)

    def matches(self, stored: str | None, password: str) -> bool:
        """stored: None takes as long as a real hash, so that the time does not tell who exists."""
        try:
            self.hasher.verify(stored or self.nobody, password)
            return stored is not None
        except (VerificationError, InvalidHashError):
            return False

    def outdated(self, stored: str) -> bool:
        """Whether the hash was made with other costs."""
        return self.hasher.check_needs_rehash(stored)
