"""Data carriers for tax audits: tables joined by their keys, written as their index says."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from retention_reports.reading.formats.known_formats import recognise
from tests.support.folders import load, problems

if TYPE_CHECKING:
    from pathlib import Path

TABLES = ("customers", "orders", "order_lines")


def _client(path: str = "index.xml", further: str = "", tables: tuple[str, ...] = TABLES[:2]) -> str:
    files = "".join(f'[files.{table}]\nformat = "gdpdu"\npath = "exports/g/{path}"\n{further}' for table in tables)
    return f'name = "Client"\n{files}'


def _column(name: str, kind: str = "AlphaNumeric", tag: str = "VariableColumn") -> str:
    inner = {"ImpliedAccuracy": "<Numeric><ImpliedAccuracy>2</ImpliedAccuracy></Numeric>", "Numeric": "<Numeric/>"}
    day = f"<Date><Format>{kind}</Format></Date>" if "Y" in kind and "D" in kind else ""
    return f"<{tag}><Name>{name}</Name>{inner.get(kind, day or '<AlphaNumeric/>')}</{tag}>"


def _table(url: str, name: str, columns: str, *, head: str = "", keys: str = "") -> str:
    return (
        f"<Table><URL>{url}</URL><Name>{name}</Name>{head}<VariableLength><ColumnDelimiter>;</ColumnDelimiter>"
        f"{columns}{keys}</VariableLength></Table>"
    )


def _index(*tables: str) -> bytes:
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE DataSet SYSTEM 'gdpdu-01-08-2002.dtd'>\n<DataSet>"
        f"<Version>1.0</Version><Media><Name>CD 1</Name>{''.join(tables)}</Media></DataSet>"
    ).encode()


def _foreign(column: str, table: str) -> str:
    return f"<ForeignKey><Name>{column}</Name><References>{table}</References></ForeignKey>"


KUNDEN = _table(
    "kunden.txt", "Kunden", _column("ID", tag="VariablePrimaryKey") + _column("KundenNr") + _column("Firma")
)
RECHNUNGEN = _table(
    "re.txt",
    "Rechnungen",
    _column("RechnungsNr", tag="VariablePrimaryKey")
    + _column("KundeID")
    + _column("Datum", "DD.MM.YYYY")
    + _column("Netto", "Numeric"),
    keys=_foreign("KundeID", "Kunden"),
)
POSITIONEN = _table(
    "pos.txt",
    "Rechnungspositionen",
    _column("RechnungsNr") + _column("ArtikelNr") + _column("Menge", "Numeric") + _column("Netto", "ImpliedAccuracy"),
    head="<UTF8/><Range><From>2</From></Range>",
    keys=_foreign("RechnungsNr", "Rechnungen"),
)
FILES = {
    "index.xml": _index(KUNDEN, RECHNUNGEN, POSITIONEN),
    "kunden.txt": '7;K-1;"Müller; Söhne"\r\n8;K-2;Bäcker\r\n'.encode("cp1252"),
    "re.txt": b"R1;7;05.01.2026;1.234,50\r\nR2;8;06.02.2026;100\r\nR3;7;07.03.2026;-34,50\r\n",
    "pos.txt": "Nr;Art;Menge;Netto\nR1;Nägel;3;123450\nR2;B;1;10000\nR3;Nägel;-1;-3450\n".encode(),
}


def _written(files: dict[str, bytes]) -> dict[str, str | bytes | None]:
    return {"customers": None, "orders": None, **{f"exports/g/{name}": data for name, data in files.items()}}


def _packed() -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, data in FILES.items():
            archive.writestr(f"GoBD/{name}", data)
    return target.getvalue()


@pytest.mark.parametrize("path", ["index.xml", "", "all.zip"])
def test_tables_are_found_by_their_columns_and_joined_by_their_keys(tmp_path: Path, path: str) -> None:
    files = _written({"all.zip": _packed()} if path.endswith(".zip") else FILES)

    loaded = load(tmp_path, _client(path, tables=TABLES).replace('g/"', 'g"'), **files)

    orders, lines = loaded.tables["orders"], loaded.tables["order_lines"]
    assert orders["order_id"].tolist() == ["R1", "R2", "R3"]
    assert orders["customer_id"].tolist() == ["K-1", "K-2", "K-1"]
    assert orders["amount"].tolist() == [12_345_000, 1_000_000, -345_000]
    assert [str(day)[:10] for day in orders["ordered_on"]] == ["2026-01-05", "2026-02-06", "2026-03-07"]
    assert lines["amount"].sum() == orders["amount"].sum()
    assert lines["product_id"].tolist() == ["Nägel", "B", "Nägel"]
    assert loaded.tables["customers"]["name"].tolist() == ["Müller; Söhne", "Bäcker"]


GROSS = _table(
    "re.txt",
    "Rechnungen",
    _column("RechnungsNr") + _column("KundenNr") + _column("Datum", "YYYYMMDD") + _column("Betrag", "Numeric"),
    head="<DecimalSymbol>.</DecimalSymbol><DigitGroupingSymbol>,</DigitGroupingSymbol>",
)


def test_net_or_gross_is_asked_and_the_answer_taken(tmp_path: Path) -> None:
    files = _written({**FILES, "index.xml": _index(KUNDEN, GROSS), "re.txt": b"R1;K-1;20260105;1,190.00\r\n"})
    client = _client()

    asked = problems(tmp_path / "1", client, **files)
    told = load(tmp_path / "2", client.replace("[files.orders]\n", "[files.orders]\ntax_rate = 19\n"), **files)

    assert len(asked) == 1
    assert 'column "Betrag" of "Rechnungen" may hold tax' in asked[0]
    assert told.tables["orders"]["amount"].tolist() == [10_000_000]


@pytest.mark.parametrize(
    ("column", "is_net"), [("Nettobetrag", True), ("Warenwert", True), ("Umsatz", False), ("Gesamtbetrag", False)]
)
def test_what_a_column_is_called_tells_net_amounts(tmp_path: Path, column: str, *, is_net: bool) -> None:
    """The lists of names are those of other exports; in books "Umsatz" may hold tax."""
    named = GROSS.replace("<Name>Betrag<", f"<Name>{column}<")
    files = _written({**FILES, "index.xml": _index(KUNDEN, named), "re.txt": b"R1;K-1;20260105;1,190.00\r\n"})

    found = problems(tmp_path, _client(), **files)

    assert any("may hold tax" in problem for problem in found) is not is_net


def test_a_table_is_asked_for_where_two_will_do(tmp_path: Path) -> None:
    other = RECHNUNGEN.replace("<Name>Rechnungen<", "<Name>Rechnungen alt<").replace("re.txt", "alt.txt")
    files = _written({**FILES, "index.xml": _index(KUNDEN, RECHNUNGEN, other), "alt.txt": b"R9;7;05.01.2020;1\r\n"})
    client = _client()

    asked = problems(tmp_path / "1", client, **files)
    told = load(tmp_path / "2", f'{client}[files.orders.gdpdu]\ntable = "Rechnungen"\n', **files)

    assert any('"Rechnungen", "Rechnungen alt"' in problem for problem in asked)
    assert len(told.tables["orders"]) == 3


CREDIT_NOTES = RECHNUNGEN.replace("<Name>Rechnungen<", "<Name>Gutschriften<").replace("re.txt", "gs.txt")


@pytest.mark.parametrize(
    ("rows", "cents"),
    [
        (b"G1;7;09.03.2026;40,00\r\n", -40),
        (b"G1;7;09.03.2026;-40,00\r\n", -40),
        (b"G1;7;09.03.2026;5\r\nG2;7;10.03.2026;-1\r\n", -4),
    ],
)
def test_a_table_of_credit_notes_is_deducted_whichever_sign_it_has(tmp_path: Path, rows: bytes, cents: int) -> None:
    """Invoices come to 1,300.00."""
    files = _written({**FILES, "index.xml": _index(KUNDEN, RECHNUNGEN, CREDIT_NOTES), "gs.txt": rows})

    loaded = load(tmp_path, _client(), **files)

    assert loaded.tables["orders"]["amount"].sum() == (1_300 + cents) * 10_000


def test_credit_notes_that_cannot_be_read_and_files_that_are_missing_are_told(tmp_path: Path) -> None:
    bare = _table(
        "gs.txt", "Gutschriften", _column("Nr") + _column("Datum", "DD.MM.YYYY") + _column("Netto", "Numeric")
    )
    index = _index(KUNDEN, RECHNUNGEN, bare, RECHNUNGEN.replace("re.txt", "alt.txt").replace("Rechnungen", "Archiv"))
    files = _written({**FILES, "index.xml": index, "gs.txt": b"G1;09.03.2026;40,00\r\n"})

    told = {problem.kind: str(problem.message) for problem in load(tmp_path, _client(), **files).warnings}

    assert told["credit notes left out"].startswith("credit notes are left out")
    assert '"alt.txt"' in told["files missing"]


def test_amounts_that_invoices_lack_come_from_their_lines(tmp_path: Path) -> None:
    heads = RECHNUNGEN.replace(_column("Netto", "Numeric"), "")
    rows = b"R1;7;05.01.2026\r\nR2;8;06.02.2026\r\nR3;7;07.03.2026\r\n"
    files = _written({**FILES, "index.xml": _index(KUNDEN, heads, POSITIONEN), "re.txt": rows})

    loaded = load(tmp_path, _client(tables=TABLES), **files)

    assert loaded.tables["orders"]["amount"].tolist() == [12_345_000, 1_000_000, -345_000]


def test_a_foreign_key_may_name_a_table_by_its_file(tmp_path: Path) -> None:
    pointing = RECHNUNGEN.replace("<References>Kunden<", "<References>kunden<")

    loaded = load(tmp_path, _client(), **_written({**FILES, "index.xml": _index(KUNDEN, pointing)}))

    assert loaded.tables["orders"]["customer_id"].tolist() == ["K-1", "K-2", "K-1"]


def test_a_header_that_the_index_does_not_tell_is_no_row(tmp_path: Path) -> None:
    files = _written({**FILES, "re.txt": b"RechnungsNr;KundeID;Datum;Netto\r\n" + FILES["re.txt"]})

    loaded = load(tmp_path, _client(), **files)

    assert loaded.tables["orders"]["order_id"].tolist() == ["R1", "R2", "R3"]


def _fixed_column(name: str, kind: str, place: str, tag: str = "FixedColumn") -> str:
    return f"<{tag}><Name>{name}</Name>{kind}<FixedRange>{place}</FixedRange></{tag}>"


FIXED = (
    "<Table><URL>re.txt</URL><Name>Rechnungen</Name><OEM/><FixedLength>{length}"
    + _fixed_column("RechnungsNr", "<AlphaNumeric/>", "<From>1</From><To>4</To>", "FixedPrimaryKey")
    + _fixed_column("Vermerk", "<AlphaNumeric/>", "<From>5</From><Length>6</Length>")
    + _fixed_column("KundenNr", "<AlphaNumeric/>", "<From>11</From><To>14</To>")
    + _fixed_column("Datum", "<Date><Format>DDMMYYYY</Format></Date>", "<From>15</From><To>22</To>")
    + _fixed_column("Netto", "<Numeric><ImpliedAccuracy>2</ImpliedAccuracy></Numeric>", "<From>23</From><To>32</To>")
    + "</FixedLength></Table>"
)
_ROWS = ("R1  für   K-1 05012026    123450", "R2        K-2 06022026     10000", "R3        K-1 07032026     -3450")


@pytest.mark.parametrize(("length", "between"), [("", "\r\n"), ("", "\n"), ("<Length>32</Length>", "")])
def test_columns_of_fixed_width(tmp_path: Path, length: str, between: str) -> None:
    text = between.join((*_ROWS, "")).encode("cp850")
    files = _written({**FILES, "index.xml": _index(KUNDEN, FIXED.replace("{length}", length)), "re.txt": text})

    loaded = load(tmp_path, _client(), **files)

    orders = loaded.tables["orders"]
    assert orders["order_id"].tolist() == ["R1", "R2", "R3"]
    assert orders["customer_id"].tolist() == ["K-1", "K-2", "K-1"]
    assert orders["amount"].tolist() == [12_345_000, 1_000_000, -345_000]


ENTRIES = _table(
    "transactions.csv",
    "Buchungen",
    "".join(map(_column, ("Belegnummer", "Kundennummer", "Buchungsdatum", "Betrag", "Sollkonto", "Habenkonto"))),
)


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"index.xml": _index(KUNDEN, RECHNUNGEN)}, "names files of which none is there"),
        (
            {"index.xml": _index(ENTRIES), "transactions.csv": b"1;K-1;05.01.2026;119;1400;8400\r\n"},
            "holds entries with",
        ),
        (
            {"index.xml": _index(FIXED.replace("<From>1</From>", "")), "re.txt": b"R1"},
            "does not say how re.txt is written",
        ),
    ],
)
def test_what_holds_no_invoices_is_refused_with_the_way_out(tmp_path: Path, files: dict[str, bytes], told: str) -> None:
    found = problems(tmp_path, _client(), **_written(files))

    assert any(told in problem for problem in found)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("index.xml", b"<DataSet><Media/></DataSet>", "no table is described"),
        ("index.xml", b"<a", "no XML that can be read"),
        ("re.txt", b"R1;7;05.01.2026;1,00;x\r\n", "has 5 cells, where index.xml names 4 columns"),
    ],
)
def test_what_is_broken_is_refused(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    found = problems(tmp_path, _client(), **_written({**FILES, name: data}))

    assert any(told in problem for problem in found)


def test_an_index_is_recognised(tmp_path: Path) -> None:
    (tmp_path / "index.xml").write_bytes(FILES["index.xml"])

    found = recognise(tmp_path / "index.xml")

    assert found is not None
    assert found.format == "gdpdu"
