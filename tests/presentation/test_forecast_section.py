"""What the section on the forecast says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from retention_reports.analyses.forecast.customer_base_results import (
    FitFailure,
    Method,
    ModelParameters,
    ModelPart,
)
from retention_reports.analyses.forecast.estimates import Estimate
from retention_reports.analyses.forecast.forecast_analysis import forecast
from retention_reports.analyses.forecast.maximum_likelihood import FitProblem
from retention_reports.analyses.forecast.next_order_results import NextOrders
from retention_reports.analyses.forecast.quarter_rules import Rule
from retention_reports.analyses.forecast.series_results import Candidate, PastQuarter, SeriesForecast
from retention_reports.model.client import Client
from retention_reports.model.figures import Missing, Rate, Unknown
from retention_reports.model.quarters import Quarter
from retention_reports.presentation.forecast.forecast_section import present_forecast
from retention_reports.presentation.view import Chart, FactStrip, Paragraphs
from tests.support.datasets import amount, dataset, orders
from tests.support.presenting import context, table_texts, tables, words

if TYPE_CHECKING:
    from retention_reports.analyses.forecast.forecast_results import Forecast
    from retention_reports.model.dataset import Dataset
    from retention_reports.presentation.view import Fact, SectionView

LEDGER = """
    anna    2024-01-10  100.00
    anna    2025-08-01   60.00
    anna    2025-11-01  200.00
    bernd   2025-11-02   70.00
    anna    2025-12-05  -20.00
    anna    2026-07-10   90.00
    bernd   2026-08-01   30.00
    clara   2026-08-02  500.00
