"""Files that say by themselves what their fields mean become a client without a question."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from retention_reports.cli import main
from retention_reports.model.money import in_cents
from retention_reports.pipeline import load_client
from tests.support.datev_files import batch, booking, debtors
from tests.support.e_invoices import cii, pdf, ubl
from tests.support.till_files import receipt, till_index, till_table

if TYPE_CHECKING:
    from pathlib import Path

INDEX = """<?xml version='1.0' encoding='UTF-8'?>
<DataSet><Version>1.0</Version><Media><Name>CD 1</Name>
<Table><URL>kunden.txt</URL><Name>Kunden</Name><VariableLength><ColumnDelimiter>;</ColumnDelimiter>
<VariablePrimaryKey><Name>KundenNr</Name><AlphaNumeric/></VariablePrimaryKey>
<VariableColumn><Name>Firma</Name><AlphaNumeric/></VariableColumn></VariableLength></Table>
<Table><URL>re.txt</URL><Name>Rechnungen</Name><VariableLength><ColumnDelimiter>;</ColumnDelimiter>
<VariablePrimaryKey><Name>RechnungsNr</Name><AlphaNumeric/></VariablePrimaryKey>
<VariableColumn><Name>KundenNr</Name><AlphaNumeric/></VariableColumn>
<VariableColumn><Name>Datum</Name><Date><Format>DD.MM.YYYY</Format></Date></VariableColumn>
<VariableColumn><Name>Netto</Name><Numeric/></VariableColumn>
<ForeignKey><Name>KundenNr</Name><References>Kunden</References></ForeignKey></VariableLength></Table>
</Media></DataSet>
"""


def _new(tmp_path: Path, *arguments: str, **files: bytes) -> Result:
    came = tmp_path / "came"
    came.mkdir()
    for name, data in files.items():
        (came / name.replace("__", ".")).write_bytes(data)
    return CliRunner().invoke(main, ["new", "acme", str(came), "--data", str(tmp_path / "data"), "--yes", *arguments])


def _revenue(tmp_path: Path, **files: bytes) -> str:
    result = _new(tmp_path, **files)
    assert result.exit_code == 0, result.output
    orders = load_client(tmp_path / "data" / "acme").folder.tables["orders"]
    return str(in_cents(int(orders["amount"].sum())))


def test_a_ledger(tmp_path: Path) -> None:
    rows = [booking("1190,00", "10000", "8400", "3101", "RE-1"), booking("53,50", "10000", "8300", "3101", "RE-1")]
    assert _revenue(tmp_path, EXTF_2024__csv=batch(rows)) == "1050.00"


def test_a_data_carrier(tmp_path: Path) -> None:
    files = {"index__xml": INDEX.encode(), "kunden__txt": b"K1;Alt\r\nK2;Neu\r\n"}
    rows = b"R1;K1;05.01.2026;1.234,50\r\nR2;K2;06.02.2026;100\r\n"
    assert _revenue(tmp_path, **files, re__txt=rows) == "1334.50"


SALES = batch([booking("1190,00", "10000", "8400", "3101", "RE-1")])
LIST = b"Rechnungsnr.;Rechnungsdatum;Kundennr.;Netto\nR1;15.01.2024;0012;100,00\nR2;16.01.2024;0013;50,00\n"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"a__csv": SALES, "b__xml": ubl("1", "2026-01-05", "100.00")}, "DATEV, XRechnung/ZUGFeRD"),
        ({"a__csv": SALES, "list__csv": LIST}, "DATEV, list.csv"),
        ({"a__csv": debtors([{1: "10000", 2: '"A GmbH"'}])}, "nur customers"),
    ],
)
def test_several_systems_or_debtors_alone_are_refused_and_nothing_is_written(
    tmp_path: Path, files: dict[str, bytes], told: str
) -> None:
    result = _new(tmp_path, "--language", "de", **files)

    assert result.exit_code == 1
    assert told in result.output
    assert not (tmp_path / "data").exists()


def test_other_files_beside_a_ledger_are_told(tmp_path: Path) -> None:
    result = _new(
        tmp_path, a__csv=SALES, hinweis__txt=b"Ausgabe vom 5.1.", lieferanten__csv=b"Lieferant;Ort\nStahl;Ulm\n"
    )

    assert result.exit_code == 0, result.output
    assert "hinweis.txt" in result.output
    assert "lieferanten.csv" in result.output


LINES = (("A-1", "Schraube", "10", "60.00"), ("A-2", "Mutter", "4", "40.00"))


def test_a_folder_of_many_invoices_with_lines(tmp_path: Path) -> None:
    """300 invoices of 100.00 each, and a credit note over 40.00."""
    files = {f"re{place}__xml": ubl(f"RE-{place}", "2026-01-05", "100.00", lines=LINES) for place in range(300)}
    files["gs__pdf"] = pdf(cii("GS-1", "20260206", "40.00", kind="381"))

    assert _revenue(tmp_path, **files) == "29960.00"


@pytest.mark.parametrize(
    ("data", "code", "told"),
    [(pdf(), 0, "1 PDF hat keine E-Rechnung"), (pdf(cii("2", "20260105", "80"), "geheim"), 1, "mit einem Kennwort")],
)
def test_a_pdf_among_invoices_that_is_none_is_told(tmp_path: Path, data: bytes, code: int, told: str) -> None:
    result = _new(tmp_path, a__xml=ubl("RE-1", "2026-01-05", "100.00", lines=LINES), b__pdf=data)

    assert result.exit_code == code
    assert told in result.output


def _till(*receipts: dict[str, str]) -> dict[str, bytes]:
    taxes = [{"BON_ID": row["BON_ID"], "BON_NETTO": "100,00"} for row in receipts]
    return {
        "index__xml": till_index(("transactions", "transactions_vat")),
        "transactions__csv": till_table("transactions", receipts),
        "transactions_vat__csv": till_table("transactions_vat", taxes),
    }


def test_a_till_tells_the_share_with_a_customer_first(tmp_path: Path) -> None:
    files = _till(receipt("1", KUNDE_ID="C1"), receipt("2"), receipt("3"), receipt("4"))
    result = _new(tmp_path, **files)

    assert result.exit_code == 0, result.output
    assert result.output.startswith("von 4 Belegen nennen 1 einen Kunden: 25.0 % des Umsatzes von 400.00")
    assert "  2026: 400,00" in result.output


def test_a_till_without_customers_is_refused(tmp_path: Path) -> None:
    result = _new(tmp_path, **_till(receipt("1"), receipt("2")))

    assert result.exit_code == 1
    assert "2" in result.output
    assert not (tmp_path / "data").exists()


BOMB = b"""<?xml version="1.0"?><!DOCTYPE Invoice [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"><ID>&b;</ID></Invoice>"""


def test_invoices_of_which_none_can_be_read_are_refused(tmp_path: Path) -> None:
    result = _new(tmp_path, "--language", "en", a__xml=BOMB)

    assert result.exit_code == 1
    assert "a.xml: declares entities" in result.output
    assert not (tmp_path / "data").exists()


def _carrier(*tables: tuple[str, str, bytes]) -> dict[str, bytes]:
    """Return a data carrier; each table's columns are named in one text, days and numbers by "Datum" and "Betrag"."""
    kinds = {"Datum": "<Date><Format>YYYYMMDD</Format></Date>", "Netto": "<Numeric/>", "Betrag": "<Numeric/>"}
    index = "".join(
        f"<Table><URL>{name}.txt</URL><Name>{name}</Name><VariableLength>"
        + "".join(
            f"<VariableColumn><Name>{column}</Name>{kinds.get(column, '<AlphaNumeric/>')}</VariableColumn>"
            for column in columns.split()
        )
        + "</VariableLength></Table>"
        for name, columns, _ in tables
    )
    head = "<?xml version='1.0'?><DataSet><Version>1.0</Version><Media><Name>1</Name>"
    files = {"INDEX__XML": f"{head}{index}</Media></DataSet>".encode()}
    return files | {f"{name}__txt": rows for name, _, rows in tables}


CUSTOMERS = ("Kunden", "KundenNr Firma", b"K1;Alt\nK2;Neu\n")
ROWS = b"R1;Rechnung;K1;20260105;119,00\nR2;Gutschrift;K2;20260206;11,90\nZ1;Zahlung;K1;20260301;-119,00\n"


@pytest.mark.parametrize(
    ("tables", "arguments", "revenue"),
    [
        (
            [("Rechnungen", "RechnungsNr KundenNr Kunde Datum Netto", b"R1;K1;Alt;20260105;5\nR2;K1;Alt;20260106;6\n")],
            (),
            "11",
        ),
        ([("Rechnungen", "RechnungsNr KundenNr Datum Netto", b"R1;K1;20260105;5\nR2;K1;20260106;6\n")], (), "11"),
        (
            [
                CUSTOMERS,
                ("Zeilen", "RechnungsNr KundenNr Datum ArtikelNr Netto", b"R1;K1;20260105;A;5\nR1;K1;20260105;B;6\n"),
            ],
            (),
            "11",
        ),
        (
            [
                CUSTOMERS,
                (
                    "Rechnungen",
                    "RechnungsNr Storniert KundenNr Datum Netto",
                    b"R1;0;K1;20260105;5\nR2;1;K2;20260106;6\n",
                ),
            ],
            (),
            "5",
        ),
        ([CUSTOMERS, ("Posten", "BelegNr Belegart KundenNr Datum Betrag", ROWS)], ("orders.tax=gross:19",), "90"),
        (
            [
                CUSTOMERS,
                ("Belege", "BelegNr KundenNr Datum Netto", b"R1;K1;20260105;5\n"),
                ("Auftraege", "BelegNr KundenNr Datum Netto", b"A1;K1;20260105;5\n"),
            ],
            ("orders.table=Belege",),
            "5",
        ),
    ],
)
def test_what_a_carrier_leaves_open_is_settled_by_its_rows_or_asked(
    tmp_path: Path, tables: list[tuple[str, str, bytes]], arguments: tuple[str, ...], revenue: str
) -> None:
    """119.00 at 19 % less 11.90 is 90.00; a cancelled invoice and a payment count nothing; lines add up."""
    files = _carrier(*tables)
    given = [word for argument in arguments for word in ("--answer", argument)]
    if arguments:
        asked = _new(tmp_path, "--dry-run", **files)
        assert asked.exit_code == 1
        assert f"--answer {arguments[0].partition('=')[0]}=" in asked.output
        shutil.rmtree(tmp_path / "came")

    result = _new(tmp_path, *given, **files)

    assert result.exit_code == 0, result.output
    orders = load_client(tmp_path / "data" / "acme").folder.tables["orders"]
    counted = orders.loc[orders["status"] == "completed", "amount"].sum()
    assert int(counted) == int(revenue) * 10_000


@pytest.mark.parametrize(
    ("tables", "told"),
    [
        (
            [("Journal", "BelegNr KundenNr Datum Betrag Sollkonto Habenkonto", b"1;K1;20260105;5;1400;8400\n")],
            "entries",
        ),
        ([], "names files of which none is there"),
    ],
)
def test_a_carrier_without_invoices_is_refused(tmp_path: Path, tables: list[tuple[str, str, bytes]], told: str) -> None:
    files = _carrier(*tables)
    if not tables:
        files = {"index__xml": INDEX.encode()}

    result = _new(tmp_path, "--language", "en", **files)

    assert result.exit_code == 1
    assert told in result.output
    assert not (tmp_path / "data").exists()


def test_what_zugferd_1_wrote_is_told_to_be_too_old(tmp_path: Path) -> None:
    old = cii("1", "20260105", "80").replace(b"CrossIndustryInvoice", b"CrossIndustryDocument")

    result = _new(tmp_path, "--language", "en", a__xml=old)

    assert result.exit_code == 1
    assert "ZUGFeRD from 2.0 on" in result.output


def _new_of(tmp_path: Path, years: dict[str, dict[str, bytes]], *, packed: bool = False) -> Result:
    """Make a client of several folders, or zips, each with the files of a year."""
    came = tmp_path / "came"
    for year, files in years.items():
        folder = came / year
        folder.mkdir(parents=True)
        for name, data in files.items():
            (folder / name.replace("__", ".")).write_bytes(data)
        if packed:
            shutil.make_archive(str(folder), "zip", folder)
            shutil.rmtree(folder)
    return CliRunner().invoke(main, ["new", "acme", str(came), "--data", str(tmp_path / "data"), "--yes"])


@pytest.mark.parametrize("packed", [False, True])
def test_a_carrier_a_year_is_read_from_a_folder_of_its_own(tmp_path: Path, *, packed: bool) -> None:
    """The list of customers is the same in both years; 5.00 + 6.00 and 7.00 were sold."""
    invoices = "RechnungsNr KundenNr Datum Netto"
    years = {
        "2024": _carrier(CUSTOMERS, ("Rechnungen", invoices, b"R1;K1;20240105;5\nR2;K2;20240106;6\n")),
        "2025": _carrier(CUSTOMERS, ("Rechnungen", invoices, b"R3;K1;20250105;7\n")),
    }

    result = _new_of(tmp_path, years, packed=packed)

    assert result.exit_code == 0, result.output
    loaded = load_client(tmp_path / "data" / "acme")
    assert loaded.folder.tables["orders"]["amount"].sum() == 180_000
    assert loaded.folder.tables["customers"]["name"].tolist() == ["Alt", "Neu"]
    assert not [warning for warning in loaded.warnings if warning.kind == "files missing"]


def test_several_tills_are_read_together(tmp_path: Path) -> None:
    tills = {
        "kasse1": _till(receipt("1", KUNDE_ID="C1", KUNDE_NAME="Wirt"), receipt("2")),
        "kasse2": _till(receipt("3", KUNDE_ID="C1"), receipt("4", KUNDE_ID="C2")),
    }

    result = _new_of(tmp_path, tills)

    assert result.exit_code == 0, result.output
    assert result.output.startswith("von 4 Belegen nennen 3 einen Kunden: 75.0 %")
    loaded = load_client(tmp_path / "data" / "acme")
    assert loaded.folder.tables["orders"]["amount"].sum() == 4_000_000
    assert sorted(loaded.folder.tables["customers"]["customer_id"]) == ["C1", "C2"]
