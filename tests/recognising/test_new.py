"""From files to a client with one command: understood, asked or refused; nothing written by half."""

from __future__ import annotations

import io
import tomllib
import zipfile
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from retention_reports.cli import main
from retention_reports.model.money import in_cents
from retention_reports.pipeline import load_client
from tests.support.spreadsheets import xlsx

if TYPE_CHECKING:
    from pathlib import Path

GERMAN = """Rechnungen 2024
Rechnungsnr.;Rechnungsdatum;Kundennr.;Firma;Netto;Status
R1;15.01.2024;0012;Bäcker Alt;1.200,50;bezahlt
R2;28.02.2024;0013;Müller;80,00;storniert
R3;30.06.2024;0012;Bäcker Alt;-20,50;bezahlt
Summe;;;;1.260,00;
"""


def run_new(tmp_path: Path, *arguments: str, **files: str | bytes) -> Result:
    came = tmp_path / "came"
    came.mkdir(exist_ok=True)
    paths = []
    for name, content in files.items():
        path = came / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode("cp1252"))
        paths.append(str(path))
    return CliRunner().invoke(main, ["new", "acme", "--data", str(tmp_path / "data"), "--yes", *paths, *arguments])


def revenue(tmp_path: Path) -> str:
    orders = load_client(tmp_path / "data" / "acme").folder.tables["orders"]
    return str(in_cents(int(orders.loc[orders["status"] == "completed", "amount"].sum())))


def test_a_german_list_is_understood_without_a_question(tmp_path: Path) -> None:
    result = run_new(tmp_path, list__csv=GERMAN)
    assert result.exit_code == 0, result.output
    assert revenue(tmp_path) == "1180.00"
    settings = tomllib.loads((tmp_path / "data/acme/client.toml").read_text(encoding="utf-8"))
    assert settings["files"]["orders"]["header_line"] == 2
    assert settings["files"]["orders"]["decimal"] == ","


def test_gross_is_asked_for_and_its_gap_stops_the_report(tmp_path: Path) -> None:
    text = GERMAN.replace("Netto", "Brutto").replace("1.260,00", "1.500,00")
    result = run_new(tmp_path, list__csv=text)
    assert result.exit_code == 1
    assert "--answer orders.tax=net|gross:19" in result.output
    checked = CliRunner().invoke(main, ["check", "acme", "--data", str(tmp_path / "data")])
    assert checked.exit_code == 1


def test_an_answer_fills_the_gap(tmp_path: Path) -> None:
    result = run_new(tmp_path, "--answer", "orders.tax=gross:25", list__csv=GERMAN.replace("Netto", "Brutto"))
    assert result.exit_code == 0, result.output
    assert revenue(tmp_path) == "944.00"


def test_a_day_that_can_be_read_twice_is_asked_for(tmp_path: Path) -> None:
    text = "order_id,customer_id,date,net\n1,a,03/04/2024,5\n2,b,05/06/2024,6\n"
    result = run_new(tmp_path, list__csv=text)
    assert result.exit_code == 1
    assert "orders.days=day_first|month_first" in result.output


def test_an_unknown_status_is_asked_for(tmp_path: Path) -> None:
    result = run_new(tmp_path, list__csv=GERMAN.replace("storniert", "Sonderfall"))
    assert result.exit_code == 1
    assert "orders.status.Sonderfall=completed|cancelled|returned" in result.output


def locked_zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", GERMAN)
    data = bytearray(packed.getvalue())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * 20_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty__csv", "order_id,customer_id,date,net\n"),
        ("suppliers__csv", "Lieferantennr.;Lieferant;Ort\n1;Stahl AG;Ulm\n2;Holz KG;Bonn\n"),
        ("locked__zip", locked_zip()),
        ("broken__zip", b"PK\x03\x04 nothing"),
        ("bomb__zip", bomb()),
        ("amazon__txt", "amazon-order-id\tpurchase-date\titem-price\n1-1\t2024-01-01T10:00:00+00:00\t5.00\n"),
        ("picture__csv", b"\x89PNG\r\n\x1a\n"),
    ],
)
def test_what_no_report_can_be_made_of_is_refused_and_nothing_is_written(
    tmp_path: Path, name: str, content: str | bytes
) -> None:
    result = run_new(tmp_path, **{name: content})
    assert result.exit_code == 1, result.output
    assert not (tmp_path / "data").exists()


LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16le") + bytes(2000)
PURCHASES = "Rechnungsnr.;Rechnungsdatum;Lieferantennr.;Netto\nR1;15.01.2024;70001;100,00\nR2;16.01.2024;70002;50,00\n"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"a__xlsx": xlsx([["Rechnungsnr.", "Netto"], ["R1", 5]])[:900]}, "a.xlsx: is not a readable spreadsheet"),
        ({"a__xlsx": LOCKED}, "a.xlsx: is protected by a password"),
        ({"a__xlsx": xlsx([["Rechnungsnr.", "Kundennr.", "Netto"]])}, "a.xlsx: the export holds no rows"),
        ({"a__csv": ""}, "a.csv: the export holds no rows"),
        ({"a__zip": locked_zip()}, "a.zip: the zip is locked by a password"),
        ({"a__zip": b"PK\x03\x04 nothing"}, "a.zip: the zip is broken"),
        ({"a__csv": "Kreditor;Lieferant;Ort\n70001;Stahl AG;Ulm\n"}, "a.csv: this is a list of suppliers"),
        ({"a__csv": PURCHASES}, "a.csv: these are purchases"),
        ({"a__csv": GERMAN, "b__csv": "Belegnr;Belegdatum;Kunde;Netto\nX1;15.01.2024;A;1,00\n"}, "different columns"),
    ],
)
def test_what_is_wrong_is_named_with_the_way_out(tmp_path: Path, files: dict[str, str | bytes], told: str) -> None:
    result = run_new(tmp_path, "--language", "en", **files)

    assert result.exit_code == 1
    assert told in result.output
    assert not (tmp_path / "data").exists()


def test_two_clients_in_one_call_are_refused(tmp_path: Path) -> None:
    other = "Kundennr.;Firma;PLZ\n77;Fremd;12345\n78;Ander;12345\n"
    result = run_new(tmp_path, list__csv=GERMAN, customers__csv=other)
    assert result.exit_code == 1
    assert not (tmp_path / "data").exists()


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    result = run_new(tmp_path, "--dry-run", list__csv=GERMAN)
    assert result.exit_code == 0, result.output
    assert not list((tmp_path / "data").iterdir())


def test_a_client_that_is_there_and_an_answer_to_nothing_are_wrong_use(tmp_path: Path) -> None:
    assert run_new(tmp_path, "--answer", "colour=red", list__csv=GERMAN).exit_code == 2
    assert run_new(tmp_path, list__csv=GERMAN).exit_code == 0
    assert run_new(tmp_path, list__csv=GERMAN).exit_code == 2


def test_credit_notes_are_deducted_beside_a_status_too(tmp_path: Path) -> None:
    text = (
        "Belegnr\tBelegart\tBelegdatum\tKundennr\tNetto\tStatus\n"
        "1\tRechnung\t31.01.2024\tA\t100,00\tbezahlt\n2\tGutschrift\t28.02.2024\tA\t30,00\tbezahlt\n"
    )
    result = run_new(tmp_path, list__txt=text)
    assert result.exit_code == 0, result.output
    assert revenue(tmp_path) == "70.00"


def test_totals_that_stand_on_every_row_of_an_order_are_not_added_up(tmp_path: Path) -> None:
    rows = "".join(f"{n},2024-01-{n + 12},C{n},P{m},{m},{n * 100}.00\n" for n in (1, 2, 3) for m in (1, 2))
    result = run_new(tmp_path, list__csv="order_id,date,customer_id,sku,quantity,net\n" + rows)
    assert result.exit_code == 1, result.output


