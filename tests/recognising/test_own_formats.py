"""Files that say by themselves what their fields mean become a client without a question."""

from __future__ import annotations

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
