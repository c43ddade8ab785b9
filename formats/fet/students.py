"""Years, groups and subgroups: each becomes a class that names its atomic student sets."""

from collections.abc import Iterator

from formats.xml import Node
from models.problem import SchoolClass


def read_classes(root: Node) -> tuple[SchoolClass, ...]:
    """A subgroup is its own atomic set, a group is its subgroups, a year its groups; one without parts is itself.

    A group may stand in several years and a subgroup in several groups; each becomes one class.
    """
    found: dict[str, SchoolClass] = {}
    members: dict[str, dict[str, None]] = {}
    for node, above in _sets(root.child("Students_List")):
        name = node.value("Name")
        members.setdefault(name, {})
        for other in above:
            members[other].update({name: None})
        if name not in found:
            size = node.integer("Number_of_Students") if node.find("Number_of_Students") else 0
            found[name] = SchoolClass(id=name, size=size, level=above[0] if above else name, source=node.place)
    whole = {name for name, parts in members.items() if not parts}
    return tuple(
        c.model_copy(update={"students": tuple(p for p in members[name] if p in whole) or (name,)})
        for name, c in found.items()
    )


def _sets(listing: Node) -> Iterator[tuple[Node, tuple[str, ...]]]:
    """Each students set with the names of those above it, the year first."""
    for year in listing.all("Year"):
        yield year, ()
        for group in year.all("Group"):
            yield group, (year.value("Name"),)
            for subgroup in group.all("Subgroup"):
                yield subgroup, (year.value("Name"), group.value("Name"))