"""
PARAMETERS = ModelParameters(0.2, 4.4, 0.8, 2.4, -9582.4, 6.25, 3.74, 15.44)
LANGUAGES = ("de", "en")


def _data(text: str = LEDGER, *, language: str = "en", history_complete: bool = True) -> Dataset:
    client = Client("test", "Test", language=language, history_complete=history_complete)
    return dataset(orders(text), quarter="2026-Q3", client=client)


def _view(found: Forecast, *, language: str = "en", data: Dataset | None = None) -> SectionView:
    return present_forecast(context(data or _data(language=language), found, language=language))


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _facts(view: SectionView) -> dict[str, Fact]:
    strips = [block for row in view.rows for block in row.blocks if isinstance(block, FactStrip)]
    return {_plain(fact.label): fact for strip in strips for fact in strip.facts}


def _chart(view: SectionView) -> Chart | None:
    return next((block for row in view.rows for block in row.blocks if isinstance(block, Chart)), None)


def _remarks(view: SectionView) -> list[str]:
    return [text for row in view.rows for block in row.blocks if isinstance(block, Paragraphs) for text in block.texts]


def _estimate(expected: str, low: str, high: str) -> Estimate:
    return Estimate(amount(expected), amount(low), amount(high))


def _past(quarter: str, expected: Estimate | str, actual: str) -> PastQuarter:
    said = Estimate(amount(expected), None, None) if isinstance(expected, str) else expected
    return PastQuarter(Quarter.parse(quarter), Rule.LAST, said, None, None, amount(actual))


def _candidate(rule: Rule, expected: str, error: float | None, weight: float) -> Candidate:
    return Candidate(rule, amount(expected), 0 if error is None else 5, error, error or 0.2, weight)


def _told(expected: str = "1100", before: str = "1000") -> Forecast:
    """A client that expects something against what came in the same quarter a year before."""
    past = (
        _past("2025-Q4", "900", before),
        _past("2026-Q3", _estimate("1000", "700", "1300"), "1200"),
    )
    candidates = (_candidate(Rule.DAMPED, "1110", 0.08, 0.75), _candidate(Rule.LAST, "1080", 0.1, 0.25))
    total = SeriesForecast(Quarter.parse("2026-Q4"), _estimate(expected, "800", "1400"), candidates, past)
    return replace(forecast(_data()), total=total)


def _with_total(found: Forecast, **changed: Any) -> Forecast:  # noqa: ANN401 -- fields of other types
    assert found.total is not None
    return replace(found, total=replace(found.total, **changed))


@pytest.mark.parametrize(
    ("language", "expected", "before", "sentence"),
    [
        ("en", "1100", "1000", ", 10.0% more than the €1,000 of a year before; "),
        ("en", "900", "1000", ", 10.0% less than the €1,000 of a year before; "),
        ("en", "1000", "1000", ", as in the same quarter a year before; "),
        ("en", "1000", "0", "About €1,000 is to be expected in quarter 4, 2026; "),
        ("de", "1100", "1000", ", 10,0 % mehr als die 1.000 € im Vorjahresquartal; "),
        ("de", "900", "1000", ", 10,0 % weniger als die 1.000 € im Vorjahresquartal; "),
        ("de", "1000", "1000", ", so viel wie im Vorjahresquartal; "),
    ],
)
def test_the_model_s_forecast_is_held_against_the_same_quarter_a_year_ago(
    language: str, expected: str, before: str, sentence: str
) -> None:
    assert sentence in _plain(_view(_told(expected, before), language=language).headline)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "No reliable forecast for quarter 4, 2026: €1,000 (€300 to €3,000)."),
        ("de", "Keine verlässliche Prognose für das 4. Quartal 2026: 1.000 € (300 € bis 3.000 €)."),
    ],
)
def test_a_forecast_too_wide_to_plan_with_says_so(language: str, sentence: str) -> None:
    found = _with_total(_told(), estimate=_estimate("1000", "300", "3000"))

    assert _plain(_view(found, language=language).headline) == sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_young_export_says_why_nothing_can_be_forecast_and_invents_no_number(language: str) -> None:
    data = _data("a 2026-05-01 10\na 2026-08-01 20\nb 2026-08-02 20", language=language, history_complete=False)

    view = _view(forecast(data), language=language, data=data)

    reason = {
        "de": "dafür müssten die Bestellungen weiter zurückreichen",
        "en": "the orders would have to reach further back",
    }
    assert view.headline.endswith(f": {reason[language]}.")
    assert (view.findings, view.key_figures, _chart(view)) == ((), (), None)
    assert any(reason[language] in sentence for sentence in view.missing)
    assert "{" not in words(view)


def test_a_forecast_without_an_interval_says_so() -> None:
    view = _view(_with_total(_told(), estimate=Estimate(amount("1100"), None, None)))

    assert _plain(view.headline) == (
        "For quarter 4, 2026 the forecast is €1,100; there are too few quarters yet to say how far it may miss."
    )
    assert view.findings == ()
    assert view.key_figures[0].note == ""


@pytest.mark.parametrize(
    ("rule", "language", "sentence"),
    [
        (Rule.DAMPED, "en", "over 5 past quarters of your own it missed by 8.0% on average, the best simple rule"),
        (Rule.LAST, "en", "“as in the last quarter”: over 5 past quarters of your own it missed by 8.0% on average."),
        (Rule.DAMPED, "de", "die beste einfache Regel („wie im letzten Quartal“) um 10,0 %"),
    ],
)
def test_it_is_said_which_rule_weighs_most_and_how_it_did(rule: Rule, language: str, sentence: str) -> None:
    candidates = [_candidate(rule, "1110", 0.08, 0.75)]
    candidates += [_candidate(Rule.LAST, "1080", 0.1, 0.25)] if rule is not Rule.LAST else []
    remarks = _remarks(_view(_with_total(_told(), candidates=tuple(candidates)), language=language))

    assert sentence in _plain(remarks[0])


def test_without_past_errors_it_is_said_that_nothing_was_compared() -> None:
    found = _with_total(_told(), candidates=(_candidate(Rule.LAST, "1080", None, 1.0),), past=())

    assert "too few past quarters to compare rules" in _remarks(_view(found))[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_in_the_running_stands_in_the_table_with_its_error(language: str) -> None:
    found = _with_total(_told(), candidates=tuple(_candidate(rule, "1000", 0.1, 1 / 11) for rule in Rule))

    table = tables(_view(found, language=language))["forecast-rules"]

    rows = table_texts(table)
    assert len({row[0] for row in rows}) == len(Rule)
    assert {_plain(row[2]) for row in rows} == {{"de": "10,0 %", "en": "10.0%"}[language]}
    assert _plain(table.total[-1].text) == {"de": "1.100", "en": "1,100"}[language]


def test_existing_and_new_customers_stand_beside_the_total() -> None:
    facts = _facts(_view(forecast(_data())))

    assert facts["From existing customers"].value
    assert facts["From new customers"].note.endswith("€285 each in their first quarter")


@pytest.mark.parametrize(
    ("interval", "note", "questions"),
    [
        (_estimate("1000", "700", "1300"), "€1,200 came, inside the interval (€700 to €1,300)", 0),
        (_estimate("1000", "900", "1100"), "€1,200 came, above the interval (€900 to €1,100)", 1),
        (_estimate("1000", "1250", "1300"), "€1,200 came, below the interval (€1,250 to €1,300)", 1),
        (Estimate(amount("1000"), None, None), "€1,200 came", 0),
    ],
)
def test_last_quarter_s_forecast_stands_beside_what_came(interval: Estimate, note: str, questions: int) -> None:
    view = _view(_with_total(_told(), past=(_past("2026-Q3", interval, "1200"),)))

    fact = _facts(view)["Would have been forecast for Q3 2026"]
    assert (fact.value, fact.note) == ("€1,000", note)
    assert len(view.agenda) == questions


def _orders_view(kept: Rate) -> SectionView:
    data = _data("\n".join((_buying_every(30, "soon", date(2026, 9, 5)), _buying_every(30, "late", date(2026, 8, 1)))))
    found = forecast(data)
    orders_due = (
        replace(order, earliest_on=date(2026, 10, 3), expected_on=date(2026, 10, 5), latest_on=date(2026, 10, 9))
        for order in found.next_orders.orders
    )
    due = NextOrders(tuple(orders_due), kept)
    return _view(replace(found, next_orders=due), data=data)


def test_days_of_next_orders_stand_beside_how_such_days_held() -> None:
    view = _orders_view(Rate(30, 40))

    assert _facts(view)["Next orders on time"].value == "30 of 40"
    assert _facts(view)["Next orders on time"].note.endswith("at past quarter ends: 75.0%; 80% should")
    table = tables(view)["forecast-orders"]
    assert [row[-3:] for row in table_texts(table)] == [["03/10/2026", "05/10/2026", "09/10/2026"]] * 2


@pytest.mark.parametrize("kept", [Rate(29, 40), Rate(35, 40), Rate(16, 19)])
def test_days_that_did_not_hold_are_not_told(kept: Rate) -> None:
    # 29 of 40 are 72.5 %, 35 of 40 are 87.5 %; of 19 too few were tested.
    view = _orders_view(kept)

    assert "Next orders on time" not in _facts(view)
    table = tables(view)["forecast-orders"]
    assert table.title.startswith("Regular customers who wait longer")
    assert [row[0] for row in table_texts(table)] == ["late"]
    assert len(table.columns) == 5


@pytest.mark.parametrize(
    ("outcomes", "title"),
    [
        ((("900", "800"), ("900", "700")), "In none of 2 quarters did more come than forecast, most recently €700"),
        ((("900", "950"), ("900", "700")), "In one of 2 quarters more came than forecast; most recently €700"),
        ((("900", "950"), ("900", "970")), "In 2 of 2 quarters more came than forecast; most recently €970"),
        ((("900", "950"),), "Q3 2026: €950 came, €900 would have been forecast"),
    ],
)
def test_the_chart_counts_how_often_more_came_than_forecast(outcomes: tuple[tuple[str, str], ...], title: str) -> None:
    quarters = ("2026-Q2", "2026-Q3")[-len(outcomes) :]
    history = tuple(_past(quarter, *pair) for quarter, pair in zip(quarters, outcomes, strict=True))

    chart = _chart(_view(_with_total(_told(), past=history)))

    assert chart is not None
    assert _plain(chart.title).startswith(title)
    assert chart.table is not None
    assert len(chart.table.rows) == len(outcomes)


def test_the_expected_quarter_has_a_hatched_interval_in_the_chart() -> None:
    with_interval = _chart(_view(_told()))
    without = _chart(_view(_with_total(_told(), estimate=Estimate(amount("1100"), None, None))))

    assert with_interval is not None
    assert without is not None
    assert "forecast-history-forecast" in with_interval.svg
    assert "forecast-history-forecast" not in without.svg


def test_a_chart_without_a_next_forecast_ends_with_what_came() -> None:
    nothing = _with_total(_told(), estimate=Estimate(None, None, None), candidates=())
    unknown = replace(nothing, missing=(Missing("method_total", Unknown.NO_EARLIER_REVENUE),))

    chart = _chart(_view(unknown))

    assert chart is not None
    assert ">actual<" in chart.svg
    assert "Q4" not in _plain(chart.svg).replace("Q4 2025", "")


def test_without_an_earlier_forecast_there_is_no_chart() -> None:
    assert _chart(_view(_with_total(_told(), past=()))) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_bad_fits_are_said_in_words(language: str) -> None:
    limits = ("rates_alike", "leaving_alike", "nobody_leaves", "values_alike", "customers_alike")
    told = _told()
    found = replace(
        told,
        lifetime_values=replace(told.lifetime_values, method=Method.MODEL),
        model=replace(PARAMETERS, limits=limits),
        fit_failures=(FitFailure(date(2026, 3, 31), ModelPart.VALUES, "at_bound"),),
    )

    _, text = _remarks(_view(found, language=language))

    assert text.count(".") >= 6
    assert {"de": "Kaufwerte ließ sich an die Daten bis 31. März 2026 nicht anpassen",
            "en": "purchase values could not be fitted to the data up to 31 March 2026"}[language] in text  # fmt: skip


@pytest.mark.parametrize("problem", list(FitProblem))
@pytest.mark.parametrize("part", list(ModelPart))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_a_failed_fit_has_words(language: str, part: ModelPart, problem: FitProblem) -> None:
    found = replace(_told(), fit_failures=(FitFailure(date(2026, 3, 31), part, str(problem)),))

    assert len(_remarks(_view(found, language=language))) == 2


def test_a_good_fit_and_a_model_not_used_need_no_remark() -> None:
    limited = replace(PARAMETERS, limits=("rates_alike",))

    assert len(_remarks(_view(_told()))) == 1
    assert len(_remarks(_view(replace(_told(), model=limited)))) == 1


def _buying_every(days: int, customer: str, last: date, times: int = 8) -> str:
    return "\n".join(f"{customer} {last - timedelta(days=days * back)} 50" for back in range(times))


def test_overdue_customers_come_first_the_longest_wait_in_usual_intervals_at_the_top() -> None:
    text = "\n".join(
        (
            _buying_every(30, "soon", date(2026, 9, 5)),
            _buying_every(30, "late", date(2026, 8, 1)),
            _buying_every(30, "latest", date(2026, 6, 1)),
            _buying_every(30, "sooner", date(2026, 9, 4)),
        )
    )
    data = _data(text)
    found = forecast(data)

    view = _view(replace(found, next_orders=replace(found.next_orders, kept=Rate(16, 20))), data=data)

    table = tables(view)["forecast-orders"]
    rows = table_texts(table)
    assert [row[0] for row in rows][:2] == ["latest", "late"]
    assert {row[0] for row in rows[2:]} == {"soon", "sooner"}
    # Usual: 30 days. From 1 August to 30 September are 60 days, 30 more than usual.
    assert rows[1][1:5] == ["not known", "01/08/2026", "30", "30"]
    assert rows[2][4] == "–"
    assert _facts(view)["Regular customers overdue"].value == "2 of 4"
    assert table.action.startswith("Call the overdue")


@pytest.mark.parametrize("language", LANGUAGES)
def test_lifetime_values_stand_by_pillar_and_by_customer(language: str) -> None:
    data = _data(language=language)
    view = _view(forecast(data), language=language, data=data)

    shown = tables(view)
    pillars = shown["forecast-pillars"]
    assert [row[1] for row in table_texts(pillars)] == ["1", "2", "0", "0"]
    assert pillars.total[1].text == "3"
    customers = shown["forecast-customers"]
    assert not customers.on_paper
    assert table_texts(customers)[0][0] == "anna"
    assert "{" not in words(view)


def test_nothing_is_ranked_by_the_chance_of_still_being_a_customer() -> None:
    columns = [column.label for column in tables(_view(forecast(_data())))["forecast-customers"].columns]

    assert columns == ["Customer", "status", "realised", "expected", "at least", "at most"]


def test_the_finding_weighs_the_difference_to_a_year_ago() -> None:
    (finding,) = _view(_told("1100", "1000")).findings

    assert finding.weight == amount("100")
