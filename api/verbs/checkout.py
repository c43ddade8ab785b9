"""What only a checkout of the project has: sample schools, the generator, the benchmarks."""

import importlib
from types import ModuleType

from api.errors import WrongUse


def module(name: str) -> ModuleType:
    """WrongUse where the program was installed without it."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name and f"{name}.".startswith(f"{error.name}."):
            package = name.split(".")[0]
            raise WrongUse(f"{package} is not part of the installed program; call this in a checkout of it") from error
        raise
