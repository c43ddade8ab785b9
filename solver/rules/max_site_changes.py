"""CP-SAT twin of `models.rules.max_site_changes`."""

from models.rules.max_site_changes import MaxSiteChanges
from solver.moves import limit_changes, site_marks
from solver.variables import Variables


def encode(rule: MaxSiteChanges, v: Variables) -> None:
    limit_changes(v, rule, rule.limit, rule.per, site_marks)
