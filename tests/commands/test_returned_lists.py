"""`answers` with a work list: every row is accounted for, and reading a list twice changes nothing."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from click.testing import CliRunner

from retention_reports.cli import main
from retention_reports.validation.folder import load_client_folder
from tests.support.folders import write_client

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

ENGLISH = ("List", "Customer number", "Owner", "Done on", "Result", "Note", "Recommendation")
GERMAN = ("Liste", "Kundennummer", "Verantwortlich", "Erledigt am", "Ergebnis", "Notiz", "Empfehlung")
CUSTOMERS = "customer_id,name\n0001,Anna\n0002,Bernd\n"
ORDERS = "order_id,customer_id,ordered_on,amount\n1,0001,2026-01-05,100\n2,0002,2026-02-06,50\n"
HEADER = "recommendation_id,customer_id,date,kind,result,reason,note,sales_rep,offer_id\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_client(tmp_path / "data", customers=CUSTOMERS, orders=ORDERS)


def _read(folder: Path, file: Path, *words: str) -> Result:
    call = ["answers", "client", str(file), "--data", str(folder.parent), "--language", "en", *words]
    return CliRunner().invoke(main, call)


def _csv(folder: Path, *rows: tuple[str, ...], headings: tuple[str, ...] = ENGLISH, separator: str = ",") -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows([headings, *rows])
    path = folder.parent / "list.csv"
    path.write_bytes(text.getvalue().encode("cp1252"))
    return path


def _row(result: str = "interested", done_on: str = "2026-03-10", **fields: str) -> tuple[str, ...]:
    subject = fields.get("recommendation", "").rpartition(":")[2]
    own = subject if subject == "0002" else "0001"
    given = {"customer": own, "owner": "Vogt", "note": "", "recommendation": "win_back:0001", **fields}
    return ("Win back", given["customer"], given["owner"], done_on, result, given["note"], given["recommendation"])


def _stored(folder: Path) -> str:
    path = folder / "follow_up.csv"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_a_list_read_twice_is_counted_once(folder: Path) -> None:
    path = _csv(folder, _row(note="calls back"), _row("", ""), _row("not reached", recommendation="contact:0002"))
    assert "client: 3 rows: 2 read, 1 left empty" in _read(folder, path).output
    stored = _stored(folder)

    again = _read(folder, path)
    assert again.exit_code == 0
    assert "client: 3 rows: 2 already known, 1 left empty" in again.output
    assert _stored(folder) == stored
    assert stored == (
        f"{HEADER}win_back:0001,0001,2026-03-10,win_back,interested,,calls back,Vogt,\n"
        "contact:0002,0002,2026-03-10,contact,not_reached,,,Vogt,\n"
    )
    assert len(load_client_folder(folder).tables["follow_up"]) == 2


def test_a_corrected_row_takes_the_place_of_the_old_one_and_another_day_is_another_row(folder: Path) -> None:
    _read(folder, _csv(folder, _row(), _row(recommendation="contact:0002")))
    done = _read(folder, _csv(folder, _row("bought"), _row("no", "2026-04-01")))

    assert "2 rows: 1 read, 1 changed" in done.output
    lines = [line.split(",")[:5] for line in _stored(folder).splitlines()[1:]]
    assert [(line[0], line[2], line[4]) for line in lines] == [
        ("win_back:0001", "2026-03-10", "bought"),
        ("contact:0002", "2026-03-10", "interested"),
        ("win_back:0001", "2026-04-01", "no"),
    ]


def test_a_german_list_saved_by_a_spreadsheet_program_is_understood(folder: Path) -> None:
    # Such a program cuts the zeros off numbers and writes days its own way.
    path = _csv(
        folder,
        _row("Grund: Preis", "10.3.2026", customer="1", note="für später"),
        _row("Grund: Chef verstorben", "11.03.2026", customer="1", recommendation="ask_reason:0001"),
        headings=GERMAN,
        separator=";",
    )
    done = _read(folder, path)

    assert done.exit_code == 0, done.output
    assert "win_back:0001,0001,2026-03-10,win_back,reason,price,für später,Vogt," in _stored(folder)
    assert "ask_reason:0001,0001,2026-03-11,ask_reason,reason,Chef verstorben,,Vogt," in _stored(folder)


def test_every_sheet_of_a_workbook_is_read_and_days_are_days(folder: Path) -> None:
    path = folder.parent / "actions.xlsx"
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        for name, kind, customer in (("Win back", "win_back", "0001"), ("Contact", "contact", "0002")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ENGLISH)
            sheet.write_row(1, 0, (name, customer, "Vogt"))
            sheet.write_datetime(1, 3, date(2026, 3, 10), day)
            sheet.write_row(1, 4, ("bought", "", f"{kind}:{customer}"))
        book.add_worksheet("Results").write_column(0, 0, ("bought", "no"))

    assert "2 rows: 2 read" in _read(folder, path).output
    assert _stored(folder).count("2026-03-10") == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (_row("perhaps"), '"perhaps" is no result'),
        (_row("reason:"), "a reason is announced and not told"),
        (_row(""), "has no result"),
        (_row("bought", ""), "has no day on which it was done"),
        (_row("", "", note="x"), "has no day on which it was done"),
        (_row("bought", "03/10/2026"), '"03/10/2026" is no day'),
        (_row("bought", "31.02.2026"), '"31.02.2026" is no day'),
        (_row(recommendation="dance:0001"), '"dance:0001" is no recommendation of a list'),
        (_row(recommendation="win_back:9", customer="9"), '"9" is no customer of this client'),
        (_row(customer="0002"), 'the row names customer "0002", its recommendation "0001"'),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_with_its_line_and_nothing_is_written(
    folder: Path, row: tuple[str, ...], said: str
) -> None:
    path = _csv(folder, _row(recommendation="contact:0002", customer="0002"), row)
    done = _read(folder, path)

    assert done.exit_code == 1
    assert f"{path.as_posix()}:3: {said}" in done.output
    assert "2 rows: 1 read, 1 refused" in done.output
    assert _stored(folder) == ""
    assert _read(folder, path, "--partly").exit_code == 1
    assert _stored(folder).count("\n") == 2


def test_one_recommendation_twice_on_a_day_with_two_results_is_refused(folder: Path) -> None:
    done = _read(folder, _csv(folder, _row(), _row(), _row("no")))

    assert "3 rows: 1 read, 1 already known, 1 refused" in done.output
    assert "list.csv:4: the same recommendation of the same day" in done.output


def test_an_offers_row_keeps_its_offer_and_a_formula_stays_a_text(folder: Path) -> None:
    _read(folder, _csv(folder, _row("no", note="=1+1", recommendation="follow_up_offer:A-7")))

    assert "follow_up_offer:A-7,0001,2026-03-10,follow_up_offer,no,,'=1+1,Vogt,A-7" in _stored(folder)


def test_another_file_is_refused_and_a_file_of_somebody_else_is_left_alone(folder: Path) -> None:
    other = folder.parent / "other.csv"
    other.write_text("a,b\n1,2\n")
    assert _read(folder, other).exit_code == 2

    (folder / "follow_up.csv").write_text("recommendation_id,customer_id\n1,2\n")
    done = _read(folder, _csv(folder, _row()))
    assert done.exit_code == 1
    assert "not in the form in which this program writes it" in done.output
    assert _stored(folder) == "recommendation_id,customer_id\n1,2\n"
