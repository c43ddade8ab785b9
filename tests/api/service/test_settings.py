"""Settings come from the environment, and weak secrets are refused."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.errors import WrongUse
from api.settings import Settings, from_environment, kept_secret

GOOD = "0123456789-abcdefghijklmnopqrstuvwxyz"


def test_the_environment_counts_and_options_count_more() -> None:
    environment = {"TIMEWRIGHT_SECRET": GOOD, "TIMEWRIGHT_PORT": "9000", "TIMEWRIGHT_HOST": "0.0.0.0", "OTHER": "x"}
    settings = from_environment(environment, port=9001, host=None)
    assert (settings.port, settings.host) == (9001, "0.0.0.0")


@pytest.mark.parametrize(
    "secret",
    ["short", "a" * 64, "abababababababababababababababababab", "changeme" * 8, "Secret-0123456789-abcdefghijkl"],
)
def test_weak_secrets_are_refused_and_not_repeated(secret: str) -> None:
    with pytest.raises(WrongUse, match="TIMEWRIGHT_SECRET is too weak") as refused:
        from_environment({"TIMEWRIGHT_SECRET": secret})
    assert secret not in str(refused.value)


def test_a_secret_is_not_shown_by_accident() -> None:
    assert GOOD not in repr(from_environment({"TIMEWRIGHT_SECRET": GOOD}))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "x", "TIMEWRIGHT_PORT Input should be a valid integer"),
        ("PORT", "70000", "TIMEWRIGHT_PORT Input should be less than or equal to 65535"),
        ("RATE_LIMITS", "{", "TIMEWRIGHT_RATE_LIMITS is no JSON"),
        ("RATE_LIMITS", "on", "TIMEWRIGHT_RATE_LIMITS"),
    ],
)
def test_wrong_values_are_named(name: str, value: str, said: str) -> None:
    with pytest.raises(WrongUse, match=said):
        from_environment({"TIMEWRIGHT_SECRET": GOOD, f"TIMEWRIGHT_{name}": value})


def test_lists_and_limits_are_json() -> None:
    settings = from_environment(
        {
            "TIMEWRIGHT_SECRET": GOOD,
            "TIMEWRIGHT_ORIGINS": '["https://a.example"]',
            "TIMEWRIGHT_RATE_LIMITS": '{"director": {"general": "5/minute"}}',
        }
    )
    assert settings.origins == ("https://a.example",)
    assert settings.rate_limits == {"director": {"general": "5/minute"}}
    assert from_environment({"TIMEWRIGHT_SECRET": GOOD, "TIMEWRIGHT_RATE_LIMITS": "off"}).rate_limits == "off"


def test_without_a_secret_one_is_made_and_kept_for_its_owner(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    settings = from_environment({"TIMEWRIGHT_DATA": str(folder)})
    assert settings.secret.get_secret_value() == kept_secret(folder / "secret")
    assert stat.S_IMODE((folder / "secret").stat().st_mode) == 0o600
    assert settings.database_url == f"sqlite:///{folder}/timewright.db"


def test_processes_that_start_at_once_agree_on_the_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        found = set(pool.map(kept_secret, [tmp_path / "data" / "secret"] * 64))
    assert len(found) == 1
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["secret"]


def test_every_setting_says_what_it_is() -> None:
    assert all(field.description for field in Settings.model_fields.values())
