"""Who may do what behind the director's door."""

from dataclasses import replace

from api.permissions import ALL, OWN, Access, roles_of

DIRECTING = Access(roles_of("director", super_admin=ALL, owner=ALL, director=ALL))
LOOKING = replace(DIRECTING, writes=False, key=False)
"""A POST that only reads: it repeats without harm, and a stored answer would soon be wrong."""
TEACHING = Access(roles_of("director", super_admin=ALL, owner=ALL, director=ALL, teacher=OWN))
"""A teacher sees what concerns herself."""
