"""The catalogue of public instances."""

from pathlib import Path

import pytest

from datasets.catalog import InstancesMissing, UnknownFamily, data_folder, families, family, instances


def test_every_family_says_where_it_comes_from_and_under_which_licence() -> None:
    assert {f.name for f in families()} == {
        "fet", "itc2007-cbctt", "cbctt-more", "xhstt", "itc2019", "spreadsheets",
    }  # fmt: skip
    assert all(f.source and f.licence and f.format for f in families())


def test_best_known_values_come_with_their_source_and_are_not_below_their_bound() -> None:
    for known in families():
        for best in known.best.values():
            assert best.source
            assert best.bound is None or best.soft is None or best.bound <= best.soft


def test_instances_are_found_by_pattern(tmp_path: Path) -> None:
    folder = tmp_path / "xhstt"
    folder.mkdir()
    (folder / "BR-SM-00.xml.gz").touch()
    (folder / "Unheard-Of.xml.gz").touch()
    (folder / "README.md").touch()
    first, second = instances("xhstt", tmp_path)
    assert (first.name, first.path, first.format) == ("BR-SM-00", folder / "BR-SM-00.xml.gz", "xhstt")
    assert first.best is not None
    assert (first.best.hard, first.best.soft) == (0, 51)
    assert (second.name, second.best) == ("Unheard-Of", None)


def test_the_folder_must_be_named_and_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TIMEWRIGHT_INSTANCES", raising=False)
    with pytest.raises(InstancesMissing, match="set TIMEWRIGHT_INSTANCES"):
        data_folder()
    monkeypatch.setenv("TIMEWRIGHT_INSTANCES", str(tmp_path / "nowhere"))
    with pytest.raises(InstancesMissing, match="not a folder"):
        data_folder()
    monkeypatch.setenv("TIMEWRIGHT_INSTANCES", str(tmp_path))
    with pytest.raises(InstancesMissing, match="family 'itc2019' is not there"):
        instances("itc2019")


def test_an_unknown_family_is_named_with_the_known_ones() -> None:
    with pytest.raises(UnknownFamily, match="fet, itc2007-cbctt"):
        family("itc2011")


@pytest.fixture(name="data")
def folder_of_the_data(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue("instances")
    return folder


@pytest.mark.parametrize("name", [f.name for f in families() if f.name != "fet"])
def test_the_public_data_is_complete(data: Path, name: str) -> None:
    found = instances(name, data)
    assert found
    assert all(i.path.is_file() for i in found)
    assert set(family(name).best) <= {i.name for i in found}
