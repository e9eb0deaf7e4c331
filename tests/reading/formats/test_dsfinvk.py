"""Exports of tills (DSFinV-K): receipts net of tax, worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retention_reports.reading.formats.known_formats import recognise_bytes
from tests.support.folders import load, problems
from tests.support.till_files import receipt, till_index, till_table

if TYPE_CHECKING:
    from pathlib import Path

CLIENT = 'name = "Client"\nunknown_customers = "unassigned"\nunassigned_up_to = 1.0\n' + "".join(
    f'[files.{table}]\nformat = "dsfinv-k"\npath = "exports/kasse"\n'
    for table in ("customers", "orders", "order_lines", "products")
)
RECEIPTS = [
    receipt("1", KUNDE_ID="C1", KUNDE_NAME="Wirt Alt"),
    receipt("2"),
    receipt("3", KUNDE_ID="C2", KUNDE_NAME="Neu", end="2026-01-31T23:30:00Z"),
    receipt("4", BON_TYP="AVBestellung", KUNDE_ID="C1"),
    receipt("5", BON_TYP="AVTraining", KUNDE_ID="C1"),
    receipt("6"),
]
TAXES = [
    {"BON_ID": "1", "UST_SCHLUESSEL": "1", "BON_BRUTTO": "119,00", "BON_NETTO": "100,00"},
    {"BON_ID": "1", "UST_SCHLUESSEL": "2", "BON_BRUTTO": "10,70", "BON_NETTO": "10,00"},
    {"BON_ID": "1", "UST_SCHLUESSEL": "5", "BON_BRUTTO": "2,00", "BON_NETTO": "2,00"},
    {"BON_ID": "2", "UST_SCHLUESSEL": "1", "BON_BRUTTO": "1.190,00", "BON_NETTO": "1.000,00"},
    {"BON_ID": "3", "UST_SCHLUESSEL": "2", "BON_BRUTTO": "53,50", "BON_NETTO": "50,00"},
    {"BON_ID": "4", "UST_SCHLUESSEL": "1", "BON_BRUTTO": "119,00", "BON_NETTO": "100,00"},
    {"BON_ID": "6", "UST_SCHLUESSEL": "5", "BON_BRUTTO": "-500,00", "BON_NETTO": "-500,00"},
]
ITEMS = {"A1": ("Fass", "Bier"), "A2": ("Brot", "Essen"), "": ("Bank, Trinkgeld", "")}
LINES = [
    {"BON_ID": number, "POS_ZEILE": place, "GV_TYP": case, "ART_NR": item}
    | {"ARTIKELTEXT": ITEMS[item][0], "WARENGR": ITEMS[item][1]}
    for number, place, case, item in (
        *(("1", "1", "Umsatz", "A1"), ("1", "2", "Umsatz", "A2"), ("1", "3", "TrinkgeldAN", "")),
        *(("2", "1", "Umsatz", "A1"), ("3", "1", "Umsatz", "A2"), ("6", "1", "Geldtransit", "")),
    )
]
LINE_TAXES = [
    {"BON_ID": number, "POS_ZEILE": place, "POS_NETTO": net}
    for number, place, net in (
        *(("1", "1", "100,00"), ("1", "2", "10,00"), ("1", "3", "2,00"), ("2", "1", "1.000,00")),
        *(("3", "1", "50,00"), ("6", "1", "-500,00")),
    )
]


def _files(
    receipts: list[dict[str, str]], taxes: list[dict[str, str]], references: list[dict[str, str]] | None = None
) -> dict[str, str | bytes | None]:
    tables = {"transactions": receipts, "transactions_vat": taxes, "lines": LINES, "lines_vat": LINE_TAXES}
    tables |= {"references": references or []}
    files = {f"exports/kasse/{name}.csv": till_table(name, rows) for name, rows in tables.items()}
    return {"customers": None, "orders": None, "exports/kasse/index.xml": till_index(tuple(tables)), **files}


def test_receipts_are_sales_and_tips_and_money_moved_are_none(tmp_path: Path) -> None:
    """Receipt 1 is 100.00 + 10.00 and a tip; 3 ends after midnight on the spot; 4 to 6 sell nothing."""
    loaded = load(tmp_path, CLIENT, **_files(RECEIPTS, TAXES))

    orders, lines = loaded.tables["orders"], loaded.tables["order_lines"]
    assert orders["order_id"].tolist() == ["K1 1 1", "K1 1 2", "K1 1 3"]
    assert orders["amount"].tolist() == [1_100_000, 10_000_000, 500_000]
    assert [str(day)[:10] for day in orders["ordered_on"]] == ["2026-01-05", "2026-01-05", "2026-02-01"]
    assert loaded.tables["customers"]["name"].tolist() == ["Wirt Alt", "Neu"]
    assert lines["amount"].sum() == orders["amount"].sum()
    assert dict(zip(loaded.tables["products"]["name"], loaded.tables["products"]["category"], strict=True)) == {
        "Fass": "Bier",
        "Brot": "Essen",
    }


def test_the_share_with_a_customer_is_told_on_the_first_page(tmp_path: Path) -> None:
    """160.00 of 1,160.00 are 13.8 %."""
    told = [str(one.on_first_page) for one in load(tmp_path, CLIENT, **_files(RECEIPTS, TAXES)).warnings]

    assert (
        "of 3 receipts 2 name a customer: 13.8 % of the revenue of 1160.00; the rest counts in total revenue alone"
        in told
    )


REFERENCE = {"BON_ID": "9", "REF_TYP": "Transaktion", "REF_Z_KASSE_ID": "K1", "REF_Z_NR": "1", "REF_BON_ID": "3"}


@pytest.mark.parametrize(
    ("mark", "net", "references", "revenue"),
    [
        ("1", "-50,00", [REFERENCE], 1_110),
        ("0", "-50,00", [REFERENCE], 1_110),
        ("1", "50,00", [REFERENCE], 1_110),
        ("1", "-50,00", [], 1_110),
        ("1", "50,00", [], 1_160),
        ("0", "-20,00", [REFERENCE], 1_140),
    ],
)
def test_cancellations_are_settled_however_the_till_tells_them(
    tmp_path: Path, mark: str, net: str, references: list[dict[str, str]], revenue: int
) -> None:
    """Receipt 9 takes back receipt 3 (50.00 of 1,160.00), or 20.00 of it, or was cancelled itself."""
    receipts = [*RECEIPTS, receipt("9", BON_STORNO=mark, KUNDE_ID="C2")]
    taxes = [*TAXES, {"BON_ID": "9", "UST_SCHLUESSEL": "2", "BON_NETTO": net}]

    loaded = load(tmp_path, CLIENT, **_files(receipts, taxes, references))

    assert loaded.tables["orders"]["amount"].sum() == revenue * 10_000


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (_files([receipt("1")], TAXES), "1 receipt, and it names no customer"),
        ({**_files(RECEIPTS, TAXES), "exports/kasse/transactions_vat.csv": None}, "lacks transactions_vat.csv"),
        (_files(RECEIPTS, [{"BON_ID": "1", "BON_NETTO": "viel"}]), '"viel" in transactions_vat.csv is no amount'),
    ],
)
def test_what_no_report_can_be_made_of_is_refused(
    tmp_path: Path, files: dict[str, str | bytes | None], told: str
) -> None:
    assert any(told in problem for problem in problems(tmp_path, CLIENT, **files))


def test_a_till_is_recognised_before_other_data_carriers() -> None:
    found = recognise_bytes(till_index())

    assert found is not None
    assert found.format == "dsfinv-k"
