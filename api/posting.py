"""The mail server, as the settings want it."""

from api.settings import Settings
from scheduling.outbox import Post


def post_of(settings: Settings) -> Post:
    return Post(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_user,
        settings.smtp_password.get_secret_value(),
        settings.smtp_tls,
        settings.smtp_sender,
    )
