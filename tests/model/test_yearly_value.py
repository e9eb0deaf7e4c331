"""What a customer is worth a year."""

from __future__ import annotations

from fractions import Fraction

from retention_reports.model.client import Client
from retention_reports.model.figures import Rate
from retention_reports.model.retention import remaining_years
from retention_reports.model.yearly_value import times, yearly_value
from tests.support.datasets import Row, amount, dataset, orders


def _with_costs(text: str, costs: dict[str, str]) -> list[Row]:
    return [{**row, "cost": costs.get(str(row["order_id"]), "")} for row in orders(text)]


def test_the_year_ends_with_the_last_purchase_and_later_credits_do_not_count() -> None:
    ledger = "anna 2024-01-10 100\nanna 2024-01-11 40\nanna 2025-01-10 60\nanna 2025-02-01 -5"
    value = yearly_value(dataset(orders(ledger), quarter="2025-Q2"), dataset(orders(ledger), quarter="2025-Q2").cut_off)

    assert value.revenue.tolist() == [amount("100")]
    assert value.complete.tolist() == [True]


def test_an_order_of_unknown_cost_counts_in_no_margin_and_a_credit_takes_its_whole_amount() -> None:
    rows = _with_costs(
        "anna 2025-01-10 100\nanna 2025-01-11 50\nanna 2025-01-12 -10\nanna 2025-01-13 20", {"1": "60", "4": "5"}
    )
    data = dataset(rows, quarter="2025-Q2")
    value = yearly_value(data, data.cut_off)

    assert value.margin.tolist() == [amount("45")]
    assert (value.costed.tolist(), value.billed.tolist()) == ([amount("120")], [amount("170")])


def test_a_year_that_begins_before_the_data_is_not_complete() -> None:
    data = dataset(orders("anna 2024-06-01 1\nbernd 2025-06-01 1"), quarter="2025-Q2", history_complete=False)

    assert yearly_value(data, data.cut_off).complete.tolist() == [False, True]


def test_remaining_years_follow_from_the_retention_rate_or_the_client_s_assumption() -> None:
    data = dataset(orders("anna 2025-01-10 1"), quarter="2025-Q1", client=Client("t", "T", customer_lifetime_years=6.5))

    assert remaining_years(data, Rate(3, 4)) == 4
    assert remaining_years(data, Rate(4, 4)) == Fraction(13, 2)
    assert remaining_years(data, None) == Fraction(13, 2)
    assert (times(1, Fraction(1, 2)), times(-3, Fraction(1, 2))) == (1, -2)
