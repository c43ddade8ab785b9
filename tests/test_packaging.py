"""The import packages sit flat at the root: nobody else may own their names, and the wheel ships exactly them."""

import json
import os
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from zipfile import ZipFile

import pytest

from api.saving import bundle
from tests.formats.little_school import PROBLEM, changed

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


class Installed:
    """The unpacked wheel, run from another folder as on a machine that has no checkout."""

    def __init__(self, wheel: Path, folder: Path) -> None:
        self.site, self.elsewhere = folder / "site", folder / "elsewhere"
        self.elsewhere.mkdir()
        with ZipFile(wheel) as archive:
            archive.extractall(self.site)

    def run(self, code: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        # An editable install puts the checkout on the path; a user's machine has none.
        away = f"import sys; sys.path = [p for p in sys.path if p != {str(ROOT)!r}]; "
        return subprocess.run(
            [sys.executable, "-c", away + code, *arguments],
            cwd=self.elsewhere,
            env=os.environ | {"PYTHONPATH": str(self.site)},
            capture_output=True,
            text=True,
            check=False,
        )

    def timewright(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return self.run("import runpy; runpy.run_module('api.cli', run_name='__main__')", *arguments)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(wheel, tmp_path_factory.mktemp("installed"))


@pytest.mark.slow
def test_the_wheel_does_not_need_the_checkout(installed: Installed) -> None:
    found = installed.run(
        "import models, solver, formats, api; print(*(m.__file__ for m in (models, solver, formats, api)))"
    )
    assert all(Path(origin).is_relative_to(installed.site) for origin in found.stdout.split())
    assert len(found.stdout.split()) == 4


@pytest.mark.slow
def test_the_wheel_solves_a_school(installed: Installed) -> None:
    (installed.elsewhere / "little.json").write_bytes(bundle(changed(rules=()), None))
    found = installed.timewright("solve", "little.json", "-o", "out.xlsx", "--first", "--workers", "1", "--json")
    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout)["placed"] == len(PROBLEM.lessons)
    shown = installed.timewright("show", "out.xlsx", "--class", "7A")
    assert "Mathematics" in shown.stdout


@pytest.mark.slow
def test_the_wheel_says_what_only_a_checkout_has(installed: Installed) -> None:
    for verb in ("demo", "bench"):
        found = installed.timewright(verb)
        assert found.returncode == 2
        assert "is not part of the installed program" in found.stderr
