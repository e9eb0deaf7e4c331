"""Each system's own layout, with rows of our own, comes to the total that was worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from retention_reports.cli import main
from retention_reports.model.money import in_cents
from retention_reports.pipeline import load_client

EXPORTS = Path(__file__).parent / "exports"
TOTALS = {
    "shopify_without_tax": "100.00",
    "shopify_tax_added": "100.00",
    "squarespace": "46.00",
    "xentral_132": "200.00",
    "xentral_rechnung": "120.00",
    "shopware5": "95.00",
    "sap_b1": "110.00",
    "zoho_books": "30.00",
    "weclapp": "80.00",
    "business_central": "1050.00",
    "jtl_wawi": "1000.00",
    "odoo": "100.00",
}
QUESTIONS = {
    "shopify_tax_included": "orders.tax",
    "shopware6": "orders.status.aa11",
    "xero": "orders.customer_id",
}
REFUSED = (("xentral_170",), ("etsy_without_buyer",), ("shopify_without_customer",), ("weclapp", "jtl_wawi"))


def run(tmp_path: Path, *systems: str) -> tuple[int, str]:
    paths = [str(EXPORTS / f"{system}.csv") for system in systems]
    result = CliRunner().invoke(main, ["new", "acme", *paths, "--data", str(tmp_path / "data"), "--yes"])
    return result.exit_code, result.output


@pytest.mark.parametrize("system", TOTALS)
def test_a_known_layout_comes_to_its_total(tmp_path: Path, system: str) -> None:
    code, output = run(tmp_path, system)
    assert code == 0, output
    orders = load_client(tmp_path / "data" / "acme").folder.tables["orders"]
    assert str(in_cents(int(orders.loc[orders["status"] == "completed", "amount"].sum()))) == TOTALS[system]


@pytest.mark.parametrize("system", QUESTIONS)
def test_what_a_layout_cannot_tell_is_asked(tmp_path: Path, system: str) -> None:
    code, output = run(tmp_path, system)
    assert code == 1
    assert f"--answer {QUESTIONS[system]}=" in output


@pytest.mark.parametrize("systems", REFUSED)
def test_a_layout_without_customers_and_two_systems_at_once_are_refused(
    tmp_path: Path, systems: tuple[str, ...]
) -> None:
    code, _ = run(tmp_path, *systems)
    assert code == 1
    assert not (tmp_path / "data").exists()
