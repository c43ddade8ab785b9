"""Names of the rules as people write them."""

import re

from models.rules import RULES, Rule

_SAME_WORD = {
    "maximum": "max",
    "most": "max",
    "minimum": "min",
    "least": "min",
    "lesson": "period",
    "hour": "period",
    "window": "gap",
    "hole": "gap",
    "consecutively": "consecutive",
    "daily": "per day",
    "weekly": "per week",
    "building": "site",
    "a": "",
    "the": "",
    "number": "",
    "of": "",
}
_ALIASES = {
    "not available": "unavailable",
    "home room": "home_room",
    "max consecutive": "max_in_a_row",
    "max consecutive periods": "max_in_a_row",
    "max periods in a row": "max_in_a_row",
    "max gaps": "max_gaps_per_week",
    "max free periods per day": "max_gaps_per_day",
    "max free periods per week": "max_gaps_per_week",
    "max days per week": "max_days",
    "min days per week": "min_days",
    "once a day": "not_twice_a_day",
    "same time": "same_start",
    "no overlap": "not_overlapping",
    "lunch": "lunch_break",
    "no isolated lessons": "compactness",
    "room capacity": "room_capacity",
}


def _plain(name: str) -> str:
    """Words without plural and with one word for each idea: "Maximum lessons per day" -> "max period per day"."""
    words = re.findall(r"[a-z0-9]+", name.casefold())
    single = (w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w for w in words)
    return " ".join(" ".join(_SAME_WORD.get(w, w) for w in single).split())


def spoken(kind: str) -> str:
    """Name in the catalogue as a person writes it: "max gaps per day"."""
    return kind.replace("_", " ")


BY_KIND: dict[str, type[Rule]] = {str(rule.model_fields["kind"].default): rule for rule in RULES}
_BY_NAME = {_plain(alias): BY_KIND[kind] for alias, kind in _ALIASES.items()}
_BY_NAME.update({_plain(kind.replace("_", " ")): rule for kind, rule in BY_KIND.items()})


def find_rule(name: str) -> type[Rule] | None:
    return _BY_NAME.get(_plain(name.replace("_", " ")))


def rule_names() -> list[str]:
    return [spoken(kind) for kind in BY_KIND]
