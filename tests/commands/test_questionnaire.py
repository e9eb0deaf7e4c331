"""`questionnaire`: a form that asks everything, in the client's language, and runs nothing."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from tests.support.folders import write_client
from tests.support.questionnaires import (
    COUNT,
    OWN_QUESTION,
    pdf_values,
    run,
    sheet_rows,
    write_asked_client,
    write_questionnaire,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    place = tmp_path_factory.mktemp("written")
    write_asked_client(place)
    return write_questionnaire(place)


def test_every_question_has_a_list_of_answers_and_a_field_for_evidence(written: tuple[Path, Path]) -> None:
    names = set(pdf_values(written[0]))

    assert len(names) == 2 * COUNT + 1
    assert {"answer/own_promise/2", "evidence/own_promise/2", "form/client/2026-Q1/answered_by"} <= names


def test_the_lists_show_the_clients_words_and_hold_the_standard_ones(written: tuple[Path, Path]) -> None:
    field = (PdfReader(written[0]).get_fields() or {})["answer/core_database/1"]

    assert field["/FT"] == "/Ch"
    assert [tuple(map(str, option)) for option in field["/Opt"]] == [
        ("", "bitte wählen"),
        ("yes", "ja"),
        ("partly", "teilweise"),
        ("no", "nein"),
        ("not_applicable", "entfällt"),
        ("unknown", "nicht bekannt"),
    ]


def test_what_the_quarter_has_answered_is_filled_in_and_nothing_of_other_quarters(written: tuple[Path, Path]) -> None:
    values = pdf_values(written[0])

    assert values["answer/core_database/1"] == "no"
    assert values["evidence/core_database/1"] == "Liste fehlt"
    assert values["form/client/2026-Q1/answered_by"] == "Vertrieb"
    assert values["answer/core_decision_dates/1"] == ""


def test_the_pdf_is_tagged_says_its_language_and_claims_no_standard(written: tuple[Path, Path]) -> None:
    content = written[0].read_bytes()
    root: dict[str, Any] = dict(PdfReader(io.BytesIO(content)).root_object)

    assert root["/Lang"] == "de"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/Metadata" not in root
    assert PdfReader(io.BytesIO(content)).metadata["/Title"] == "Müller & Söhne: Vertriebs-Check 1. Quartal 2026"  # type: ignore[index]


def test_the_pdf_has_the_bundled_fonts_alone(written: tuple[Path, Path]) -> None:
    pages: list[Any] = list(PdfReader(written[0]).pages)
    fonts = {font.get_object()["/BaseFont"] for page in pages for font in page["/Resources"]["/Font"].values()}

    assert fonts
    assert all("Report-Inter" in font for font in fonts)


def test_text_from_the_client_is_text_in_the_pdf(written: tuple[Path, Path]) -> None:
    text = "".join(page.extract_text() for page in PdfReader(written[0]).pages)

    assert "<b>Zusagen</b>" in text
    assert "Müller & Söhne" in text


def test_the_sheet_asks_the_same_questions_under_hidden_names(written: tuple[Path, Path]) -> None:
    rows = sheet_rows(written[1])
    asked = {row[4]: row for row in rows[1:] if row[5]}

    assert len(asked) == COUNT
    assert asked["core_database"][2:] == ["nein", "Liste fehlt", "core_database", "1", "2026-Q1", "client"]
    assert asked["own_promise"][1].endswith("Hält jeder <b>Zusagen</b> ein?")
    with zipfile.ZipFile(written[1]) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert '<row r="1" ' in sheet
    assert 'hidden="1"' in sheet[: sheet.index('<row r="2"')]
    assert sheet.count('<dataValidation type="list"') == COUNT
    assert "ja,teilweise,nein,entfällt,nicht bekannt" in sheet
    assert "<sheetProtection " in sheet


def test_formulas_in_the_sheet_stay_texts(tmp_path: Path) -> None:
    hostile = "=HYPERLINK(A1)"
    questions = OWN_QUESTION.replace("Hält jeder <b>Zusagen</b> ein?", "@SUM(A1)")
    answers = f"quarter,question_id,version,answer,evidence,answered_by\n2026-Q1,core_database,1,no,{hostile},+Anna\n"
    write_asked_client(tmp_path, sales_check__answers=answers, sales_check__questions___toml=questions)

    sheet = write_questionnaire(tmp_path)[1]

    with zipfile.ZipFile(sheet) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
        assert b'quotePrefix="1"' in book.read("xl/styles.xml")
    assert any(row[3] == hostile for row in sheet_rows(sheet))


def test_the_same_data_gives_the_same_bytes(tmp_path: Path) -> None:
    write_asked_client(tmp_path)

    first = [path.read_bytes() for path in write_questionnaire(tmp_path)]
    second = [path.read_bytes() for path in write_questionnaire(tmp_path)]

    assert first == second


def test_an_answer_to_an_older_wording_is_asked_again(tmp_path: Path) -> None:
    answers = "quarter,question_id,version,answer\n2026-Q1,own_promise,1,yes\n"
    write_asked_client(tmp_path, sales_check__answers=answers)

    values = pdf_values(write_questionnaire(tmp_path)[0])

    assert values["answer/own_promise/2"] == ""


@pytest.mark.parametrize("quarter", ["2031-Q1", "all", "spring"])
def test_a_quarter_that_the_client_has_not_is_wrong_use(tmp_path: Path, quarter: str) -> None:
    write_asked_client(tmp_path)

    done = run(tmp_path, "questionnaire", "--quarter", quarter, "--output", str(tmp_path / "reports"))

    assert done.exit_code == 2
    assert not (tmp_path / "reports").exists()


def test_a_named_quarter_is_asked_for_whatever_errors_other_files_have(tmp_path: Path) -> None:
    write_asked_client(tmp_path, orders="order_id,customer_id,ordered_on,amount\n1,K1,31.02.2026,1\n")

    done = run(tmp_path, "questionnaire", "--quarter", "2026-Q1", "--output", str(tmp_path / "reports"))

    assert done.exit_code == 0, done.output
    assert "orders.csv:2:ordered_on" in done.stderr
    assert pdf_values(tmp_path / "reports/client/questionnaire-2026-Q1.pdf")["answer/core_websites/1"] == "yes"
    assert run(tmp_path, "questionnaire", "--quarter", "spring").exit_code == 2
    assert run(tmp_path, "questionnaire", "--output", str(tmp_path / "reports")).exit_code == 1


def test_errors_in_the_answers_are_a_hindrance_even_so(tmp_path: Path) -> None:
    write_asked_client(tmp_path, sales_check__answers="quarter,question_id,version,answer\n2026-Q1,nonsense,1,yes\n")

    done = run(tmp_path, "questionnaire", "--quarter", "2026-Q1", "--output", str(tmp_path / "reports"))

    assert done.exit_code == 1
    assert "1 error, 0 warnings in what the questions need" in done.output
    assert not (tmp_path / "reports").exists()


def test_errors_in_the_clients_data_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    write_client(tmp_path / "data", orders=None)

    done = run(tmp_path, "questionnaire", "--output", str(tmp_path / "reports"))

    assert done.exit_code == 1
    assert "orders.csv" in done.output
    assert not (tmp_path / "reports").exists()
