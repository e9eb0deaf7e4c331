"""What customers are worth over their lifetime: what earlier ones brought, and what is extrapolated from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.analyses.forecast.forecast_analysis import forecast
from retention_reports.analyses.forecast.lifetime_value import retained_growth
from retention_reports.model.figures import Rate
from retention_reports.model.retention import retention_rate
from tests.support.datasets import amount, dataset, orders


def test_of_each_year_s_value_the_retained_share_remains_for_the_next() -> None:
    grown = retained_growth(Rate(1, 2), 3.0, 1.0)

    # 1 + 0.5 + 0.25 of the first year.
    assert grown.expected == 1.75
    assert grown.low < 1.75 < grown.high


@pytest.mark.parametrize("retention", [None, Rate(0, 0), Rate(4, 4)])
def test_where_nobody_is_known_to_leave_value_grows_with_the_time(retention: Rate | None) -> None:
    assert retained_growth(retention, 6.0, 3.0).expected == 2.0


@given(st.integers(0, 40), st.integers(0, 40), st.floats(1, 12), st.sampled_from([1.0, 3.0]))
def test_more_years_bring_no_less_and_no_more_than_in_proportion(
    stay: int, leave: int, years: float, told: float
) -> None:
    grown = retained_growth(Rate(stay, stay + leave), years, told)

    smaller, larger = sorted((1.0, years / told))
    assert smaller - 1e-9 <= grown.low <= grown.expected <= grown.high <= larger + 1e-9


def _customers() -> str:
    """Let three newcomers a quarter buy for 100 at once, and one of them for 30 in each of the five quarters after."""
    lines = []
    for place in range(20):
        for number in range(3):
            for age in range(6 if number == 0 else 1):
                at = place + age
                day = f"{2021 + at // 4}-{3 * (at % 4) + 2:02}-10"
                lines.append(f"c{place:02}{number} {day} {30 if age else 100}")
    return "\n".join(line for line in lines if line.split()[1] < "2026")


def test_newcomers_are_worth_what_those_before_them_brought_and_what_follows_from_it() -> None:
    data = dataset(orders(_customers()), quarter="2025-Q4")
    found = forecast(data).lifetime_values
    told = {(one.pillar, one.months): one for one in found.coming}
    new = next(one for one in found.pillars if one.pillar == "new")

    # One of three bought for 30 four times in its first year: 120 for the 300 of all three.
    assert told["new", 12].estimate.expected == amount("120")
    three = told["new", 36].estimate.expected or 0
    grown = retained_growth(retention_rate(data, data.year_ago, data.cut_off), found.years, 3.0)
    assert new.expected.expected == pytest.approx(three * grown.expected, abs=2)
    single = [one.expected.expected for one in found.customers if one.status == "new"]
    assert sum(amount or 0 for amount in single) == new.expected.expected


def test_of_the_lost_nothing_is_told() -> None:
    found = forecast(dataset(orders(_customers()), quarter="2025-Q4")).lifetime_values
    lost = next(one for one in found.pillars if one.pillar == "lost")

    assert lost.customers > 0
    assert lost.expected.expected is None
    assert all(one.expected.expected is None for one in found.customers if one.status == "lost")
