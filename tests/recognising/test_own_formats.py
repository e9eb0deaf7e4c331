"""Files that say by themselves what their fields mean become a client without a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from retention_reports.cli import main
from retention_reports.model.money import in_cents
from retention_reports.pipeline import load_client
from tests.support.datev_files import batch, booking

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


def _revenue(tmp_path: Path, **files: bytes) -> str:
    came = tmp_path / "came"
    came.mkdir()
    for name, data in files.items():
        (came / name.replace("__", ".")).write_bytes(data)
    result = CliRunner().invoke(main, ["new", "acme", str(came), "--data", str(tmp_path / "data"), "--yes"])
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
