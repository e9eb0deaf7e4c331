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
    ("shopify_without_tax",): "100.00",
    ("shopify_tax_added",): "100.00",
    ("shopify_tax_included",): "84.04",
    ("shopify_tax_included_refund",): "150.00",
    ("shopify_tax_added_refund", "shopify_customers"): "150.00",
    ("squarespace",): "46.00",
    ("woocommerce_analytics", "woocommerce_customers"): "120.50",
    ("woocommerce_plugin",): "150.00",
    ("magento",): "120.00",
    ("etsy",): "110.00",
    ("ebay",): "150.00",
    ("plentymarkets_complete",): "79.50",
    ("shopware5",): "95.00",
    ("shopware5_positions",): "120.50",
    ("xentral_132",): "200.00",
    ("xentral_rechnung",): "120.00",
    ("xentral_rechnung", "xentral_gutschrift"): "100.00",
    ("collmex",): "100.00",
    ("collmex", "collmex_customers"): "100.00",
    ("collmex_orders",): "135.00",
    ("sage_100",): "1100.00",
    ("kivitendo",): "118.00",
    ("sap_b1",): "110.00",
    ("zoho_books",): "30.00",
    ("xero",): "100.00",
    ("weclapp",): "80.00",
    ("business_central",): "1050.00",
    ("jtl_wawi",): "1000.00",
    ("odoo",): "100.00",
    ("odoo_invoices",): "79.50",
    ("pipedrive", "invoices"): "120.50",
    ("hubspot", "invoices"): "120.50",
    ("salesforce", "invoices"): "120.50",
    ("dynamics_sales", "invoices"): "120.50",
}
QUESTIONS = {
    "shopware6": "orders.status.aa11",
    "woocommerce_analytics": "orders.customer_id",
    "woocommerce_analytics_de": "orders.customer_id",
    "woocommerce_analytics_fr": "orders.customer_id",
    "woocommerce_analytics_es": "orders.customer_id",
    "odoo_labels": "orders.customer_id",
    "ebay_de": "orders.tax",
    "paypal": "orders.tax",
}
ANSWERED = {
    ("woocommerce_analytics", "orders.customer_id=Customer"): "120.50",
    ("woocommerce_analytics_de", "orders.customer_id=Kunde"): "120.50",
    ("woocommerce_analytics_fr", "orders.customer_id=Client"): "120.50",
    ("woocommerce_analytics_es", "orders.customer_id=Cliente"): "120.50",
    ("odoo_labels", "orders.customer_id=Customer"): "120.50",
    ("ebay_de", "orders.tax=gross:19"): "150.00",
    ("paypal", "orders.tax=gross:19"): "150.00",
}
REFUSED = (
    ("xentral_170",),
    ("xentral_gutschrift",),
    ("pipedrive",),
    ("shopify_customers",),
    ("etsy_without_buyer",),
    ("shopify_without_customer",),
    ("weclapp", "jtl_wawi"),
)


def run(tmp_path: Path, *systems: str, answer: str = "") -> tuple[int, str]:
    paths = [str(EXPORTS / f"{system}.csv") for system in systems]
    answers = ["--answer", answer] if answer else []
    result = CliRunner().invoke(main, ["new", "acme", *paths, *answers, "--data", str(tmp_path / "data"), "--yes"])
    return result.exit_code, result.output


def revenue(tmp_path: Path) -> str:
    orders = load_client(tmp_path / "data" / "acme").folder.tables["orders"]
    return str(in_cents(int(orders.loc[orders["status"] == "completed", "amount"].sum())))


@pytest.mark.parametrize("systems", TOTALS)
def test_a_known_layout_comes_to_its_total(tmp_path: Path, systems: tuple[str, ...]) -> None:
    code, output = run(tmp_path, *systems)
    assert code == 0, output
    assert revenue(tmp_path) == TOTALS[systems]


@pytest.mark.parametrize("asked", ANSWERED)
def test_an_answered_layout_comes_to_its_total(tmp_path: Path, asked: tuple[str, str]) -> None:
    code, output = run(tmp_path, asked[0], answer=asked[1])
    assert code == 0, output
    assert revenue(tmp_path) == ANSWERED[asked]


def test_offers_are_those_of_the_customers_of_that_name(tmp_path: Path) -> None:
    run(tmp_path, "pipedrive", "invoices")
    offers = load_client(tmp_path / "data" / "acme").folder.tables["offers"].set_index("offer_id")
    assert offers["state"].to_dict() == {"1": "won", "2": "lost"}, "the third is of nobody known"
    assert offers["customer_id"].to_dict()["1"] == "1"


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
