"""Columns that nobody reads are named, and warned of where they may move revenue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retention_reports.errors import Severity
from retention_reports.validation.telling_columns import scale_of, told_by, told_by_texts
from tests.support.folders import load, problems

if TYPE_CHECKING:
    from pathlib import Path

    from retention_reports.errors import Problem

HEAD = "order_id,customer_id,ordered_on,amount"


def _of_columns(found: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.location.column, problem.kind) for problem in found if "unread" in problem.kind]


@pytest.mark.parametrize(
    ("heading", "words", "subject"),
    [
        ("Bearbeitungsstand", {"offen": 3, "Storniert": 1}, "status"),
        ("Statut", {"payé": 3, "en attente": 1}, "status"),
        ("Order status", {"open": 3, "": 1}, "status"),
        ("Cancelled at", None, "status"),
        ("Bem.", {"": 9, "teilweise zurückgegeben": 1}, "status"),
        ("Whg", {"EUR": 3, "usd": 1}, "currency"),
        ("Devise", {"€": 3, "Franken": 1}, "currency"),
        ("Soort", {"Factuur": 3, "Creditnota": 1}, "type"),
        ("Tipo de documento", {"Factura": 3, "Nota de crédito": 1}, "type"),
        ("Doc. Type", {"INV": 3, "CRN": 1}, "type"),
        ("Bezeichnung", {"Rechnung": 3, "Pro-Forma": 1}, "type"),
        ("Refunded Amount", {"0.00": 3, "12.50": 1}, "refund"),
        ("Rückerstattung", None, "refund"),
        ("Montant remboursé", {"": 3, "5,00": 1}, "refund"),
        ("Descuento", {"0": 1, "10": 2}, "discount"),
        ("Rabatt €", None, "discount"),
        ("Kz", {"S": 3, "H": 1}, "type"),
        ("Seite", {"Soll": 3, "Haben": 1, "": 2}, "type"),
        ("DR/CR", {"DR": 3, "CR": 1}, "type"),
        ("Vorgang", {"Rechnung": 3, "Angebot": 1}, "type"),
        ("Pièce", {"Facture": 3, "Devis": 1}, "type"),
        ("State", {"complete": 3, "failed": 1}, "status"),
        ("geloescht", {"0": 3, "1": 1}, "status"),
        ("Wechselkurs", {"1.0": 3, "1.08": 1}, "rate"),
        ("Kurs", {"1": 3, "0,9316": 1}, "rate"),
        ("PE", {"1": 3, "100": 1}, "unit"),
        ("Ereignis", {"sale": 3, "chargeback": 1}, "status"),
        ("Stato", {"evaso": 3, "annullato": 1}, "status"),
        ("Läge", {"levererad": 3, "makulerad": 1}, "status"),
        ("Stan", {"zrealizowane": 3, "anulowane": 1}, "status"),
        ("Dokument", {"Auftrag": 3, "Lieferschein": 1}, "type"),
        ("Credit", {"0.00": 3, "77.00": 1}, "refund"),
        ("Ersetzt durch", {"": 3, "1007": 1}, "status"),
        ("Whg", {"Euro": 3, "Dollar": 1}, "currency"),
        ("Löschkennzeichen", {"": 3, "X": 1}, "status"),
        ("valid", {"true": 3, "false": 1}, "status"),
        ("Ergebnis", {"accepted": 3, "rejected": 1}, "status"),
        ("Vorgang", {"Rechnung": 3, "Anzahlungsrechnung": 1}, "type"),
        ("Preise", {"inkl. MwSt": 3, "exkl. MwSt": 1}, "tax"),
        ("Preiseinheit", {"1": 3, "100": 1}, "unit"),
    ],
)
def test_names_and_words_tell_what_may_move_revenue(heading: str, words: dict[str, int] | None, subject: str) -> None:
    told = told_by(heading, words, "EUR")

    assert told is not None
    assert told.subject == subject


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Status", {"erledigt": 9}),
        ("Shipping State", {"CA": 3, "NY": 1}),
        ("Größe", {"S": 3, "M": 1, "H": 1}),
        ("Quelle", {"Angebot": 3, "Telefon": 1}),
        ("Belegart", {"Rechnung": 9}),
        ("Zustellung", {"failed": 9}),
        ("Status", {"": 9}),
        ("Statusdatum", None),
        ("Währung", {"EUR": 9}),
        ("Currency", {"€": 8, "EUR": 1}),
        ("Rabatt", {"0,00": 8, "": 1}),
        ("Discount", {"0": 8, "0.00 EUR": 1}),
        ("Artikel", {"Schraube": 3, "Mutter": 3}),
        ("PLZ", {"01067": 1, "10115": 2}),
        ("Zahlart", {"Lastschrift": 3, "Rechnung": 1}),
        ("Type of street", None),
        ("Kurs", {"Yoga": 3, "Aqua": 1}),
        ("Rate", {"1": 3}),
    ],
)
def test_other_columns_are_of_no_consequence(heading: str, words: dict[str, int] | None) -> None:
    assert told_by(heading, words, "EUR") is None


def test_a_file_names_its_unread_columns_in_one_line_and_those_that_matter_on_page_1(tmp_path: Path) -> None:
    orders = f"{HEAD},Zeile,Status,Gutschein\n1,K1,2026-01-05,9,1,offen,\n2,K2,2026-01-06,9,1,bezahlt,5\n"

    folder = load(tmp_path, orders=orders)

    (remark,) = folder.remarks
    assert remark.severity is Severity.NOTE
    assert str(remark.message) == "3 columns are not read: Zeile, Status, Gutschein"
    assert _of_columns(folder.warnings) == [("Gutschein", "unread column"), ("Status", "unread column")]
    (page,) = {str(warning.on_first_page) for warning in folder.warnings if warning.kind == "unread column"}
    assert page.startswith(
        'The columns "Status", "Gutschein" of the file orders.csv are not read; they may tell orders'
    )


def test_the_consultant_can_say_that_a_column_changes_nothing(tmp_path: Path) -> None:
    orders = f"{HEAD},Status\n1,K1,2026-01-05,9,offen\n2,K2,2026-01-06,9,storniert\n"

    folder = load(tmp_path, 'name = "C"\n[files.orders]\nignore = ["Status"]\n', orders=orders)

    assert folder.remarks == ()
    assert _of_columns(folder.warnings) == []


def test_a_column_that_one_of_several_tables_reads_is_read(tmp_path: Path) -> None:
    client = """name = "C"
        [files.orders]
        path = "all.csv"
        [files.customers]
        path = "all.csv"
        distinct = true
        [files.customers.columns]
        name = "Firma"
        """
    everything = f"{HEAD},Firma,Ort\n1,K1,2026-01-05,9,Anna,Ulm\n2,K2,2026-01-06,9,Bernd,Bonn\n"

    folder = load(tmp_path, client, customers=None, orders=None, all=everything)

    assert [str(remark.message) for remark in folder.remarks] == ["1 column is not read: Ort"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("1,K1,2026-01-05,9,Rechnung\n2,K2,2026-01-06,-9,Gutschrift\n", False),
        ("1,K1,2026-01-05,9,Rechnung\n2,K2,2026-01-06,-9,Gutschrift\n3,K2,2026-01-06,7,Gutschrift\n", True),
    ],
)
def test_credit_notes_that_are_negative_already_need_no_sign(tmp_path: Path, rows: str, *, told: bool) -> None:
    found = problems(tmp_path, orders=f"{HEAD},Art\n{rows}")

    assert any("Art: the column is not read" in problem for problem in found) is told


def test_what_is_mapped_goes_without_saying(tmp_path: Path) -> None:
    client = 'name = "C"\n[files.orders.values.status]\npaid = "completed"\nopen = "completed"\n'
    orders = f"{HEAD},status,Fulfillment Status\n1,K1,2026-01-05,9,paid,fulfilled\n2,K2,2026-01-06,9,open,\n"

    assert _of_columns(load(tmp_path, client, orders=orders).warnings) == []
    returned = orders.replace("06,9,open,", "06,9,open,refunded")
    assert "Fulfillment Status: the column is not read" in "".join(problems(tmp_path, client, orders=returned))


def test_long_files_are_looked_through_like_short_ones(tmp_path: Path) -> None:
    rows = [f"{n},K1,2026-01-05,9,{n % 7},{'offen' if n % 4000 else 'storniert'}" for n in range(1, 8001)]

    (problem,) = problems(tmp_path, orders=f"{HEAD},Wochentag,Stand\n" + "\n".join(rows) + "\n")

    assert "Stand: the column is not read" in problem
    assert '"storniert" (2)' in problem


def test_other_files_than_those_of_revenue_are_named_and_not_warned_of(tmp_path: Path) -> None:
    customers = "customer_id,name,Status\nK1,Anna,aktiv\nK2,Bernd,storniert\n"

    folder = load(tmp_path, customers=customers)

    assert [str(remark.message) for remark in folder.remarks] == ["1 column is not read: Status"]
    assert _of_columns(folder.warnings) == []


def test_rates_are_told_where_there_are_as_many_as_orders() -> None:
    told = told_by("Kurs", None, "EUR", some=["1.0842", "1.0911"])

    assert told is not None
    assert told.subject == "rate"
    assert told_by("Kurs", None, "EUR", some=["Pilates", "1.0911"]) is None


@pytest.mark.parametrize(
    ("heading", "factor"),
    [
        ("Umsatz TEUR", 1000),
        ("Netto (T€)", 1000),
        ("Revenue in thousands", 1000),
        ("Total (cents)", 0.01),
        ("Centro", 1),
    ],
)
def test_headings_say_in_what_amounts_are_counted(heading: str, factor: float) -> None:
    assert scale_of(heading) == factor


def test_a_state_beside_a_town_is_no_status() -> None:
    words = {"Kentucky": 3, "Texas": 1}

    assert told_by("State", words, "USD", beside=("Order ID", "City", "Postal Code")) is None
    assert told_by("State", words, "USD", beside=("Order ID", "Amount")) is not None


def test_the_state_of_an_offer_does_not_speak_for_a_column_that_tells_of_cancelled_ones(tmp_path: Path) -> None:
    orders = f"{HEAD}\n1,K1,2026-01-05,9\n"
    offers = (
        "offer_id,customer_id,offered_on,amount,state,Status\n1,K1,2026-01-02,5,open,neu\n2,K1,2026-01-03,6,open,alt\n"
    )

    folder = load(tmp_path, orders=orders, offers=offers)

    (warning,) = [warning for warning in folder.warnings if warning.kind == "unread column"]
    assert str(warning.on_first_page).startswith('The column "Status" of the file offers.csv is not read; it may tell')


def test_notes_of_many_words_that_take_back_their_rows_are_told() -> None:
    notes = [f"Lieferung {number}" for number in range(60)]

    told = told_by_texts([*notes, "Gutschrift zu 17"])

    assert told is not None
    assert (told.subject, told.example) == ("note", "Gutschrift zu 17")
    assert told_by_texts(notes) is None
    assert told_by_texts([*notes, "bitte Gutschrift beilegen"]) is None


@pytest.mark.parametrize(("amount", "told"), [("9", [("Text", "unread column")]), ("-9", [])])
def test_notes_on_credits_below_zero_need_no_word(amount: str, told: list[tuple[str, str]], tmp_path: Path) -> None:
    rows = "".join(f"{number},K1,2026-01-05,20,Lieferung {number}\n" for number in range(60))
    orders = f"{HEAD},Text\n{rows}60,K1,2026-01-06,{amount},Gutschrift zu 3\n"

    folder = load(tmp_path, orders=orders)

    assert _of_columns(folder.warnings) == told