def test_a_column_of_tax_rates_is_none_of_tax(tmp_path: Path) -> None:
    text = (
        "Rechnungsnr;Rechnungsdatum;Kundennr;Brutto;MwSt\n1;31.01.2024;A;119,00;19\n2;28.02.2024;B;107,00;7\n"
        "3;29.02.2024;B;50,00;0\n"
    )
    result = run_new(tmp_path, list__csv=text)
    assert result.exit_code == 0, result.output
    assert revenue(tmp_path) == "250.00"


def test_tax_beside_an_amount_tells_whether_it_is_gross(tmp_path: Path) -> None:
    text = "Belegnr;Datum;Kundennr;Betrag;USt\n1;31.01.2024;A;238,00;38,00\n2;28.02.2024;B;107,00;7,00\n"
    result = run_new(tmp_path, list__csv=text)
    assert result.exit_code == 0, result.output
    assert revenue(tmp_path) == "300.00"


def test_a_list_of_customers_with_their_last_purchase_is_no_list_of_orders(tmp_path: Path) -> None:
    text = "Kundennr;Firma;Letzter Kauf;Umsatz\n1;Alt;31.01.2024;900,00\n2;Neu;28.02.2024;50,00\n"
    result = run_new(tmp_path, list__csv=text)
    assert result.exit_code == 1
    assert not (tmp_path / "data").exists()


def test_orders_without_amounts_take_the_prices_of_the_products(tmp_path: Path) -> None:
    """Worked out by hand: 2 × 100.00 + 1 × 50.00; what came back brings nothing."""
    orders = (
        "VerkaufsID,KundenID,ProduktID,Datum,Menge,Retoure\nV1,K1,P1,2024-01-05,2,Nein\n"
        "V2,K2,P2,2024-02-05,1,Nein\nV3,K1,P1,2024-03-05,3,Ja\n"
    )
    products = "ProduktID,Produktname,Kategorie,Preis (€)\nP1,Stuhl,Sitzen,100.00\nP2,Tisch,Tische,50.0\n"
    customers = "KundenID,Name\nK1,Anna\nK2,Bernd\n"
    files = {"sales__csv": orders, "products__csv": products, "customers__csv": customers}

    asked = run_new(tmp_path, **files)
    assert asked.exit_code == 1
    assert "--answer orders.tax=net|gross:19" in asked.output
    (tmp_path / "data").rename(tmp_path / "first")
    assert run_new(tmp_path, "--answer", "orders.tax=net", **files).exit_code == 0
    assert revenue(tmp_path) == "250.00"


@pytest.mark.parametrize(
    ("column", "cells"),
    [("Storniert", ("nein", "ja")), ("Storno", ("", "x")), ("Storniert am", ("", "01.03.2024"))],
)
def test_a_column_of_cancellations_tells_what_is_cancelled(tmp_path: Path, column: str, cells: tuple[str, str]) -> None:
    text = (
        f"Belegnr;Datum;Kundennr;Netto;{column}\n1;31.01.2024;A;10,00;{cells[0]}\n2;28.02.2024;B;7,00;{cells[1]}\n"
        f"3;29.02.2024;B;5,00;{cells[0]}\n"
    )
    result = run_new(tmp_path, list__csv=text)
    assert result.exit_code == 0, result.output
    assert revenue(tmp_path) == "15.00"


def test_credit_notes_are_known_by_their_numbers(tmp_path: Path) -> None:
    text = (
        "Rechnungsnummer;Rechnungsdatum;Kundennr;Netto\nRE-1;31.01.2024;A;100,00\nRE-2;28.02.2024;A;30,00\n"
        "GS-3;29.02.2024;A;30,00\n"
    )
    result = run_new(tmp_path, list__csv=text)
    assert result.exit_code == 0, result.output
    assert revenue(tmp_path) == "100.00"


