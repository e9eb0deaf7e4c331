"""What the section on prices says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from retention_reports.analyses.prices.price_analysis import prices
from retention_reports.analyses.prices.price_results import BuyerGroup, Increase, IncreaseEffect, Prices, Verdict
from retention_reports.model.figures import Rate
from retention_reports.presentation.prices.price_section import present_prices
from tests.support.datasets import Row, dataset, orders
from tests.support.presenting import context, table_texts, tables, words

LEDGER = "anna 2025-05-01 100\nanna 2026-05-01 120\nbernd 2025-05-01 50\nbernd 2026-05-01 80"
OPEN: list[Row] = [
    {"customer_id": "anna", "date": "2026-09-01", "resolved_on": "", "kind": "complaint", "topic": "delivery"}
]


@pytest.mark.parametrize(
    ("language", "feedback", "headline"),
    [
        ("en", [{**OPEN[0], "kind": "praise"}],
         ("One per cent on all prices would bring €2 a year at unchanged volumes; at none of the 2 active customers "
         "does anything unsettled stand in the way.")),
        ("en", OPEN,
         ("One per cent on all prices would bring €2 a year at unchanged volumes; at one of 2 active customers "
         "something must be settled first.")),
        ("de", [*OPEN, {**OPEN[0], "customer_id": "bernd"}],
         ("Ein Prozent auf alle Preise brächte bei gleichen Mengen 2 € im Jahr; bei 2 von 2 aktiven Kunden ist "
         "vorher etwas zu klären.")),
    ],
)  # fmt: skip
def test_the_headline_covers_none_one_and_many(language: str, feedback: list[Row], headline: str) -> None:
    data = dataset(orders(LEDGER), quarter="2026-Q3", tables={"feedback": feedback})

    view = present_prices(context(data, prices(data), language=language))

    assert view.headline.replace("\N{NO-BREAK SPACE}", " ") == headline


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    "changes",
    [
        [{"date": "2026-01-01", "percent": 5}],
        [{"date": "2026-01-01", "percent": 5.5, "category": "Office"}],
        [{"date": "2026-09-01", "percent": 5}, {"date": "2026-06-01", "percent": 5}],
        [],
    ],
)
def test_every_increase_has_a_sentence(language: str, changes: list[Row]) -> None:
    lines: list[Row] = [{"order_id": "1", "product_id": "p", "amount": "100"}]
    products: list[Row] = [{"product_id": "p", "name": "Paper", "category": "Office"}]
    given: dict[str, list[Row]] = {"price_changes": changes, "order_lines": lines, "products": products}
    data = dataset(orders(LEDGER), quarter="2026-Q3", tables={**given, "feedback": OPEN})

    view = present_prices(context(data, prices(data), language=language))

    assert "{" not in words(view)
    assert bool(prices(data).missing) == (not changes)


def test_an_increase_of_which_too_few_were_affected_is_said_to_be_so() -> None:
    lines: list[Row] = [
        {"order_id": str(number), "product_id": product, "amount": "100"}
        for number, product in ((1, "p"), (2, "p"), (3, "q"), (4, "q"))
    ]
    products: list[Row] = [{"product_id": "p", "name": "Paper", "category": "Office"}]
    given: dict[str, list[Row]] = {
        "price_changes": [{"date": "2026-01-01", "percent": 5.5, "category": "Office"}],
        "order_lines": lines,
        "products": products,
        "feedback": OPEN,
    }
    data = dataset(orders(LEDGER), quarter="2026-Q3", tables=given)

    said = words(present_prices(context(data, prices(data))))

    assert "Jan 2026: Office +5.5%. Those affected +20%, others +60%: too few customers to compare." in said


def test_the_sheet_says_how_to_proceed() -> None:
    data = dataset(orders(LEDGER), quarter="2026-Q3", tables={"feedback": OPEN})

    row = table_texts(tables(present_prices(context(data, prices(data))))["price-sheets"])[0]

    assert row[:6] == [
        "anna", "–", "settle first, in person", "open complaint", "buys more than last year",
        "settlement for an annual agreement",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["de", "en"])
def test_without_any_file_the_section_only_says_what_is_missing(language: str) -> None:
    data = dataset(orders(LEDGER), quarter="2026-Q3")

    view = present_prices(context(data, prices(data), language=language))

    assert view.rows == ()
    assert len(view.missing) == 3


def _effect(verdict: Verdict, *, difference: float) -> IncreaseEffect:
    group = BuyerGroup(20, 100_0000, 110_0000, None, None, Rate(2, 20))
    return IncreaseEffect(
        Increase(date(2026, 1, 1), 5.0, "Office"),
        days=180,
        interim=False,
        affected=group,
        unaffected=replace(group, revenue_after=90_0000),
        difference=difference,
        interval=(difference - 0.05, difference + 0.05),
        stopped_interval=(-0.1, 0.1),
        verdict=verdict,
    )


@pytest.mark.parametrize(
    ("effects", "title", "sentence"),
    [
        ([_effect(Verdict.ROSE_MORE, difference=0.2)],
         "After no comparable increase did those affected buy less",
         "Those affected +10%, others −10%: a difference of +20 points (+15 to +25)."),
        ([_effect(Verdict.NO_DIFFERENCE, difference=0.02)],
         "After no comparable increase did those affected buy less",
         "no difference that can be shown (−3 to +7 points)."),
        ([_effect(Verdict.FELL_MORE, difference=-0.2)] * 2,
         "After 2 increases those affected bought less than others",
         "a difference of −20 points (−25 to −15)."),
    ],
)  # fmt: skip
def test_every_verdict_is_worded(effects: list[IncreaseEffect], title: str, sentence: str) -> None:
    data = dataset(orders(LEDGER), quarter="2026-Q3")
    result = Prices(tuple(effects), (), None, prepared=False, missing=())

    view = present_prices(context(data, result))

    assert title in words(view)
    assert sentence in words(view)
    assert view.headline.endswith("behind them.")


def test_goods_that_nobody_had_bought_affect_nobody() -> None:
    given: dict[str, list[Row]] = {
        "price_changes": [{"date": "2026-01-01", "percent": 5, "category": "Unsold"}],
        "order_lines": [{"order_id": "1", "product_id": "p", "amount": "100"}],
        "products": [{"product_id": "p", "name": "Paper", "category": "Office"}],
    }
    data = dataset(orders(LEDGER), quarter="2026-Q3", tables=given)

    assert "Nobody had bought the goods concerned" in words(present_prices(context(data, prices(data))))
