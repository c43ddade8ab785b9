"""Who somebody is and how they prove it: passwords, logins, JWTs, API tokens. Start with `Identity`."""

from scheduling.identity.caller import Caller
from scheduling.identity.identity import Identity, Login

__all__ = ["Caller", "Identity", "Login"]
