"""Identity as the settings want it: for the application and for the command line."""

from datetime import timedelta

from api.settings import Settings
from scheduling.identity import Identity
from scheduling.identity.lockout import Lockout
from scheduling.identity.passwords import Passwords
from scheduling.store import Store


def identity_for(settings: Settings, store: Store) -> Identity:
    passwords = Passwords(settings.argon2_time_cost, settings.argon2_memory_cost)
    lockout = Lockout(settings.lockout_failures, pause=timedelta(minutes=settings.lockout_minutes))
    lifetime = timedelta(hours=settings.login_hours)
    return Identity(store, settings.secret.get_secret_value(), passwords, lockout, lifetime)
