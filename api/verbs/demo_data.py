"""timewright demo-data: demo organisations of every dialect, and how to sign in to them."""

from secrets import token_hex

from api.console import Output
from api.errors import WrongUse
from api.verbs.operate import operating
from scheduling.demo import make
from scheduling.dialects import DIALECTS, Dialect


def demo_data(name: str | None, seed: int | None, database: str | None, out: Output) -> int:
    """seed: None: a random one, so that nobody can guess the tokens."""
    wanted = demo_dialects(name)
    with operating(database=database) as service:
        made = make(service.store, service.identity, wanted, token_hex(16) if seed is None else str(seed))
    for dialect, found in made.items():
        out.say(f"\n{dialect} at {found['base']}, organisation {found['organisation']}", "bold")
        out.table(("role", "token", "cookie"), [(k, t, found["cookies"][k]) for k, t in found["tokens"].items()])
    out.result(made)
    return 0


def demo_dialects(name: str | None) -> list[Dialect]:
    """All that have demo data, or the one named."""
    wanted = [dialect for dialect in DIALECTS if dialect.demo and name in (None, dialect.name)]
    if not wanted:
        known = ", ".join(dialect.name for dialect in DIALECTS if dialect.demo)
        raise WrongUse(f"there is no demo data of {name!r}, only of {known}")
    return wanted
