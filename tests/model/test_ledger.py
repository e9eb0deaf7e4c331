"""The ledger's answers about any day."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis.strategies import dates as days
from hypothesis.strategies import integers

from retention_reports.model.ledger import NEVER, day_number, months_before_each
from retention_reports.model.quarters import months_before
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


def test_a_ledger_as_it_was_on_a_day_knows_nothing_later() -> None:
    rows = "a 2026-03-31 1\na 2026-04-05 2\nb 2026-05-01 4\na 2026-06-30 8"
    whole = dataset(orders(rows), quarter="2026-Q2").folder.ledger
    then = whole.until(day("2026-04-30"))

    assert then.day_customers.tolist() == [0, 0]
    assert then.day_numbers.tolist() == [day_number(day("2026-03-31")), day_number(day("2026-04-05"))]
    assert then.first_purchase.tolist() == [day_number(day("2026-03-31")), NEVER]
    assert then.last_purchase(day("2026-06-30")).tolist() == [day_number(day("2026-04-05")), NEVER]
    assert then.purchase_days(day("2026-06-30")).tolist() == [2, 0]
    assert then.revenue.between(day("2026-03-01"), day("2026-06-30")).tolist() == [amount("3"), 0]
    everybody, on = np.arange(2), np.full(2, day_number(day("2026-04-01")))
    assert then.purchase_events.following(everybody, on, missing=NEVER).tolist() == [
        day_number(day("2026-04-05")),
        NEVER,
    ]
    assert then.purchase_events.following(everybody, on + 4, missing=NEVER).tolist() == [NEVER, NEVER]
    assert whole.last_purchase(day("2026-06-30")).tolist() == [
        day_number(day("2026-06-30")),
        day_number(day("2026-05-01")),
    ]


@given(days(date(1900, 1, 1), date(2200, 1, 1)), integers(1, 60))
def test_months_before_each_day_are_those_before_one(before: date, months: int) -> None:
    numbers = np.array([day_number(before), NEVER])

    assert months_before_each(numbers, months).tolist() == [day_number(months_before(before, months)), NEVER]
