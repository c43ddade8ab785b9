"""What a dialect gets to fill its demo organisation."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from scheduling.store import StoreSession
from scheduling.store.tables import Organisation, Person

Ids = dict[str, list[str] | list[int]]
"""Ids of what was made, by the name that the dialect's bodies give them ("class_id"); the first one is the simplest."""


@dataclass(frozen=True)
class Scene:
    """random: the only source of chance; today: dates are relative to it; people: by role ("teacher", "teacher_2")."""

    organisation: Organisation
    random: Random
    today: date
    people: Mapping[str, Person]

    def id(self) -> str:
        """A new id, the same for the same seed."""
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))


Fill = Callable[[StoreSession, Scene], Ids]
"""Fills an organisation that has people, and nothing else yet; runs in a transaction of that organisation."""
