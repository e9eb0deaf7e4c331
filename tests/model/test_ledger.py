"""The ledger's answers about any day."""

from __future__ import annotations

from tests.support.datasets import amount, dataset, day, orders


def test_yearly_value_is_the_revenue_up_to_the_last_purchase() -> None:
    ledger = """
        anna  2022-03-01  10
        anna  2022-03-02  20
        anna  2023-03-01  40
        anna  2023-05-01  -5
        bernd 2026-01-01   7
    """
    data = dataset(orders(ledger), quarter="2026-Q3")

    # Anna's last purchase is 1 March 2023: the year before it begins on 2 March 2022; the credit note came later.
    assert list(data.ledger.yearly_value(data.cut_off)) == [amount("60"), amount("7")]


def test_a_window_excludes_its_first_day_and_includes_its_last() -> None:
    data = dataset(orders("a 2026-03-31 1\na 2026-04-01 2\na 2026-06-30 4\na 2026-07-01 8"), quarter="2026-Q3")

    assert list(data.revenue_between(day("2026-03-31"), day("2026-06-30"))) == [amount("6")]
    assert list(data.ledger.bought_between(day("2026-04-01"), day("2026-06-29"))) == [False]


def test_purchase_days_count_a_day_once() -> None:
    data = dataset(orders("a 2026-03-31 1\na 2026-03-31 2\na 2026-04-01 4\nb 2026-08-01 1"), quarter="2026-Q3")

    assert list(data.ledger.purchase_days(data.cut_off)) == [2, 1]
    assert list(data.ledger.purchase_days(day("2026-03-31"))) == [1, 0]
