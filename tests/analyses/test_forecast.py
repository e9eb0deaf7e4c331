"""The forecast on small tables by hand, and on simulated clients where the model wins, loses, or may not compete."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from retention_reports.analyses.forecast.customer_base_results import (
    FitFailure,
    Method,
    ModelPart,
    Verdict,
)
from retention_reports.analyses.forecast.estimates import Estimate
from retention_reports.analyses.forecast.forecast_analysis import forecast
from retention_reports.analyses.forecast.quarter_rules import Rule
from retention_reports.model.client import Client
from retention_reports.model.figures import Missing, Rate, Unknown
from retention_reports.model.quarters import Quarter
from tests.support.datasets import amount, dataset, day, orders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.forecast.forecast_results import Forecast
    from retention_reports.analyses.forecast.series_results import SeriesForecast
    from retention_reports.model.dataset import Dataset
    from tests.support.datasets import Row

LEDGER = """
    anna    2024-01-10  100.00
    anna    2025-08-01   60.00
    anna    2025-11-01  200.00
    bernd   2025-11-02   70.00
    anna    2025-12-05  -20.00
    anna    2026-07-10   90.00
    bernd   2026-08-01   30.00
    clara   2026-08-02  500.00
    -       2025-11-09    8.00
"""


def _row(customer: str, bought_on: date, value: float) -> Row:
    return {
        "customer_id": customer,
        "ordered_on": bought_on.isoformat(),
        "amount": f"{value:.2f}",
        "status": "completed",
    }


def _numbered(rows: Sequence[Row]) -> list[Row]:
    return [{"order_id": str(number), **row} for number, row in enumerate(rows, start=1)]


def _buying(customers: int, since: date, days_between: float) -> list[Row]:
    """Customers won one after the other, each buying at an own rate and value until it leaves."""
    generator = np.random.default_rng(5)
    rows = []
    for number in range(customers):
        bought_on = since + timedelta(days=int(number * days_between))
        rate, level = generator.gamma(1.5) / 60, generator.gamma(3) * 40
        while bought_on < date(2027, 1, 1):
            rows.append(_row(f"c{number:03d}", bought_on, level * generator.gamma(5) / 5 + 1))
            if generator.random() < 0.05:
                break
            bought_on += timedelta(days=1 + int(generator.exponential(1 / rate)))
    return rows


@cache
def _growing() -> list[Row]:
    """A client that wins five customers a month and loses some: what came a year ago is too little."""
    return _numbered(_buying(200, date(2023, 1, 2), 6.5))


@cache
def _one_cohort() -> list[Row]:
    """A client that won all its customers in its first quarter."""
    return [row for row in _numbered(_buying(200, date(2024, 1, 2), 0.4)) if str(row["ordered_on"]) < "2025-04-01"]


@cache
def _seasonal() -> list[Row]:
    """A client whose customers buy the same on the same days every year, some of whom left long ago."""
    generator = np.random.default_rng(6)
    rows = []
    for number in range(160):
        days = np.sort(generator.choice(np.arange(1, 365), size=int(generator.integers(1, 9)), replace=False))
        level, last_year = generator.gamma(3) * 40 + 1, int(generator.choice([2022, 2023, 2026, 2026]))
        rows += [
            _row(f"c{number:03d}", date(year, 1, 1) + timedelta(days=int(place)), level * (1 + place / 400))
            for year in range(2022, last_year + 1)
            for place in days
        ]
    return _numbered(rows)


def _existing(found: Forecast) -> SeriesForecast:
    assert found.existing is not None
    return found.existing


def _total(found: Forecast) -> SeriesForecast:
    assert found.total is not None
    return found.total


@cache
def _growing_forecast() -> Forecast:
    return forecast(dataset(_growing(), quarter="2026-Q2"))


def _said(found: SeriesForecast) -> dict[Rule, float]:
    return {candidate.rule: candidate.expected for candidate in found.candidates}


def test_the_total_counts_everybody_in_whole_quarters() -> None:
    total = _total(forecast(dataset(orders(LEDGER), quarter="2026-Q3")))

    # July to September 2026: 90 + 30 + 500. The year before: 200 + 70 - 20 and 8 without a customer in its fourth.
    said = _said(total)
    assert (said[Rule.LAST], said[Rule.YEAR_AGO]) == (amount("620"), amount("258"))
    assert said[Rule.MEAN_OF_FOUR] == amount("219.50")
    # The data begins on 10 January 2024: that quarter is none, and two are needed before anything is said.
    assert str(total.past[0].quarter) == "2024-Q4"
    assert (str(total.quarter), total.past[-1].actual) == ("2026-Q4", amount("620"))


def test_existing_customers_bought_before_the_quarter_began() -> None:
    found = forecast(dataset(orders(LEDGER), quarter="2026-Q3"))

    # In the last quarter anna brought 90 and bernd 30; clara was new. A year before its successor anna alone: 180.
    said = _said(_existing(found))
    assert (said[Rule.LAST], said[Rule.YEAR_AGO]) == (amount("120"), amount("180"))
    assert found.repeat_buyers == 2


def test_new_customers_are_as_many_as_the_rules_expect_each_bringing_what_they_brought() -> None:
    found = forecast(dataset(orders(LEDGER), quarter="2026-Q3"))

    # In four quarters bernd and clara were new: 70 + 8 (no customer) + 500, of two.
    assert found.new is not None
    assert found.new.each == amount("289")
    assert found.new.expected == pytest.approx(found.new.customers * amount("289"), abs=1)


def test_a_client_without_enough_repeat_buyers_has_no_model_and_is_told_why() -> None:
    found = forecast(dataset(orders(LEDGER), quarter="2026-Q3"))

    assert (found.model, found.comparison, found.fit_failures) == (None, None, ())
    assert Rule.MODEL not in _said(_total(found))
    assert Missing("model", Unknown.TOO_FEW, "repeat_buyers") in found.missing


def test_a_young_export_tells_the_total_and_not_who_brings_it() -> None:
    rows = orders("a 2025-10-02 10\na 2026-02-01 10\na 2026-05-01 12\na 2026-08-01 20")
    found = forecast(dataset(rows, quarter="2026-Q3", history_complete=False))

    assert (found.existing, found.new) == (None, None)
    assert _total(found).estimate.expected is not None
    figures = found.figures()
    assert figures["method"] is None
    assert figures["next_quarter"] == {"quarter": "2026-Q4", "expected": None, "low": None, "high": None}
    missing = {entry.key for entry in found.missing}
    assert {"method", "next_quarter.expected", "last_quarter.expected", "next_quarter_new"} <= missing
    assert "method_total" not in missing


def test_one_whole_quarter_tells_nothing() -> None:
    rows = orders("a 2026-05-01 12\na 2026-08-01 20")
    found = forecast(dataset(rows, quarter="2026-Q3", history_complete=False))

    assert found.total is None
    assert Missing("method_total", Unknown.BEFORE_START_OF_DATA) in found.missing


def test_what_is_realised_is_known_of_all_and_nothing_is_expected_of_the_lost() -> None:
    ledger = """
        stays   2024-10-01  100
        stays   2026-05-01   40
        stays   2025-09-01   60
        leaves  2025-01-01   80
        gone    2025-08-01   30
        gone    2026-06-01   30
    """
    customers = [{"customer_id": "gone", "notice_on": "2026-06-20"}]
    found = forecast(dataset(orders(ledger), quarter="2026-Q2", customers=customers)).lifetime_values

    values = {entry.customer_id: (entry.realised, entry.expected.expected) for entry in found.customers}
    assert (found.method, found.years) == (Method.SIMPLE, 5.0)
    assert {customer: realised for customer, (realised, _) in values.items()} == {
        "stays": amount("200"),
        "leaves": amount("80"),
        "gone": amount("60"),
    }
    assert (values["leaves"][1], values["gone"][1]) == (None, None)
    pillars = {entry.pillar: (entry.customers, entry.realised) for entry in found.pillars}
    assert pillars == {"new": (0, 0), "loyal": (1, amount("200")), "won_back": (0, 0), "lost": (2, amount("140"))}


def test_the_model_values_customers_where_it_misses_less_than_the_year_before() -> None:
    found = _growing_forecast()

    assert found.verdict is Verdict.BETTER
    assert found.lifetime_values.method is Method.MODEL
    assert found.comparison is not None
    assert found.comparison.model_error < found.comparison.simple_error
    checked = {str(entry.quarter): entry for entry in _existing(found).past}
    pairs = [checked[str(quarter)] for quarter in found.comparison.quarters]
    assert sum(abs((entry.model or 0) - entry.actual) for entry in pairs) == found.comparison.model_error


def test_the_interval_surrounds_the_forecast_and_most_earlier_ones_held() -> None:
    found = _total(_growing_forecast())
    expected = found.estimate

    assert expected.low is not None
    assert expected.expected is not None
    assert expected.high is not None
    assert 0 < expected.low < expected.expected < expected.high
    assert found.coverage is not None
    assert found.coverage.n >= 8
    assert found.coverage.k / found.coverage.n >= 0.6


def test_a_report_tells_as_last_quarter_s_forecast_what_the_report_before_told() -> None:
    before, after = _growing_forecast(), forecast(dataset(_growing(), quarter="2026-Q3"))

    for series in (_total, _existing):
        told, now = series(before), series(after).past[-1]
        assert now.quarter == told.quarter
        assert now.rule is told.rule
        assert now.estimate.expected == pytest.approx(told.estimate.expected, rel=1e-5)


def test_last_year_leads_where_it_repeats_itself() -> None:
    found = forecast(dataset(_seasonal(), quarter="2026-Q2"))

    assert (found.verdict, found.lifetime_values.method) == (Verdict.NOT_BETTER, Method.SIMPLE)
    assert found.comparison is not None
    assert found.comparison.simple_error == 0 < found.comparison.model_error
    weights = {candidate.rule: candidate.weight for candidate in _total(found).candidates}
    assert weights[Rule.LAST] == 0
    assert weights[Rule.YEAR_AGO] > 0


def test_the_model_may_not_compete_before_last_year_s_quarters_are_known() -> None:
    rows = [row for row in _growing() if str(row["ordered_on"]) >= "2024-07-01"]
    found = forecast(dataset(rows, quarter="2026-Q2", history_complete=False))

    assert (found.lifetime_values.method, found.verdict) == (Method.SIMPLE, Verdict.NOT_COMPARABLE)


def test_where_nobody_was_a_customer_a_year_ago_the_simple_rule_says_nothing_and_loses() -> None:
    found = forecast(dataset(_one_cohort(), quarter="2025-Q1"))

    assert (found.lifetime_values.method, found.verdict) == (Method.MODEL, Verdict.BETTER)
    assert found.comparison is not None
    assert found.comparison.simple_error == sum(entry.actual for entry in _existing(found).past)


def test_a_failed_fit_is_said_and_the_other_rules_stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_base: object, cut_off: date, _near: object) -> FitFailure:
        return FitFailure(cut_off, ModelPart.PURCHASES, "not_converged")

    monkeypatch.setattr("retention_reports.analyses.forecast.spending_model.fit_spending_model", failing)
    found = forecast(dataset(_growing(), quarter="2026-Q2"))

    assert (found.verdict, found.model) == (Verdict.FIT_FAILED, None)
    assert Rule.MODEL not in _said(_total(found))
    assert _total(found).estimate.low is not None
    assert {"as_of": "2026-06-30", "part": "purchases", "problem": "not_converged"} in [
        failure.figures() for failure in found.fit_failures
    ]
    assert Missing("model", Unknown.FIT_FAILED, "not_converged") in found.missing


def test_one_time_buyers_have_no_chance_of_being_alive_to_be_ranked_by() -> None:
    values = _growing_forecast().lifetime_values
    data = dataset(_growing(), quarter="2026-Q2")
    bought_once = set(data.customers["customer_id"][data.ledger.purchase_days(data.cut_off) == 1])

    assert values.method is Method.MODEL
    assert bought_once == {entry.customer_id for entry in values.customers if entry.alive is None}


def test_of_who_gave_notice_nothing_is_expected() -> None:
    best = _growing_forecast().lifetime_values.customers[0]
    customers = [{"customer_id": best.customer_id, "notice_on": "2026-06-30"}]
    found = forecast(dataset(_growing(), quarter="2026-Q2", customers=customers))

    gone = next(entry for entry in found.lifetime_values.customers if entry.customer_id == best.customer_id)
    assert (best.expected.expected or 0) > 0
    assert (gone.expected, gone.alive) == (Estimate(None, None, None), 0.0)
    assert _said(_existing(found))[Rule.MODEL] < _said(_existing(_growing_forecast()))[Rule.MODEL]


def test_pillars_add_up_to_their_customers_and_lie_in_their_intervals() -> None:
    values = _growing_forecast().lifetime_values

    for pillar in values.pillars:
        members = [
            entry
            for entry in values.customers
            if entry.status.removesuffix("_repeat").removesuffix("_single") == pillar.pillar
        ]
        assert (pillar.customers, pillar.realised) == (len(members), sum(entry.realised for entry in members))
        assert (pillar.expected.expected or 0) == sum(entry.expected.expected or 0 for entry in members)
        assert (pillar.expected.low or 0) <= (pillar.expected.expected or 0) <= (pillar.expected.high or 0)
    for entry in values.customers:
        assert 0 <= (entry.expected.low or 0) <= (entry.expected.expected or 0)
        assert entry.expected.high is None or (entry.expected.expected or 0) <= entry.expected.high


def test_later_orders_and_the_order_of_rows_change_nothing() -> None:
    known = [row for row in _growing() if str(row["ordered_on"]) <= "2026-06-30"]
    assert len(known) < len(_growing())

    assert forecast(dataset(known, quarter="2026-Q2")).figures() == _growing_forecast().figures()
    mixed = list(reversed(_growing()))
    customers = [{"customer_id": f"c{number:03d}"} for number in range(200)]
    assert forecast(dataset(mixed, quarter="2026-Q2", customers=customers)).figures() == _growing_forecast().figures()


def test_money_in_another_unit_gives_the_same_forecast_in_that_unit() -> None:
    tenfold = [{**row, "amount": f"{float(str(row['amount'])) * 10:.2f}"} for row in _growing()]
    found, scaled = _growing_forecast(), forecast(dataset(tenfold, quarter="2026-Q2"))

    for series in (_total, _existing):
        assert series(scaled).rule is series(found).rule
        for name in ("expected", "low", "high"):
            told, tenfold_told = (getattr(series(each).estimate, name) for each in (found, scaled))
            assert tenfold_told == pytest.approx(10 * told, rel=1e-4)


def test_returns_and_credit_notes_lower_what_the_model_expects() -> None:
    returned = [
        {**row, "status": "returned" if number % 4 == 0 else "completed"} for number, row in enumerate(_growing())
    ]
    found = forecast(dataset(returned, quarter="2026-Q2"))

    kept = _said(_existing(found))[Rule.MODEL] / _said(_existing(_growing_forecast()))[Rule.MODEL]
    assert found.model is not None
    assert found.model.r == _growing_forecast().model.r  # type: ignore[union-attr]
    assert kept == pytest.approx(0.75, abs=0.08)


# --- next orders ---


def _every(customer: str, gap: int, times: int, last: date) -> list[Row]:
    return [_row(customer, last - timedelta(days=gap * back), 10) for back in range(times - 1, -1, -1)]


def _clockwork() -> Dataset:
    """Twelve customers who buy every ten days, one who is overdue, and one too new for a rhythm."""
    rows = [row for number in range(12) for row in _every(f"c{number}", 10, 120, date(2026, 6, 28 - number % 3))]
    rows += _every("rare", 10, 3, date(2026, 6, 20)) + _every("overdue", 10, 6, date(2026, 1, 1))
    return dataset(_numbered(rows), quarter="2026-Q2")


def test_regular_customers_have_a_usual_interval_and_are_told_who_is_overdue() -> None:
    due = {order.customer_id: order for order in forecast(_clockwork()).next_orders.orders}

    assert set(due) == {*(f"c{number}" for number in range(12)), "overdue"}
    assert (due["c0"].usual_days, due["c0"].last_on) == (10, day("2026-06-28"))


def test_days_are_told_where_three_to_four_of_five_intervals_held() -> None:
    found = _growing_forecast().next_orders

    assert found.kept == Rate(71, 92)
    # Of those who have waited for long too many never order again: they have no day.
    assert 10 < sum(order.expected_on is not None for order in found.orders) < len(found.orders) / 2


def test_intervals_that_always_held_were_too_wide_and_tell_no_day() -> None:
    found = forecast(_clockwork())

    # The overdue customer's interval of 31 December was the only one that did not hold.
    assert found.next_orders.kept == Rate(97, 98)
    assert {order.expected_on for order in found.next_orders.orders} == {None}
    assert Missing("next_orders", Unknown.INTERVALS_NOT_HELD) in found.missing


def test_too_few_past_intervals_tell_no_day() -> None:
    found = forecast(dataset(_numbered(_every("only", 10, 60, date(2026, 6, 28))), quarter="2026-Q2"))

    assert found.next_orders.kept is None
    assert Missing("next_orders", Unknown.TOO_FEW) in found.missing


def test_no_order_is_expected_in_the_past() -> None:
    for order in _growing_forecast().next_orders.orders:
        if order.expected_on is not None and order.earliest_on is not None and order.latest_on is not None:
            assert date(2026, 6, 30) < order.earliest_on <= order.expected_on <= order.latest_on


def test_the_horizon_is_the_client_s_customer_lifetime() -> None:
    shorter = Client("test", "Test", history_complete=True, customer_lifetime_years=2.0)
    found = forecast(dataset(_growing(), quarter="2026-Q2", client=shorter)).lifetime_values
    longer = _growing_forecast().lifetime_values

    assert (found.years, longer.years) == (2.0, 5.0)
    total = sum(entry.expected.expected or 0 for entry in found.customers)
    assert 0 < total < sum(entry.expected.expected or 0 for entry in longer.customers)


def test_a_fiscal_year_moves_the_quarters() -> None:
    client = Client("test", "Test", history_complete=True, fiscal_year_start_month=4)
    found = forecast(
        dataset(orders("a 2024-01-01 5\na 2025-08-01 10\na 2026-06-30 10"), quarter="2026-Q1", client=client)
    )

    # April to June 2026 is the first quarter; it brought 10, and July to September a year before 10.
    assert found.next_quarter == Quarter(2026, 2, 4)
    assert _said(_total(found))[Rule.LAST] == _said(_total(found))[Rule.YEAR_AGO] == amount("10")
