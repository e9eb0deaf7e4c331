"""Amounts with tax are told where another column shows the tax, whatever it is called and however it is rounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.folders import load, problems
from tests.support.spreadsheets import xlsx

if TYPE_CHECKING:
    from pathlib import Path

CLIENT = 'name = "Client"\nlanguage = "en"\n[files.orders.columns]\namount = "Total"\n'
HOLD_TAX = "hold the tax"


def _orders(other: str, *rows: tuple[str, str]) -> str:
    lines = [f"{row},K1,2026-01-05,{total},{value}" for row, (total, value) in enumerate(rows, start=1)]
    return "\n".join([f"order_id,customer_id,ordered_on,Total,{other}", *lines, ""])


@pytest.mark.parametrize("other", ["Tax", "MwSt", "USt-Betrag", "TVA", "Taxes", "btw"])
def test_the_amount_of_the_tax_beside_a_gross_total_is_told(tmp_path: Path, other: str) -> None:
    told = problems(tmp_path, CLIENT, orders=_orders(other, ("119.00", "19.00"), ("10.70", "0.70"), ("9.99", "1.60")))

    assert any(HOLD_TAX in line and f'"[Total] - [{other}]"' in line for line in told), told


@pytest.mark.parametrize("other", ["Netto", "Total HT", "Net amount", "Total excl tax"])
def test_a_net_amount_beside_a_gross_one_is_told(tmp_path: Path, other: str) -> None:
    told = problems(tmp_path, CLIENT, orders=_orders(other, ("119.00", "100.00"), ("10.70", "10.00")))

    assert any(HOLD_TAX in line and f'amount = "{other}"' in line for line in told), told


def test_a_gross_total_of_a_spreadsheet_is_told(tmp_path: Path) -> None:
    sheet = xlsx([["order_id", "customer_id", "ordered_on", "Total", "VAT"], ["1", "K1", "2026-01-05", 121.0, 21.0]])

    client = CLIENT.replace("[files.orders.columns]", '[files.orders]\npath = "o.xlsx"\n[files.orders.columns]')

    told = problems(tmp_path, client, orders=None, o___xlsx=sheet)

    assert any(HOLD_TAX in line for line in told), told


@pytest.mark.parametrize(
    ("other", "rows"),
    [
        ("Tax", [("100.00", "19.00"), ("10.00", "0.70")]),
        ("Tax", [("100.00", "0.00")]),
        ("Netto", [("100.00", "100.00")]),
        ("Tax", [("100.00", "")]),
    ],
    ids=["net amounts", "no tax", "both net", "empty"],
)
def test_net_amounts_are_read_without_a_word(tmp_path: Path, other: str, rows: list[tuple[str, str]]) -> None:
    assert not load(tmp_path, CLIENT, orders=_orders(other, *rows)).warnings


@pytest.mark.parametrize("settled", ["tax_rate = 19", 'ignore = ["Tax"]'])
def test_what_is_settled_is_not_asked(tmp_path: Path, settled: str) -> None:
    client = f'name = "Client"\n[files.orders]\n{settled}\n[files.orders.columns]\namount = "Total"\n'

    assert not load(tmp_path, client, orders=_orders("Tax", ("119.00", "19.00"))).warnings


def test_a_column_that_is_called_gross_is_told_on_the_first_page(tmp_path: Path) -> None:
    client = CLIENT.replace("Total", "Bruttobetrag")
    orders = "order_id,customer_id,ordered_on,Bruttobetrag\n1,K1,2026-01-05,119.00\n"

    (warning,) = load(tmp_path, client, orders=orders).warnings

    assert warning.on_first_page is not None
    assert "Bruttobetrag" in warning.on_first_page.said_in("de")


@pytest.mark.parametrize(
    ("other", "rates"), [("MwSt-Satz", ("19", "7")), ("USt", ("19 %", "7 %")), ("Tax rate", ("0,19", "0.07"))]
)
def test_a_rate_beside_amounts_asks_whether_they_are_gross(tmp_path: Path, other: str, rates: tuple[str, str]) -> None:
    orders = _orders(other, ("119.00", f'"{rates[0]}"'), ("80.00", f'"{rates[1]}"'))

    (told,) = problems(tmp_path, CLIENT, orders=orders)

    assert f'stands a rate of tax, "{other}"' in told
    assert f'tax_rate_column = "{other}" under [files.orders]' in told
    settled = CLIENT.replace("[files.orders.columns]", f'[files.orders]\nignore = ["{other}"]\n[files.orders.columns]')
    assert not load(tmp_path, settled, orders=orders).warnings
    named_net = CLIENT.replace("Total", "Netto")
    assert not load(tmp_path, named_net, orders=orders.replace("Total", "Netto")).warnings


def test_a_rate_beside_prices_asks_whether_they_are_gross(tmp_path: Path) -> None:
    client = 'name = "Client"\n[files.orders]\nrows = "order_line"\n[files.orders.columns]\nunit_price = "Preis"\n'
    orders = (
        "order_id,customer_id,ordered_on,product_id,quantity,Preis,MwSt-Satz\n"
        "1,K1,2026-01-05,P1,2,119.00,19\n1,K1,2026-01-05,P2,1,80.00,7\n"
    )

    (told,) = problems(tmp_path, client, orders=orders)

    assert told.startswith("orders.csv:2:Preis: beside the amounts of the column")


def test_taxes_at_several_rates_in_one_amount_are_asked_about(tmp_path: Path) -> None:
    """226.00 holds 19.00 and 7.00; 226.00 net would be 26.00 at no usual rate either."""
    orders = _orders("Tax", ("226.00", "26.00"), ("345.00", "45.00"))

    (told,) = problems(tmp_path, CLIENT, orders=orders)

    assert "the two do not tell whether they hold it" in told
    assert 'amount = "[Total] - [Tax]" under' in told
    assert not load(tmp_path, CLIENT.replace("Total", "Net"), orders=orders.replace("Total", "Net")).warnings
