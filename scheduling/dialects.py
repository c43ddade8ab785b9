"""The products that share the service, as far as the inside of the house knows them: their names, paths and roles."""

from dataclasses import dataclass

from scheduling.errors import Invalid


@dataclass(frozen=True)
class Dialect:
    """base: the canonical mount; roles: in the dialect's spelling, most powerful first; numbered: ids are integers;
    demo: demo data has organisations of it."""

    name: str
    base: str
    roles: tuple[str, ...]
    numbered: bool = False
    demo: bool = True


DIALECTS = (
    Dialect("academy", "/academy/api/v1", ("super_admin", "program_admin", "instructor", "parent", "student")),
    Dialect("fitness", "/fitness/api/v1/sessions", ("admin", "trainer"), numbered=True),
    Dialect("director", "/director/schedules", ("super_admin", "owner", "director", "teacher")),
    Dialect("culturebridge", "/culturebridge", ("admin", "coach", "client")),
    Dialect("estuary", "/estuary/api/v1/drf/bookings", ("admin", "staff", "practitioner", "client"), numbered=True),
    Dialect("optimizer", "/v1", ("admin", "planner", "viewer"), demo=False),
)


def dialect(name: str) -> Dialect:
    """Invalid for an unknown name."""
    for known in DIALECTS:
        if known.name == name:
            return known
    raise Invalid(f"There is no dialect {name!r}; there are {', '.join(d.name for d in DIALECTS)}.")


def check_role(dialect_name: str, role: str) -> None:
    """Invalid unless the dialect has the role."""
    roles = dialect(dialect_name).roles
    if role not in roles:
        raise Invalid(
            f"The dialect {dialect_name} has no role {role!r}; it has {', '.join(roles)}.", {"role": "unknown"}
        )
