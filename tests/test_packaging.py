"""The import packages sit flat at the root: nobody else may own their names, and the wheel ships exactly them."""

import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = {"models", "solver", "formats", "scheduling", "api"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("timewright-*.whl")
    return path


def test_no_other_distribution_owns_our_names() -> None:
    owners = packages_distributions()
    for name in SHIPPED:
        assert set(owners.get(name, ())) <= {"timewright"}


@pytest.mark.slow
def test_wheel_ships_the_five_packages_and_nothing_else(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        top = {name.split("/")[0] for name in archive.namelist()}
    assert {name for name in top if not name.endswith(".dist-info")} == SHIPPED