def test_a_file_of_credit_notes_is_deducted(tmp_path: Path) -> None:
    head = "Rechnungsnummer;Rechnungsdatum;Kundennr;Netto\n"
    result = run_new(
        tmp_path,
        rechnungen__csv=head + "1;31.01.2024;A;100,00\n2;28.02.2024;A;30,00\n",
        gutschriften__csv=head + "9;29.02.2024;A;30,00\n",
    )
    assert result.exit_code == 0, result.output
    assert revenue(tmp_path) == "100.00"


def test_a_list_of_orders_and_their_invoices_counts_the_invoices(tmp_path: Path) -> None:
    text = (
        "Belegnr;Belegart;Belegdatum;Kundennr;Netto\n1;Auftrag;31.01.2024;A;100,00\n2;Rechnung;28.02.2024;A;100,00\n"
        "3;Lieferschein;28.02.2024;A;100,00\n"
    )
    result = run_new(tmp_path, list__csv=text)
    assert result.exit_code == 0, result.output
    assert revenue(tmp_path) == "100.00"


PIVOT = (
    "Umsatz netto je Kunde\nKundennr.;Kunde;01.2024;02.2024;03.2024;Gesamtergebnis\n1;Alt;10,00;;5,00;15,00\n"
    "2;Neu;;7,00;;7,00\nGesamtergebnis;;10,00;7,00;5,00;22,00\n"
)


def test_a_pivot_becomes_rows_and_says_that_days_are_not_known(tmp_path: Path) -> None:
    result = run_new(tmp_path, pivot__csv=PIVOT)
    assert result.exit_code == 0, result.output
    assert "nennt nur den Monat" in result.output
    assert revenue(tmp_path) == "22.00"
    assert len(load_client(tmp_path / "data" / "acme").folder.tables["orders"]) == 3


GROUPED = (
    "Kunde / Rechnung;Datum;Netto\n10001 Alt GmbH;;\nR1;31.01.2024;10,00\nR2;28.02.2024;5,00\nSumme;;15,00\n"
    "10002 Neu AG;;\nR3;29.02.2024;7,00\nSumme;;7,00\n10003 Mittel KG;;\nR4;31.03.2024;1,00\nSumme;;1,00\n"
    "Erstellt am 1.4.;;\n"
)


def test_rows_below_a_customer_are_the_customers(tmp_path: Path) -> None:
    result = run_new(tmp_path, list__csv=GROUPED)
    assert result.exit_code == 0, result.output
    orders = load_client(tmp_path / "data" / "acme").folder.tables["orders"]
    assert orders["customer_id"].tolist() == ["10001 Alt GmbH", "10001 Alt GmbH", "10002 Neu AG", "10003 Mittel KG"]
    assert revenue(tmp_path) == "23.00"


def test_customers_in_several_files_of_one_layout_are_joined(tmp_path: Path) -> None:
    result = run_new(
        tmp_path,
        orders__csv="Belegnr;Datum;Kundennr;Netto\n1;31.01.2024;A;100,00\n2;28.02.2024;B;30,00\n",
        a__csv="Kundennr;Firma;Ort\nA;Alt;Ulm\n",
        b__csv="Kundennr;Firma;Ort\nB;Neu;Bonn\n",
    )
    assert result.exit_code == 0, result.output
    assert set(load_client(tmp_path / "data" / "acme").folder.tables["customers"]["name"]) == {"Alt", "Neu"}


def test_positions_of_shipping_are_no_goods(tmp_path: Path) -> None:
    text = (
        "Bestellnummer;Bestelldatum;Kundennummer;Artikelnummer;Menge;VK Netto;Positionstyp\n"
        "1;31.01.2024;A;X;2;10,00;Artikel\n1;31.01.2024;A;;1;4,90;Versand\n2;28.02.2024;B;Y;1;7,00;Artikel\n"
    )
    result = run_new(tmp_path, list__csv=text)
    assert result.exit_code == 0, result.output
    assert revenue(tmp_path) == "27.00"


