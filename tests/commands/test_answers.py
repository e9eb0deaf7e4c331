"""`answers`: what comes back is read whole, every answer is accounted for, and nobody else's rows are touched."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfWriter

from retention_reports.validation.folder import load_client_folder
from tests.support.questionnaires import (
    ANSWERS,
    CLIENT,
    COUNT,
    fill_pdf,
    fill_sheet,
    run,
    sheet_rows,
    write_asked_client,
    write_questionnaire,
    write_sheet,
)

if TYPE_CHECKING:
    from pathlib import Path

ANSWERS_FILE = "data/client/sales_check/answers.csv"


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("sent")
    write_asked_client(place)
    write_questionnaire(place)
    return place


@pytest.fixture
def place(sent: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sent, tmp_path / "place")


def pdf(place: Path) -> Path:
    return place / "reports/client/questionnaire-2026-Q1.pdf"


def sheet(place: Path) -> Path:
    return place / "reports/client/questionnaire-2026-Q1.xlsx"


def stored(place: Path) -> str:
    return (place / ANSWERS_FILE).read_bytes().decode("utf-8")


def test_a_filled_pdf_comes_back_whole_and_other_quarters_keep_their_bytes(place: Path) -> None:
    filled = fill_pdf(
        pdf(place),
        {
            "answer/core_database/1": "yes",
            "evidence/core_database/1": "Größe: „ok“\nzweite Zeile",
            "answer/own_promise/2": "not_applicable",
            "form/client/2026-Q1/answered_by": "Jörg Ärmel",
        },
    )

    done = run(place, "answers", str(filled))

    assert done.exit_code == 0, done.output
    assert f"client 2026-Q1: {COUNT} answers: 1 new, 1 changed, 1 unchanged, {COUNT - 3} left empty" in done.output
    assert "core_database: no -> yes" in done.output
    before = ANSWERS.splitlines()
    assert stored(place).splitlines() == [
        *before[:2],
        "2026-Q1,core_database,1,yes,Größe: „ok“ zweite Zeile,Jörg Ärmel",
        *before[3:],
        "2026-Q1,own_promise,2,not_applicable,,Jörg Ärmel",
    ]


def test_a_filled_sheet_comes_back_whole(place: Path) -> None:
    filled = fill_sheet(
        sheet(place),
        {
            ("core_database", "answer"): " Teilweise ",
            ("core_database", "evidence"): "Überall, fast",
            ("core_decision_dates", "answer"): "not known",
            ("own_promise", "answer"): "nicht bekannt",
            ("#answered_by", "answer"): "Zoë",
        },
    )

    done = run(place, "answers", str(filled))

    assert done.exit_code == 0, done.output
    assert stored(place).splitlines()[2] == '2026-Q1,core_database,1,partly,"Überall, fast",Zoë'
    assert stored(place).splitlines()[5:] == [
        "2026-Q1,core_decision_dates,1,unknown,,Zoë",
        "2026-Q1,own_promise,2,unknown,,Zoë",
    ]


def test_all_answers_of_a_form_can_be_read_by_a_report(place: Path) -> None:
    rows = sheet_rows(sheet(place))
    filled = fill_sheet(sheet(place), {(row[4], "answer"): "ja" for row in rows[1:] if row[5]})

    run(place, "answers", str(filled))

    folder = load_client_folder(place / "data/client")
    answers = folder.tables["answers"]
    assert set(answers.loc[answers["quarter"] == 2026 * 4, "answer"]) == {"yes"}
    assert (answers["quarter"] == 2026 * 4).sum() == COUNT


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_a_form_that_nobody_touched_changes_no_byte(place: Path, ending: str) -> None:
    done = run(place, "answers", str(pdf(place).with_suffix(f".{ending}")))

    assert done.exit_code == 0
    assert f"2 unchanged, {COUNT - 2} left empty" in done.output
    assert stored(place) == ANSWERS


def test_reading_twice_changes_nothing_more(place: Path) -> None:
    filled = fill_sheet(sheet(place), {("core_satisfaction", "answer"): "nein"})
    run(place, "answers", str(filled))
    once = stored(place)

    done = run(place, "answers", str(filled))

    assert done.exit_code == 0
    assert "3 unchanged" in done.output
    assert stored(place) == once


def test_an_answer_taken_back_leaves_the_one_that_is_stored(place: Path) -> None:
    done = run(place, "answers", str(fill_pdf(pdf(place), {"answer/core_websites/1": "bitte wählen"})))

    assert done.exit_code == 0
    assert stored(place) == ANSWERS


def test_formulas_are_harmless_in_the_file_and_marks_stay_text(place: Path) -> None:
    values = {("core_database", "evidence"): "=cmd|' /C calc'!A0", ("#answered_by", "answer"): "<script>alert(1)"}
    filled = fill_sheet(sheet(place), values)

    assert run(place, "answers", str(filled)).exit_code == 0
    assert "2026-Q1,core_database,1,no,'=cmd|' /C calc'!A0,<script>alert(1)\n" in stored(place)
    assert "unchanged" in run(place, "answers", str(filled)).output


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({("core_database", "answer"): "vielleicht"}, ':6:core_database: "vielleicht" is no answer (known: '),
        ({("core_database", "answer"): "teilwiese"}, 'did you mean "teilweise"?'),
        ({("core_database", "question_id"): "core_datenbase"}, 'there is no question "core_datenbase" (did you mean'),
        ({("own_promise", "version"): "1"}, 'answers version "1" of the question; today\'s is 2'),
        ({("core_websites", "question_id"): "core_database"}, "the question stands twice in the file"),
        ({("core_database", "evidence"): "a\x08b"}, "control character U+0008"),
    ],
)
def test_an_error_in_a_sheet_is_told_with_its_row_and_nothing_is_written(
    place: Path, values: dict[tuple[str, str], str], message: str
) -> None:
    filled = fill_sheet(sheet(place), {**values, ("core_satisfaction", "answer"): "ja"})

    done = run(place, "answers", str(filled))

    assert done.exit_code == 1
    assert message in done.output
    assert f"{filled.as_posix()}:" in done.output
    assert "nothing was written" in done.output
    assert stored(place) == ANSWERS


def test_an_error_in_a_pdf_names_its_field(place: Path) -> None:
    filled = fill_pdf(pdf(place), {"answer/core_database/1": "vielleicht"})

    done = run(place, "answers", str(filled))

    assert done.exit_code == 1
    assert f'{filled.as_posix()}:answer/core_database/1: "vielleicht" is no answer' in done.output


def test_with_partly_the_other_answers_are_taken(place: Path) -> None:
    filled = fill_sheet(
        sheet(place), {("core_database", "answer"): "vielleicht", ("core_satisfaction", "answer"): "ja"}
    )

    done = run(place, "answers", str(filled), "--partly")

    assert done.exit_code == 1
    assert "1 with an unknown word" in done.output
    assert "not every answer was taken" in done.output
    assert stored(place) == ANSWERS + "2026-Q1,core_satisfaction,1,yes,,Vertrieb\n"


def test_an_answer_that_cannot_be_printed_is_not_taken_even_partly(place: Path) -> None:
    filled = fill_sheet(sheet(place), {("core_database", "evidence"): "a\x08b"})

    done = run(place, "answers", str(filled), "--partly")

    assert done.exit_code == 1
    assert "1 unreadable" in done.output
    assert stored(place) == ANSWERS


def test_letters_that_the_typeface_lacks_survive_the_form(place: Path) -> None:
    evidence = "Łódź 日本 ✅"
    (place / ANSWERS_FILE).write_text(ANSWERS.replace("Liste fehlt", evidence), "utf-8")
    write_questionnaire(place)

    done = run(place, "answers", str(pdf(place)))

    assert "2 unchanged" in done.output
    assert evidence in stored(place)


def test_evidence_without_an_answer_is_warned_of(place: Path) -> None:
    filled = str(fill_sheet(sheet(place), {("core_satisfaction", "evidence"): "siehe Ordner"}))
    done, shown = run(place, "answers", filled), run(place, "answers", filled, "--show-values")

    assert done.exit_code == 0
    assert "[hidden] stands there without an answer" in done.output
    assert '"siehe Ordner" stands there without an answer' in shown.output
    assert stored(place) == ANSWERS


def test_questions_that_the_file_lacks_are_named(place: Path) -> None:
    rows = [row for row in sheet_rows(sheet(place)) if row[4] != "own_promise"]

    done = run(place, "answers", str(write_sheet(place / "short.xlsx", rows)))

    assert done.exit_code == 0
    assert "not in the file: own_promise" in done.output


def test_another_clients_form_is_refused(place: Path) -> None:
    rows = [[*row[:7], "other"] if row[7] == "client" and row[4] != "question_id" else row for row in _rows(place)]

    done = run(place, "answers", str(write_sheet(place / "other.xlsx", rows)), "--partly")

    assert done.exit_code == 1
    assert 'is the questionnaire of the client "other", not of "client"' in done.output
    assert stored(place) == ANSWERS


def test_a_form_for_another_quarter_is_refused_with_the_way_to_take_it(place: Path) -> None:
    names = {"form/client/2026-Q1/answered_by": "form/client/2025-Q4/answered_by"}

    done = run(place, "answers", str(fill_pdf(pdf(place), {}, names)))

    assert done.exit_code == 1
    assert '--quarter "2025-Q4" takes it' in done.output
    assert stored(place) == ANSWERS


def test_what_is_no_questionnaire_is_told(place: Path) -> None:
    (place / "broken.pdf").write_bytes(b"%PDF-1.7 no more")
    (place / "broken.xlsx").write_bytes(b"PK no more")
    write_sheet(place / "table.xlsx", [["a", "b"], ["1", "2"]])
    printed = PdfWriter()
    printed.add_blank_page(100, 100)
    printed.write(place / "printed.pdf")
    locked = PdfWriter(clone_from=pdf(place))
    locked.encrypt("secret", algorithm="RC4-40")
    locked.write(place / "locked.pdf")

    messages = {
        name: run(place, "answers", str(place / name))
        for name in ("broken.pdf", "broken.xlsx", "table.xlsx", "printed.pdf", "locked.pdf")
    }

    assert {done.exit_code for done in messages.values()} == {1}
    assert "is not a readable PDF" in messages["broken.pdf"].output
    assert "is not a readable spreadsheet" in messages["broken.xlsx"].output
    assert "is no questionnaire of this program" in messages["table.xlsx"].output
    assert "holds no form fields" in messages["printed.pdf"].output
    assert "has a password" in messages["locked.pdf"].output
    assert stored(place) == ANSWERS


def test_a_file_of_another_kind_or_none_is_wrong_use(place: Path) -> None:
    (place / "answers.docx").write_bytes(b"")

    assert run(place, "answers", str(place / "answers.docx")).exit_code == 2
    assert run(place, "answers", str(place / "missing.pdf")).exit_code == 2


def test_a_client_without_answers_gets_the_file_in_standard_form(place: Path) -> None:
    (place / ANSWERS_FILE).unlink()

    done = run(place, "answers", str(fill_sheet(sheet(place), {("core_websites", "answer"): ""})))

    assert done.exit_code == 0
    assert stored(place) == (
        "quarter,question_id,version,answer,evidence,answered_by\n2026-Q1,core_database,1,no,Liste fehlt,Vertrieb\n"
    )


def test_a_mapped_file_keeps_its_own_form(place: Path) -> None:
    mapping = """[files.answers]
