"""Who may use the optimizer: those who make timetables; viewers may look."""

from dataclasses import replace

from api.permissions import ALL, PLANNERS, PLANNING, Access

LOOKING = Access({**PLANNERS, "optimizer": {**PLANNERS["optimizer"], "viewer": ALL}})
# It changes nothing, so that repeating it does no harm.
COMPUTING = replace(PLANNING, key=False, writes=False)
