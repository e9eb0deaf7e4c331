"""How long regular customers go on waiting, by hand."""

from __future__ import annotations

from datetime import date

import numpy as np

from retention_reports.analyses.forecast.waits import Regulars, Waits, days_ahead, next_purchase, regulars, waits
from retention_reports.model.ledger import NEVER
from tests.support.datasets import dataset, orders


def _there(waited: int, usual: float) -> Regulars:
    return Regulars(np.array([0]), np.array([0]), np.array([usual]), np.array([waited]))


def test_who_has_not_ordered_again_counts_as_still_waiting() -> None:
    # 30 had waited for nothing: ten ordered after 1 usual interval, ten have waited for 2 so far, ten ordered after 3.
    # After 1: 10 of 30. Who waits drops out; after 3 all ten who are left have ordered.
    ahead = np.array([1.0] * 10 + [2.0] * 10 + [3.0] * 10)
    came = np.array([True] * 10 + [False] * 10 + [True] * 10)

    days = days_ahead(Waits(np.zeros(30), ahead, came), _there(0, 7.0), (0.3, 0.34, 0.9))

    assert days[:, 0].tolist() == [7, 21, 21]


def test_a_share_that_is_never_reached_has_no_day() -> None:
    came = np.array([True] * 26 + [False] * 4)
    past = Waits(np.zeros(30), np.array([1.0] * 26 + [5.0] * 4), came)

    days = days_ahead(past, _there(0, 7.0), (0.5, 0.9))

    assert days[0, 0] == 7
    assert np.isnan(days[1, 0])


def test_fewer_than_thirty_waits_tell_nothing() -> None:
    past = Waits(np.zeros(29), np.ones(29), np.ones(29, dtype=bool))

    assert np.isnan(days_ahead(past, _there(0, 7.0), (0.5,))).all()


def test_waits_are_told_by_what_was_known() -> None:
    # Five purchase days, ten days apart, the last on 10 May; on 5 May five days had been waited.
    data = dataset(
        orders("a 2026-03-31 1\na 2026-04-10 1\na 2026-04-20 1\na 2026-04-30 1\na 2026-05-10 1"), quarter="2026-Q2"
    )
    then = date(2026, 5, 5)
    there, following = regulars(data.ledger, then), next_purchase(data.ledger, then)

    known = waits([(then, there, following)], date(2026, 6, 30))
    unknown = waits([(then, there, following)], date(2026, 5, 8))

    assert (there.waited.tolist(), there.usual.tolist()) == ([5], [10.0])
    assert (known.behind.tolist(), known.ahead.tolist(), known.came.tolist()) == ([0.5], [0.5], [True])
    assert (unknown.ahead.tolist(), unknown.came.tolist()) == ([0.3], [False])
    assert next_purchase(data.ledger, date(2026, 6, 1)).tolist() == [NEVER]


def test_the_intervals_of_drawn_customers_hold_four_times_of_five() -> None:
    # Waits are exponential with a mean of 20 days, one customer in twenty never orders again.
    generator = np.random.default_rng(3)
    ahead, stays = np.ceil(generator.exponential(20.0, 4000)), generator.random(4000) < 0.95
    past = Waits(np.zeros(2000), np.where(stays, ahead, 500.0)[:2000] / 20, stays[:2000])

    low, high = days_ahead(past, _there(0, 20.0), (0.1, 0.9))[:, 0]

    held = stays[2000:] & (ahead[2000:] >= low) & (ahead[2000:] <= high)
    assert abs(float(held.mean()) - 0.8) < 0.05