path = "sales_check/Antworten Vertrieb.csv"
encoding = "cp1252"
separator = ";"
[files.answers.columns]
quarter = "Quartal"
question_id = "Frage"
answer = "Antwort"
evidence = "Beleg"
answered_by = "Wer"
[files.answers.values.answer]
Ja = "yes"
Nein = "no"
"""
    own = "Wer;Quartal;Frage;Antwort;Beleg;Bemerkung\r\nÄnne;2026-Q1;core_database;Nein;;bleibt\r\n"
    (place / "data/client/client.toml").write_text(CLIENT + mapping, "utf-8")
    path = place / "data/client/sales_check/Antworten Vertrieb.csv"
    path.write_bytes(own.encode("cp1252"))
    values = {
        ("core_database", "answer"): "ja",
        ("core_database", "evidence"): "größer",
        ("core_websites", "answer"): "entfällt",
    }

    done = run(place, "answers", str(fill_sheet(sheet(place), values)))

    assert done.exit_code == 0, done.output
    assert path.read_bytes().decode("cp1252") == (
        "Wer;Quartal;Frage;Antwort;Beleg;Bemerkung\r\n"
        "Vertrieb;2026-Q1;core_database;Ja;größer;bleibt\r\n"
        "Vertrieb;2026-Q1;core_websites;not_applicable;;\r\n"
    )


def _rows(place: Path) -> list[list[str]]:
    return sheet_rows(sheet(place))
