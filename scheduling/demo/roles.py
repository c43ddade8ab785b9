"""Demo data of dialects that have nothing but people so far: their ids under the names of the dialect's bodies."""

from collections.abc import Mapping

from scheduling.demo.scene import Fill, Ids, Scene
from scheduling.dialects import dialect


def people_as(**roles: str) -> Fill:
    """roles: name in the bodies ("coach_id") -> role of the two people it lists."""
    return lambda _, scene: _ids(scene, roles)


def _ids(scene: Scene, roles: Mapping[str, str]) -> Ids:
    numbered = dialect(scene.organisation.dialect).numbered
    found: Ids = {}
    for name, role in roles.items():
        people = [scene.people[key] for key in (role, f"{role}_2") if key in scene.people]
        found[name] = [x.number for x in people] if numbered else [x.id for x in people]
    return found