def test_the_end_says_what_to_do_and_what_to_ask_for_next(tmp_path: Path) -> None:
    result = run_new(tmp_path, list__csv=GERMAN)
    assert "retention-reports check acme" in result.output
    assert "retention-reports build acme" in result.output
    lines = [line for line in result.output.splitlines() if line.startswith("  mit `")]
    assert len(lines) == 5
    assert any(line.startswith("  mit `offers.csv` sähen Sie: Trefferquoten") for line in lines)
    for language, words in (("de", "alle Angebote seit dem ersten"), ("en", "all offers since the first one")):
        request = (tmp_path / "data" / "acme" / f"request.{language}.txt").read_text(encoding="utf-8")
        assert words in request
        assert "Acme" in request


def test_git_is_told_to_leave_exports_as_they_are_and_what_is_there_stays(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / ".gitignore").write_text("mine\n", encoding="utf-8")
    run_new(tmp_path, list__csv=GERMAN)
    assert (data / ".gitignore").read_text(encoding="utf-8") == "mine\n"
    assert "*/exports/** -text" in (data / ".gitattributes").read_text(encoding="utf-8")


def test_a_tax_that_belongs_to_another_net_amount_is_not_asked_about(tmp_path: Path) -> None:
    """Shipping is in the tax and in the whole net amount, not in the value of the goods."""
    text = (
        "Rechnungsnr;Rechnungsdatum;Kundennr;Warenwert;Transportkosten;Mehrwertsteuer;GesamtbetragNetto\n"
        "1;31.01.2024;A;100,00;10,00;20,90;110,00\n2;28.02.2024;B;50,00;0,00;9,50;50,00\n"
        "3;29.02.2024;B;30,00;5,00;6,65;35,00\n"
    )
    result = run_new(tmp_path, list__csv=text)
    assert result.exit_code == 0, result.output
    assert revenue(tmp_path) == "180.00"


def test_a_name_that_says_net_is_not_believed_where_the_tax_tells_the_opposite(tmp_path: Path) -> None:
    text = "Belegnr;Datum;Kundennr;Netto;MwSt\n1;31.01.2024;A;119,00;19,00\n2;28.02.2024;B;238,00;38,00\n"
    result = run_new(tmp_path, list__csv=text)
    assert result.exit_code == 1, result.output


def test_a_price_beside_a_quantity_is_asked_about(tmp_path: Path) -> None:
    text = "Auftragsnr;Datum;Kundennr;Menge;Nettopreis\n1;31.01.2024;A;2;10,00\n2;28.02.2024;B;1;7,00\n"
    result = run_new(tmp_path, list__csv=text)
    assert result.exit_code == 1
    assert "--answer orders.price=each|total" in result.output
    (tmp_path / "data").rename(tmp_path / "first")
    assert run_new(tmp_path, "--answer", "orders.price=each", list__csv=text).exit_code == 0
    assert revenue(tmp_path) == "27.00"


def test_credit_notes_are_known_by_the_words_of_a_column_of_any_name(tmp_path: Path) -> None:
    text = "Belegnr;Merkmal;Datum;Kundennr;Netto\n1;Facture;31.01.2024;A;100,00\n2;Avoir;28.02.2024;A;30,00\n"
    result = run_new(tmp_path, list__csv=text)
    assert result.exit_code == 0, result.output
    assert revenue(tmp_path) == "70.00"


def test_planned_sales_do_not_count(tmp_path: Path) -> None:
    text = "Typ;Belegnr;Datum;Kundennr;Netto\nIst;1;31.01.2024;A;100,00\nPlan;2;28.02.2024;A;30,00\n"
    result = run_new(tmp_path, list__csv=text)
    assert result.exit_code == 0, result.output
    assert "nicht gezählt: Plan" in result.output
    assert revenue(tmp_path) == "100.00"


def test_a_name_that_says_without_tax_is_net(tmp_path: Path) -> None:
    text = "Rechnungs-Nr.;Datum;Kunden-Nr.;Betrag exkl. MWST\n1;31.01.2024;A;1'100.50\n2;28.02.2024;B;7.00\n"
    result = run_new(tmp_path, list__csv=text)
    assert result.exit_code == 0, result.output
    assert revenue(tmp_path) == "1107.50"
