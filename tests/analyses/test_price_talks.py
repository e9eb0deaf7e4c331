"""What a price talk rests on, worked by hand on one customer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from retention_reports.analyses.prices.price_analysis import prices
from retention_reports.analyses.prices.price_results import Increase
from retention_reports.analyses.prices.talks import Followed, TalkFacts, TalkRecords
from retention_reports.model.figures import Rate
from tests.support.datasets import Row, amount, dataset, orders

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset

LEDGER = """
    anna   2024-11-10  100
    anna   2025-02-10  200
    anna   2025-10-20  300
    anna   2026-02-10  150
    bernd  2026-02-10   50
"""
MORE: list[Row] = [
    {"promised_on": "2024-11-20", "delivered_on": "2024-11-20", "cost": "10"},
    {"promised_on": "2025-02-20", "delivered_on": "2025-02-21", "cost": "20"},
    {"promised_on": "2025-10-30", "delivered_on": "2025-10-28", "cost": "210"},
    {},
    {},
]
FEEDBACK: list[Row] = [
    {"customer_id": "anna", "date": "2025-03-01", "kind": "complaint", "resolved_on": "2025-03-05"},
    {"customer_id": "anna", "date": "2026-03-01", "kind": "complaint"},
    {"customer_id": "anna", "date": "2026-04-01", "kind": "praise"},
    {"customer_id": "bernd", "date": "2026-04-01", "kind": "praise"},
]
CUSTOMERS: list[Row] = [
    {"customer_id": "anna", "price_fixed_until": "2026-12-31"},
    {"customer_id": "bernd", "price_fixed_until": "2026-09-30"},
]


def data() -> Dataset:
    rows = [{**order, **more} for order, more in zip(orders(LEDGER), MORE, strict=True)]
    changes = [{"date": "2026-01-01", "percent": "5"}]
    tables = {"feedback": FEEDBACK, "price_changes": changes}
    return dataset(rows, quarter="2026-Q3", customers=CUSTOMERS, tables=tables)


def test_good_moments_past_increases_and_margin_are_those_of_the_customer() -> None:
    # From 1 January 2026 on: 150 in 180 days, 200 in the same days of 2025. Last twelve months: 300 of known cost.
    assert TalkRecords(data()).facts(0) == TalkFacts(
        deliveries=Rate(2, 3),
        settled=Rate(1, 2),
        last_settled=date(2025, 3, 5),
        praise=1,
        revenue_before=amount("300"),
        margin=Rate(amount("90"), amount("300"), is_money=True),
        followed=(Followed(Increase(date(2026, 1, 1), 5.0), 180, amount("200"), amount("150")),),
    )


def test_what_no_file_tells_is_not_known() -> None:
    plain = dataset(orders(LEDGER), quarter="2026-Q3", history_complete=False)

    assert TalkRecords(plain).facts(0) == TalkFacts(None, None, None, None, None, None, ())


def test_an_agreement_counts_where_it_lasts_beyond_the_cut_off() -> None:
    sheets = {sheet.customer.customer_id: sheet for sheet in prices(data()).sheets}

    assert sheets["anna"].fixed_until == date(2026, 12, 31)
    assert sheets["bernd"].fixed_until is None
    assert sheets["anna"].figures()["fixed_until"] == "2026-12-31"
