"""Which of FET's modes a file is made for. Only the official one is read: in the others words mean other things."""

import re

from formats.errors import Unsupported
from formats.xml import Node

OFFICIAL = "Official"

OLD_VARIANTS = {
    "Mornings_Afternoons": re.compile(r"-(algeria|morocco|ma)", re.IGNORECASE),
    "Block_Planning": re.compile(r"-(bp|block)", re.IGNORECASE),
    "Terms": re.compile(r"-terms", re.IGNORECASE),
}
"""FET 5 had a program of its own for each mode, which wrote its name behind the version: 5.27.3-algeria9, 5.44.2-bp."""

BLOCKS = re.compile(r"MaxTotalActivitiesFromSetInSelectedTimeSlots")
HALF_DAYS = re.compile(r"Morning|Afternoon|RealDay|HalfDay|ThreeConsecutiveDays|N1N2N3")
TERMS = re.compile(r"InATerm|MaxTerms")
"""What only constraints of another mode have in their names."""


def mode_of(root: Node) -> str:
    """The mode a file names, or the one that its version or its constraints betray."""
    named = root.value_or("", "Mode")
    if named:
        return named
    if root.find("Terms_List") or root.find("Number_of_Terms") or _uses(root, TERMS):
        return "Terms"
    version = root.attributes.get("version", "")
    old = next((mode for mode, name in OLD_VARIANTS.items() if name.search(version)), "")
    if old or _uses(root, HALF_DAYS):
        return old or "Mornings_Afternoons"
    return "Block_Planning" if _uses(root, BLOCKS) else OFFICIAL


def _uses(root: Node, names: re.Pattern[str]) -> bool:
    listing = root.find("Time_Constraints_List")
    return listing is not None and any(names.search(c.tag) for c in listing.children if c.flag("Active", True))


def must_be_official(root: Node) -> None:
    mode = mode_of(root)
    if mode != OFFICIAL:
        raise Unsupported(root.place, [(f"the mode {mode}", 1)], f"a file of the mode {OFFICIAL}")
