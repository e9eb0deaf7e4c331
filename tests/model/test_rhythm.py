"""The usual interval between purchases."""

from __future__ import annotations

from retention_reports.model.rhythm import usual_intervals
from tests.support.datasets import dataset, orders


def test_the_own_mean_gap_is_drawn_towards_the_client_s_median() -> None:
    # Gaps: anna 100 and 100, bernd 40; the median of 40, 100, 100 is 100.
    ledger = orders("""
        anna   2025-01-01  10
        anna   2025-04-11  10
        anna   2025-07-20  10
        bernd  2025-01-01  10
        bernd  2025-02-10  10
        clara  2025-03-01  10
    """)
    usual = usual_intervals(dataset(ledger, quarter="2025-Q4").ledger)

    assert usual is not None
    assert usual.tolist() == [100.0, (40 + 3 * 100) / 4, 100.0]


def test_nobody_is_expected_more_often_than_every_thirty_days() -> None:
    usual = usual_intervals(dataset(orders("anna 2025-01-01 10\nanna 2025-01-02 10"), quarter="2025-Q1").ledger)

    assert usual is not None
    assert usual.tolist() == [30.0]


def test_without_a_second_purchase_no_interval_is_known() -> None:
    assert usual_intervals(dataset(orders("anna 2025-01-01 10"), quarter="2025-Q1").ledger) is None
