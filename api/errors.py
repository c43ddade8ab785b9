"""How a command ends: its exit code, and the errors that are a user's to mend."""

from typing import Any

DONE, WRONG_USE, INPUT_ERRORS, INFEASIBLE, NOTHING_FOUND, STOPPED = 0, 2, 3, 4, 5, 130
"""Exit codes. 1 is left to mistakes of the program itself, 130 is what shells say of Ctrl-C."""


class CommandError(Exception):
    """problems: what is wrong, one sentence each; hint: the way out; more: further fields of the JSON answer."""

    code = WRONG_USE

    def __init__(self, *problems: str, hint: str = "", **more: Any) -> None:
        super().__init__("; ".join(problems))
        self.problems, self.hint, self.more = problems, hint, more


class WrongUse(CommandError):
    """The command cannot be carried out as it was given."""


class InputError(CommandError):
    """The file cannot be used."""

    code = INPUT_ERRORS
