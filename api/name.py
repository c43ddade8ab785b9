"""What the program is called where it was started: hints should be ready to type."""

import os


def program() -> str:
    """ "timewright", or the script of the checkout, which says how it was called."""
    return os.environ.get("TIMEWRIGHT_NAME") or "timewright"
