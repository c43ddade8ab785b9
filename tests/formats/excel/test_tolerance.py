"""Form does not matter: order, letter case, languages, titles, kinds of cells."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from formats.excel.read import read
from formats.excel.values import Unreadable, minutes
from models.problem import Problem
from tests.formats.excel.school import book, errors, imported, sentences, tables, xlsx

GERMAN: dict[str, Any] = {
    "Schule": [["Einstellung", "Wert"], ["Tage", "Montag-Freitag"]],
    "Stundenraster": [["Stunde", "Von", "Bis"], [1, "8.00", "8.45"], [2, "8:45 Uhr", "9:30 Uhr"]],
    "Fächer": [["Kürzel", "Bezeichnung"], ["M", "Mathematik"]],
    "Lehrkräfte": [["Lehrer", "Nachname", "Max. pro Tag"], ["Mül", "Müller", 5]],
    "Klassen": [["Klasse", "Schülerzahl"], ["5a", 24]],
    "Unterrichtsverteilung": [["Klasse(n)", "Fach", "Lehrkraft", "Wochenstunden"], ["5a", "M", "Mül", 2]],
    "Sperrungen": [["Wer", "Wochentag", "Stunde"], ["Mül", "Freitag", "1-2"]],
}
FRENCH = {
    "Périodes": [["Créneau", "Début", "Fin"], ["H1", "8h00", "8h55"]],
    "Matières": [["Code", "Intitulé"], ["FR", "Français"]],
    "Professeurs": [["Sigle", "Nom"], ["DUP", "Dupont"]],
    "Classes": [["Classe", "Effectif"], ["6e1", 28]],
    "Enseignements": [["Classe", "Matière", "Enseignant", "Heures"], ["6e1", "FR", "DUP", 3]],
}
SPANISH = {
    "Horas": [["Hora", "Inicio", "Fin"], ["1a", "8:00", "8:55"]],
    "Asignaturas": [["Código"], ["LEN"]],
    "Profesores": [["Código", "Nombre"], ["GAR", "García"]],
    "Grupos": [["Grupo", "Alumnos"], ["1A", 30]],
    "Lecciones": [["Grupo", "Asignatura", "Profesor", "Horas semanales"], ["1A", "LEN", "GAR", 4]],
}
PORTUGUESE = {
    "Horários": [["Período", "Início", "Fim"], ["1", "07:00", "07:50"]],
    "Disciplinas": [["Sigla"], ["POR"]],
    "Professores": [["Professor(a)"], ["Ana"]],
    "Turmas": [["Turma", "Número de alunos"], ["9A", 33]],
    "Atribuição": [["Turma", "Disciplina", "Professor", "Aulas por semana"], ["9A", "POR", "Ana", 5]],
}
ITALIAN = {
    "Fasce orarie": [["Ora", "Inizio", "Fine"], ["1", "8:00", "9:00"]],
    "Materie": [["Codice"], ["ITA"]],
    "Docenti": [["Docente"], ["Rossi"]],
    "Classi": [["Classe", "Alunni"], ["1A", 25]],
    "Cattedre": [["Classe", "Materia", "Docente", "Ore"], ["1A", "ITA", "Rossi", 4]],
}
ARABIC = {
    "Hisas": [["Hissa", "Bidaya", "Nihaya"], ["H1", "08:00", "08:45"]],
    "Mawad": [["Madda"], ["Riyadiyat"]],
    "Muallimin": [["Muallim"], ["Ali"]],
    "Fusul": [["Fasl"], ["3B"]],
    "Durus": [["Fasl", "Madda", "Muallim", "Adad hisas"], ["3B", "Riyadiyat", "Ali", 5]],
}


def problem_of(data: bytes) -> Problem:
    result = read(data)
    assert errors(result) == []
    assert result.problem is not None
    return result.problem


@pytest.mark.parametrize(
    ("school", "lesson", "count"),
    [
        (GERMAN, "5a-M-1", 2),
        (FRENCH, "6e1-FR-1", 3),
        (SPANISH, "1A-LEN-1", 4),
        (PORTUGUESE, "9A-POR-1", 5),
        (ITALIAN, "1A-ITA-1", 4),
        (ARABIC, "3B-Riyadiyat-1", 5),
    ],
    ids=["German", "French", "Spanish", "Portuguese", "Italian", "Arabic"],
)
def test_the_words_of_other_languages(school: dict[str, Any], lesson: str, count: int) -> None:
    problem = problem_of(xlsx(school))
    assert problem.lessons[0].id == lesson
    assert len(problem.lessons) == count


def test_german_days_and_numbered_periods() -> None:
    problem = problem_of(xlsx(GERMAN))
    assert problem.grid.day_names == ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag")
    assert [c.start for c in problem.grid.cells[:2]] == [480, 525]
    assert problem.closed[("teacher", "Mül")] == {8, 9}


def test_the_order_of_sheets_columns_and_rows_does_not_matter() -> None:
    turned: dict[str, Any] = {
        name: [list(reversed(row + [""] * (len(rows[0]) - len(row)))) for row in rows]
        for name, rows in reversed(tables(School=None).items())
    }
    one, other = problem_of(xlsx(tables(School=None))), problem_of(xlsx(turned))
    assert {x.id: (x.teachers, x.rooms) for x in one.lessons} == {x.id: (x.teachers, x.rooms) for x in other.lessons}


def test_letter_case_and_spaces_in_sheets_headers_and_codes() -> None:
    contents = tables(
        {"Lessons!A1": " CLASS ", "Lessons!D1": "per-week (periods)", "Lessons!C2": " smi ", "Lessons!A3": "7b"}
    )
    contents["1. LESSONS "] = contents.pop("Lessons")
    problem = problem_of(xlsx(contents))
    assert problem.lesson["7A-MATH-1"].teachers == ("SMI",)
    assert problem.lesson["7B-MATH-1"].classes == ("7B",)


def test_titles_blank_rows_and_remarks() -> None:
    contents = tables()
    lessons = contents["Lessons"]
    contents["Lessons"] = [
        ["Lessons of Hilltop, Class teacher Smith"],
        [],
        lessons[0],
        ["# example", "MATH"],
        [],
        *lessons[1:],
    ]
    problem = problem_of(xlsx(contents))
    assert len(problem.lessons) == 8
    assert problem.lesson["7A-MATH-1"].source == "Lessons!A6"  # two rows of title, header, remark, blank


def test_a_sheet_may_start_in_any_corner() -> None:
    contents = tables()
    contents["Teachers"] = [[], [], *(["", "", *row] for row in contents["Teachers"])]
    problem = problem_of(xlsx(contents))
    assert problem.teacher["SMI"].source == "Teachers!C4"


def test_a_school_sheet_without_header() -> None:
    assert problem_of(xlsx(tables(School=[["Days", "Mon-Thu"]], Unavailable=None))).grid.day_names == (
        "Mon",
        "Tue",
        "Wed",
        "Thu",
    )


def test_merged_cells_count_for_all_their_rows() -> None:
    workbook: openpyxl.Workbook = book(tables({"Lessons!A3": "", "Lessons!B3": "ART"}))
    workbook["Lessons"].merge_cells("A2:A3")
    assert problem_of(xlsx(workbook)).lesson["7A-ART-1"].classes == ("7A",)


@pytest.mark.parametrize("cell", ["JON, SMI", "JON;SMI", "JON / SMI", "JON\nSMI", "jon,smi,"])
def test_lists(cell: str) -> None:
    result = imported({"Lessons!C5": cell})
    assert result.problem is not None
    assert result.problem.lesson["7B-ART-1"].teachers == ("JON", "SMI")


def test_codes_may_hold_a_slash_or_be_numbers() -> None:
    result = imported({"Classes!A4": "7/1", "Lessons!A5": "7/1, 7A", "Rooms!A5": 101, "Lessons!F5": 101.0})
    assert result.problem is not None
    art = result.problem.lesson["7/1+7A-ART-1"]
    assert (art.classes, art.rooms[0].any_of) == (("7/1", "7A"), ("101",))


@pytest.mark.parametrize("per_week", [3.0, "3", " 3 ", "3.0", "3,0"])
def test_whole_numbers(per_week: Any) -> None:
    result = imported({"Lessons!D3": per_week})
    assert result.problem is not None
    assert sum(x.course == "7B-MATH" for x in result.problem.lessons) == 3


@pytest.mark.parametrize("blocks", ["2+2", "2 + 2", "2,2", "2;2", "2x2", "2*2"])
def test_blocks(blocks: str) -> None:
    result = imported({"Lessons!E2": blocks})
    assert result.problem is not None
    assert [x.duration for x in result.problem.lessons if x.course == "7A-MATH"] == [2, 2]


TYPED = ["8:30", "08.30", "8h30", "8:30 am", "0830", "8:30:00", "8:30 Uhr", "0,35416667"]
COMPUTED = [dt.time(8, 30), dt.datetime(1899, 12, 31, 8, 30), dt.timedelta(minutes=510), 8.5 / 24, 830]


@pytest.mark.parametrize("cell", [*TYPED, *COMPUTED])
def test_times(cell: Any) -> None:
    assert minutes(cell) == 510


@pytest.mark.parametrize("cell", ["eight", "25:00", "8:75", -1, True, "", "1.5", 8.5])
def test_what_is_no_time(cell: Any) -> None:
    with pytest.raises(Unreadable):
        minutes(cell)


def test_afternoons() -> None:
    assert [minutes("12:15 pm"), minutes("12:15 am"), minutes("1:05 p.m."), minutes("24:00")] == [735, 15, 785, 1440]


def test_a_code_that_excel_made_a_date_of() -> None:
    day = dt.date(2026, 2, 1)  # 1-2 typed where the day stands first
    result = imported({"Classes!A4": day, "Lessons!A5": day, "Lessons!A3": "1-2"})
    assert result.problem is not None
    assert result.problem.lesson["1-2-ART-1"].classes == ("1-2",)
    assert result.problem.lesson["1-2-MATH-1"].classes == ("1-2",)
    assert sentences(result) == [
        'Classes!A4: Excel has turned this code into the date 2026-02-01; it is read as "1-2". '
        "Format the column as text and type 1-2 again if that is wrong.",
        'Lessons!A5: Excel has turned this code into the date 2026-02-01; it is read as "1-2".',
    ]


def test_a_date_that_means_a_known_code() -> None:
    result = imported({"Classes!A4": "SEP1", "Lessons!A5": dt.datetime(2026, 9, 1)})
    assert result.problem is not None
    assert result.problem.lesson["SEP1-ART-1"].classes == ("SEP1",)


@pytest.mark.parametrize(
    ("cell", "active"), [("yes", True), ("Ja", True), (True, True), (0, False), ("NON", False), ("não", False)]
)
def test_yes_and_no(cell: Any, active: bool) -> None:
    assert (not errors(imported({"Teachers!G2": cell}))) is active


def test_extra_columns_are_told() -> None:
    result = imported({"Teachers!H1": "Fax"})
    assert sentences(result) == ['Teachers!H1: the column "Fax" is not read.']
    assert result.problem is not None


def test_other_sheets_are_told_but_those_we_write_are_not() -> None:
    contents: dict[str, Any] = {
        **tables(),
        "Read me": [["Hello"]],
        "Problems": [["x"]],
        "Lists": [["a"]],
        "Menu": [["Soup"]],
    }
    assert sentences(read(xlsx(contents))) == ['Menu: the sheet is not read; its first row is "Soup".']


def test_two_sheets_for_one_are_an_error() -> None:
    contents: dict[str, Any] = {**tables(), "Tutors": [["Code"], ["X"]]}
    assert errors(read(xlsx(contents))) == [
        'Tutors: this sheet and "Teachers" are both taken for "Teachers". Rename one.'
    ]


def test_a_formula_with_its_value_is_read() -> None:
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream)
    for name, rows in tables().items():
        sheet = workbook.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    workbook.get_worksheet_by_name("Lessons").write_formula("D3", "=1+1", None, 2)
    workbook.close()
    problem = problem_of(stream.getvalue())
    assert sum(x.course == "7B-MATH" for x in problem.lessons) == 2
