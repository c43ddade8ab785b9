"""Whatever a file holds and wherever the output should go: a sentence and an exit code, never a traceback."""

import pytest

from tests.api.command import Command

FILES: dict[str, bytes] = {
    "empty.xlsx": b"",
    "junk.xlsx": b"junk",
    "picture.xlsx": b"\x89PNG\r\n\x1a\n",
    "cut.xlsx": b"PK\x03\x04 cut short",
    "empty.csv": b"",
    "half.json": b"{",
    "deep.json": b"[" * 100_000,
    "list.json": b"[]",
    "latin.json": b'{"name": "\xe9"}',
    "other.json": b'{"grid": 1}',
    "unknown-field.json": b'{"placements": [], "colour": "red"}',
    "twice.json": b'{"placements": [{"lesson": "a", "start": 0}, {"lesson": "a", "start": 1}]}',
    "half.fet": b"<fet>",
    "empty.fet": b"",
    "other.fet": b"<html></html>",
    "half.ctt": b"Name: x",
    "paper.pdf": b"%PDF",
    "no-ending": b"",
}
SAYS = {
    "missing.xlsx": "missing.xlsx does not exist",
    "empty.xlsx": "the file is empty",
    "picture.xlsx": "not a workbook but a PNG picture",
    "half.json": "half.json is not valid JSON",
    "list.json": "holds a JSON list, expected an object",
    "twice.json": "lesson 'a' occurs twice in the timetable",
    "unknown-field.json": "colour: Extra inputs are not permitted",
    "paper.pdf": "the ending .pdf is not known",
    "no-ending": "the ending (none) is not known",
}


@pytest.mark.parametrize("name", [*FILES, "missing.xlsx", "folder"])
@pytest.mark.parametrize("verb", ["check", "solve", "score", "show", "convert"])
def test_files_that_cannot_be_used(command: Command, name: str, verb: str) -> None:
    (command.folder / "folder").mkdir()
    if name in FILES:
        (command.folder / name).write_bytes(FILES[name])
    found = command(verb, name, *(["out.json"] if verb == "convert" else []), "--json")
    assert found.code == 3
    assert all(error["message"] for error in found.json["errors"])
    if name in SAYS:
        assert SAYS[name] in found.json["errors"][0]["message"]
    assert {p.name for p in command.folder.iterdir()} <= {name, "folder"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("solve", "school.xlsx", "-o", "out.pdf"), "cannot write the ending .pdf"),
        (("solve", "school.xlsx", "-o", "out.fet"), "cannot write the ending .fet"),
        (("solve", "school.xlsx", "-o", "folder"), "folder is a folder"),
        (("solve", "school.xlsx", "-o", "school.xlsx"), "is the input itself"),
        (("solve", "school.xlsx", "-o", "school.xlsx/out.xlsx"), "cannot be made"),
        (("solve", "school.xlsx", "--seconds", "0"), "--seconds"),
        (("solve", "school.xlsx", "--gap", "nan"), "--gap"),
        (("solve", "school.xlsx", "--frist"), "--frist"),
        (("solve",), "Missing argument"),
        (("convert", "school.xlsx", "./school.xlsx"), "is the input itself"),
        (("convert", "school.xlsx", "out.fet"), "cannot write the ending .fet"),
        (("check", "school.xlsx", "--annotate", "school.xlsx"), "is the input itself"),
        (("check", "little.json", "--annotate", "out.xlsx"), "only a workbook can be given back"),
        (("show", "finished.xlsx", "-o", "out.png"), "cannot write the ending .png"),
        (("template", "-o", "school.xlsx"), "school.xlsx exists already"),
        (("generate", "-o", "school.xlsx"), "school.xlsx exists already"),
        (("generate", "--classes", "5", "-o", "x.xlsx"), "--classes"),
        (("demo", "-o", "school.xlsx"), "cannot be made"),
        (("dance",), "dance"),
    ],
)
def test_commands_that_cannot_be_carried_out(school: Command, arguments: tuple[str, ...], says: str) -> None:
    (school.folder / "folder").mkdir()
    (school.folder / "little.json").write_text('{"placements": []}')
    before = {path.name: path.read_bytes() for path in school.folder.iterdir() if path.is_file()}
    found = school(*arguments, "--json")
    assert found.code == found.json["exit_code"] == 2
    assert says in found.json["errors"][0]["message"]
    told = school(*arguments)
    assert told.code == 2
    assert told.out == ""
    assert "Traceback" not in told.err
    assert {path.name: path.read_bytes() for path in school.folder.iterdir() if path.is_file()} == before


def test_a_file_that_cannot_be_written_leaves_nothing_behind(school: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    found = school("convert", "school.xlsx", "out.json", "--json")
    assert found.code == 2
    assert found.json["errors"] == [{"message": "out.json cannot be written: No space left on device"}]
    assert not list(school.folder.glob("out*"))
