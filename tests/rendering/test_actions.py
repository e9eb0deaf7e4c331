"""The lists to work with: safe in a spreadsheet program, in the language's dialect, the same bytes every time."""

from __future__ import annotations

import csv
import io
import re
import time
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from retention_reports.model.formula_signs import neutralised
from retention_reports.model.money import UNIT
from retention_reports.presentation.actions.action_section import Action, ActionList, ActionsView
from retention_reports.recommending.kinds import Kind
from retention_reports.rendering.actions import actions_csv, actions_xlsx

CREATED = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
HEADINGS = (
    "List", "Id", "Customer", "Person", "Phone", "E-mail", "May write", "Reason", "Expected", "Low", "High", "Evidence",
    "Owner", "Due", "Last contact", "Done on", "Result", "Note", "Recommendation",
)  # fmt: skip
FORMULAS = [
    '=HYPERLINK("https://example.test";"click")',
    "+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\N{FULLWIDTH EQUALS SIGN}1+1",
    "\N{FULLWIDTH PLUS SIGN}1",
    "\N{FULLWIDTH HYPHEN-MINUS}1",
    "\N{FULLWIDTH COMMERCIAL AT}SUM(1)",
    "\N{SMALL EQUALS SIGN}1",
    "  =1+1",
    "\N{NO-BREAK SPACE}+1",
    "\N{ZERO WIDTH SPACE}=1",
    "\N{ZERO WIDTH NO-BREAK SPACE}@A1",
    "\N{RIGHT-TO-LEFT MARK}-1",
]
HARMLESS = ["Müller & Söhne", "1+1", "a=b", "", "'=1", "50 % off", "00150", "\N{MINUS SIGN}5"]


def _view(*customers: str, language: str = "en", value: int | None = 12_345_600) -> ActionsView:
    actions = tuple(
        Action(
            identifier=f"win_back:{number:03}",
            customer_id=f"{number:03}",
            customer=name,
            person="",
            phone="0711 1",
            email="",
            permission="yes",
            reason="No longer buys; call",
            amounts=(None, None, None) if value is None else (value, value // 2, value),
            evidence="assumed",
            owner="Kessler",
            due=date(2026, 10, 14),
            last_contact=None,
        )
        for number, name in enumerate(customers)
    )
    lists = (ActionList(Kind.WIN_BACK, "Call", actions), ActionList(Kind.CONTACT, "Write", actions[:1]))
    return ActionsView(language, "Lists", HEADINGS, lists, ("bought", "no", "reason: price"), "Words", "Choose")


def _rows(content: bytes, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe_in_csv(text: str) -> None:
    assert _rows(actions_csv(_view(text)))[1][2] == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_other_texts_stay_as_they_are_in_csv(text: str) -> None:
    assert _rows(actions_csv(_view(text)))[1][2] == text


@pytest.mark.parametrize("text", [*FORMULAS, *HARMLESS[:3]])
def test_the_workbook_holds_every_text_as_a_text_and_no_formula(text: str) -> None:
    content = actions_xlsx(_view(text), CREATED)

    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        everything = "".join(book.read(name).decode() for name in book.namelist())
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert 't="s"' in sheet
    assert "externalLink" not in everything


def test_a_text_that_begins_like_a_formula_stays_a_text_when_edited_in_the_workbook() -> None:
    with zipfile.ZipFile(io.BytesIO(actions_xlsx(_view("=1+1", "Meier"), CREATED))) as book:
        looks = book.read("xl/styles.xml").decode().partition("<cellXfs")[2].split("<xf ")[1:]
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    styles = [int(style) for style in re.findall(r'<c r="B[23]" s="(\d+)"', sheet)]

    assert ['quotePrefix="1"' in looks[style] for style in styles] == [True, False]


@pytest.mark.parametrize(
    ("language", "amount", "text"),
    [
        ("de", -5 * UNIT, "-5,00"),
        ("en", -5 * UNIT, "-5.00"),
        ("de", 1_234_567 * UNIT // 100, "12345,67"),
        ("en", 0, "0.00"),
        ("de", 50, "0,01"),
        ("en", None, ""),
    ],
)
def test_numbers_are_numbers_in_csv_negative_ones_too(language: str, amount: int | None, text: str) -> None:
    separator = {"de": ";", "en": ","}[language]

    assert _rows(actions_csv(_view("Meier", language=language, value=amount)), separator)[1][8] == text


def test_numbers_and_days_are_numbers_and_days_in_the_workbook() -> None:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(actions_xlsx(_view("Meier", value=-5 * UNIT), CREATED)))

    row = sheet.get_sheet_by_name("Call").to_python()[1]
    assert row == [
        "000", "Meier", "", "0711 1", "", "yes", "No longer buys; call", -5.0, -2.5, -5.0, "assumed", "Kessler",
        date(2026, 10, 14), "", "", "", "", "win_back:000",
    ]  # fmt: skip


def test_the_german_file_has_semicolons_and_german_days_the_english_one_commas_and_iso_days() -> None:
    german, english = (actions_csv(_view("Bäcker", language=language)) for language in ("de", "en"))

    assert german.startswith(b"\xef\xbb\xbfList;Id;")
    assert english.startswith(b"\xef\xbb\xbfList,Id,")
    assert german.decode("utf-8-sig").splitlines()[1] == (
        'Call;000;Bäcker;;0711 1;;yes;"No longer buys; call";1234,56;617,28;1234,56;assumed;'
        "Kessler;14.10.2026;;;;;win_back:000"
    )
    assert english.decode("utf-8-sig").splitlines()[1] == (
        "Call,000,Bäcker,,0711 1,,yes,No longer buys; call,1234.56,617.28,1234.56,assumed,"
        "Kessler,2026-10-14,,,,,win_back:000"
    )


def test_the_workbook_has_a_sheet_a_list_with_a_frozen_head_a_filter_and_words_to_choose_from() -> None:
    content = actions_xlsx(_view("Meier", "Schulz"), CREATED)
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(content))

    assert sheets.sheet_names == ["Call", "Write", "Words"]
    assert sheets.get_sheet_by_name("Words").to_python() == [["bought"], ["no"], ["reason: price"]]
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        first, second = (book.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2))
        names = book.read("xl/workbook.xml").decode()
    assert 'state="frozen"' in first
    assert '<autoFilter ref="A1:R3"/>' in first
    assert '<autoFilter ref="A1:R2"/>' in second
    assert 'sqref="P2:P3"' in first
    assert "<formula1>'Words'!$A$1:$A$3</formula1>" in first
    assert names.count('state="hidden"') == 1


