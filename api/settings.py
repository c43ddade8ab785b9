"""Settings of the service, from the environment: TIMEWRIGHT_<NAME IN CAPITALS>. docs/service.md has a table of them."""

import json
import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError, field_validator

from api.errors import WrongUse

PREFIX = "TIMEWRIGHT_"
SHORTEST_SECRET, FEWEST_CHARACTERS = 32, 12
WEAK = ("changeme", "change-me", "secret", "password", "example", "timewright")


class Settings(BaseModel):
    """Frozen; unknown names are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    secret: SecretStr = Field(description="At least 32 random characters; encrypts what is stored encrypted.")
    data: Path = Field(default=Path("timewright-data"), description="Folder of the database file and the secret.")
    database: str = Field(default="", description="sqlite:///FILE or postgresql://...; by default a file in data.")
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on.")
    origins: tuple[str, ...] = Field(
        default=(), description="Further origins whose pages may use session cookies, as a JSON list."
    )
    secure_cookies: bool = Field(default=False, description="Send cookies over HTTPS only; switch on behind HTTPS.")
    login_hours: float = Field(default=12, gt=0, le=24 * 90, description="How long a login lasts.")
    lockout_failures: int = Field(default=5, ge=1, description="Failed logins in a row until a pause.")
    lockout_minutes: float = Field(default=15, gt=0, description="The pause after them.")
    argon2_time_cost: int = Field(default=3, ge=1, description="Passes of a password hash.")
    argon2_memory_cost: int = Field(default=65536, ge=8, description="KiB of a password hash.")
    rate_limits: dict[str, dict[str, str]] | Literal["off"] = Field(
        default_factory=dict,
        description='Limits that differ from the defaults: {"director": {"general": "600/minute"}}, or off.',
    )
    rate_limit_storage: str = Field(
        default="memory://", description="Where counts are kept; redis://... when several processes share them."
    )
    director_forbidden_status: Annotated[Literal[401, 403], BeforeValidator(int)] = Field(
        default=403, description="What school directors' clients are told when the role is wrong; 401 for literal ones."
    )
    largest_upload: int = Field(default=20_000_000, ge=1000, description="Bytes of the largest request body.")
    print_seconds: float = Field(default=120, gt=0, le=3600, description="Longest time to draw a .pdf of many pages.")
    least_free_disk: int = Field(default=50_000_000, ge=0, description="Bytes on the disk to be ready.")

    webhooks_private: bool = Field(
        default=False, description="Let webhooks go to private networks and over plain HTTP; for development."
    )

    keep_sent_days: float = Field(
        default=30, gt=0, le=36500, description="How long mails, webhook deliveries and logins that ended are kept."
    )

    smtp_host: str = Field(default="", description="Server that sends mails; without one they wait.")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Its port.")
    smtp_user: str = Field(default="", description="Name to sign in with; none: without signing in.")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="Password to sign in with.")
    smtp_tls: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="starttls, tls (from the start, mostly port 465) or none."
    )
    smtp_sender: str = Field(default="Timewright <timewright@localhost>", description="Address that mails come from.")

    @field_validator("secret")
    @classmethod
    def _strong(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        if len(text) < SHORTEST_SECRET or len(set(text)) < FEWEST_CHARACTERS or text.lower().startswith(WEAK):
            raise ValueError(
                f"is too weak: it needs {SHORTEST_SECRET} random characters or more; "
                "make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
        return value

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.data.absolute() / 'timewright.db'}"


def from_environment(environment: Mapping[str, str] = os.environ, **overrides: Any) -> Settings:
    """overrides: None leaves the environment's value. WrongUse names what is wrong, never the secret itself."""
    values: dict[str, Any] = {
        name: _read(environment[PREFIX + name.upper()], name)
        for name in Settings.model_fields
        if environment.get(PREFIX + name.upper())
    }
    values |= {name: value for name, value in overrides.items() if value is not None}
    if "secret" not in values:
        values["secret"] = kept_secret(Path(values.get("data", Settings.model_fields["data"].default)) / "secret")
    try:
        return Settings(**values)
    except ValidationError as error:
        raise WrongUse(*(_sentence(part["loc"], part["msg"]) for part in error.errors())) from None


def _read(text: str, name: str) -> Any:
    if name not in ("origins", "rate_limits") or not text.startswith(("[", "{")):
        return text
    try:
        return json.loads(text)
    except ValueError:
        raise WrongUse(f"{PREFIX}{name.upper()} is no JSON") from None


def _sentence(place: tuple[int | str, ...], message: str) -> str:
    return f"{PREFIX}{str(place[0]).upper()} {message.removeprefix('Value error, ')}"


def kept_secret(file: Path) -> str:
    """The random text in the file, made at the first call; readable for its owner alone."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        _make_secret(file)
    return file.read_text(encoding="ascii").strip()


def _make_secret(file: Path) -> None:
    """Written aside and then given its name, so that two processes that start at once agree on one whole secret."""
    handle, name = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(name, file)
    finally:
        os.unlink(name)
