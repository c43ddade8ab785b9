"""CP-SAT twin of `models.rules.max_site_changes`."""

from models.rules.max_site_changes import MaxSiteChanges
from solver.variables import Variables


def encode(rule: MaxSiteChanges, v: Variables) -> None:
    raise NotImplementedError