def test_without_anybody_there_is_still_a_workbook_that_opens() -> None:
    empty = ActionsView("en", "Lists", HEADINGS, (), ("bought",), "Words", "Choose")

    assert CalamineWorkbook.from_filelike(io.BytesIO(actions_xlsx(empty, CREATED))).sheet_names == ["Words"]
    assert _rows(actions_csv(empty)) == [list(HEADINGS)]


def test_two_runs_give_the_same_bytes_at_another_time_and_in_another_zone() -> None:
    first = actions_xlsx(_view("Meier", "=1"), CREATED)
    time.sleep(2.1)  # A zip file counts time in steps of two seconds.
    second = actions_xlsx(_view("Meier", "=1"), CREATED.astimezone(timezone(timedelta(hours=9))))

    assert first == second


def test_the_workbook_carries_the_data_s_time_and_no_other() -> None:
    with zipfile.ZipFile(io.BytesIO(actions_xlsx(_view("Meier"), CREATED))) as book:
        properties = book.read("docProps/core.xml").decode()
        stamps = {entry.date_time for entry in book.infolist()}

    assert properties.count("2026-10-05T09:00:00Z") == 2
    assert stamps == {(1980, 1, 1, 0, 0, 0)}


_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@given(_TEXTS, st.sampled_from(["de", "en"]))
def test_every_text_comes_back_from_csv_with_nothing_lost(text: str, language: str) -> None:
    row = _rows(actions_csv(_view(text, language=language)), {"de": ";", "en": ","}[language])[1]

    assert row[2] in {text, f"'{text}"}
    assert row[2][:1] not in set("=+-@\t\r\n")


@given(_TEXTS)
def test_what_is_neutralised_is_not_neutralised_twice(text: str) -> None:
    assert neutralised(neutralised(text)) == neutralised(text)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=20))
def test_every_text_comes_back_from_the_workbook(text: str) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(actions_xlsx(_view(text), CREATED)))

    assert book.get_sheet_by_name("Call").to_python()[1][1] == text
