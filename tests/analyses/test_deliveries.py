"""Promise and delivery, worked by hand."""

from __future__ import annotations

from retention_reports.analyses.deliveries import Outcome, deliveries
from retention_reports.model.figures import Missing, Rate, Unknown
from tests.support.datasets import Row, dataset

COLUMNS = ("order_id", "customer_id", "ordered_on", "amount", "status", "promised_on", "delivered_on")


def _orders(text: str) -> list[Row]:
    lines = [line.split() for line in text.strip().splitlines()]
    return [
        {name: "" if value == "-" else value for name, value in zip(COLUMNS, (str(number), *line), strict=True)}
        for number, line in enumerate(lines)
    ]


LEDGER = """
    early  2026-01-05 10 completed 2026-01-12 2026-01-10
    early  2026-04-10 10 completed 2026-04-20 2026-04-20
    late   2026-02-01 10 completed 2026-02-03 2026-02-08
    late   2026-05-10 10 completed 2026-05-12 2026-05-13
    old    2025-09-30 10 completed 2025-10-01 2025-10-09
    new    2026-09-01 10 completed 2026-09-03 2026-09-03
    open   2026-09-01 10 completed 2026-09-29 -
    soon   2026-09-01 10 completed 2026-09-30 2026-10-01
    back   2026-03-01 10 returned  2026-03-03 2026-03-04
    -      2026-03-01 10 completed 2026-03-03 2026-03-04
"""


def test_deliveries_are_early_on_time_or_late_and_followed_for_ninety_days() -> None:
    found = deliveries(dataset(_orders(LEDGER), quarter="2026-Q3"))

    # Early bought again on the 90th day after its delivery, late on the 91st; the order without customer is late, too.
    assert found.outcomes == (
        Outcome("early", 1, -2, Rate(1, 1)),
        Outcome("on_time", 2, 0, Rate(0, 1)),
        Outcome("late", 3, 7, Rate(0, 2)),
    )
    assert (found.delivered, found.mean_days, found.late) == (6, round(5 / 6, 6), Rate(3, 6))
    assert (found.kept_again, found.late_again) == (Rate(1, 2), Rate(0, 2))
    assert found.difference is not None
    assert found.difference[0] < 0 < found.difference[1]


def test_a_promise_that_has_passed_without_delivery_is_overdue() -> None:
    assert deliveries(dataset(_orders(LEDGER), quarter="2026-Q3")).overdue == 1


def test_without_both_days_nothing_can_be_compared() -> None:
    rows: list[Row] = [{name: value for name, value in row.items() if name != "promised_on"} for row in _orders(LEDGER)]
    found = deliveries(dataset(rows, quarter="2026-Q3"))

    assert (found.outcomes, found.overdue) == ((), None)
    assert found.missing[0] == Missing("delivered", Unknown.NO_COLUMN, "orders.promised_on")
    assert found.figures()["late"] is None


def test_without_a_delivery_in_the_last_year_nothing_is_said() -> None:
    found = deliveries(dataset(_orders("old 2024-01-01 10 completed 2024-01-02 2024-01-03"), quarter="2026-Q3"))

    assert found.missing[0].reason is Unknown.NO_ROWS
