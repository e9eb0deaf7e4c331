"""Prices, worked by hand: what happened after increases, and what the sheets rest on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from retention_reports.analyses.prices.price_analysis import prices
from retention_reports.analyses.prices.price_results import Prices, Stance, Verdict
from retention_reports.model.dataset import Dataset
from retention_reports.model.figures import Rate, Unknown
from retention_reports.model.quarters import Quarter
from tests.support.datasets import Row, amount, client_folder, dataset, orders
from tests.support.laws import assert_laws

QUARTER = Quarter.parse("2026-Q3")
PRODUCTS: list[Row] = [
    {"product_id": "paper", "name": "Paper", "category": "Office"},
    {"product_id": "soap", "name": "Soap", "category": "Wash"},
    {"product_id": "care", "name": "Care", "category": "Service", "kind": "service"},
]
LEDGER = """
    anna   2025-01-10  100.00
    bernd  2025-02-10  100.00
    clara  2025-01-20  200.00
    anna   2026-01-10   80.00
    clara  2026-01-20  220.00
"""
SOLD = [("1", "paper", 10), ("2", "paper", 10), ("3", "soap", 20), ("4", "paper", 8), ("5", "soap", 22)]
LINES: list[Row] = [
    {"order_id": order, "product_id": product, "quantity": quantity, "amount": str(quantity * 10)}
    for order, product, quantity in SOLD
]


def _prices(changes: list[Row], **tables: list[Row]) -> Prices:
    given = {"price_changes": changes, "order_lines": LINES, "products": PRODUCTS, **tables}
    return prices(dataset(orders(LEDGER), quarter="2026-Q3", tables=given))


def test_affected_customers_are_those_who_bought_the_category_before() -> None:
    effect = _prices([{"date": "2026-01-01", "percent": 5, "category": "Office"}]).increases[0]

    # Both windows are 180 days from 1 January: 2025 to 29 June 2025, 2026 to 29 June 2026.
    assert (effect.days, effect.interim) == (180, False)
    assert effect.affected is not None
    assert effect.unaffected is not None
    assert (effect.affected.customers, effect.affected.revenue_before, effect.affected.revenue_after) == (
        2,
        amount("200"),
        amount("80"),
    )
    assert (effect.affected.change, effect.affected.quantity_change) == (-0.6, -0.6)
    assert effect.affected.stopped == Rate(1, 2)
    assert (effect.unaffected.change, effect.unaffected.stopped) == (0.1, Rate(0, 1))
    assert effect.difference == pytest.approx(-0.7)
    assert effect.verdict is Verdict.TOO_FEW


def test_an_increase_on_one_product_concerns_its_buyers_alone() -> None:
    effect = _prices([{"date": "2026-01-01", "percent": 5, "product_id": "soap"}]).increases[0]

    assert effect.increase.product == "Soap"
    assert effect.affected is not None
    assert (effect.affected.customers, effect.affected.change) == (1, 0.1)


def test_an_increase_on_everything_has_nobody_to_compare_with() -> None:
    effect = _prices([{"date": "2026-01-01", "percent": 5}]).increases[0]

    assert effect.verdict is Verdict.NO_COMPARISON
    assert effect.affected is not None
    assert (effect.affected.customers, effect.affected.change) == (3, -0.25)
    assert (effect.unaffected, effect.difference, effect.interval) == (None, None, None)


def test_reductions_are_no_increases_and_the_newest_comes_first() -> None:
    found = _prices(
        [
            {"date": "2025-01-01", "percent": 3},
            {"date": "2026-01-01", "percent": 5},
            {"date": "2026-02-01", "percent": -5},
        ]
    )

    assert [entry.increase.day for entry in found.increases] == [date(2026, 1, 1), date(2025, 1, 1)]


@pytest.mark.parametrize(
    ("day", "days", "reason"),
    [("2026-07-03", 90, None), ("2026-07-04", 89, Unknown.NOT_YET_OBSERVED), ("2026-04-04", 180, None)],
)
def test_ninety_days_must_have_passed_and_a_younger_figure_is_interim(
    day: str, days: int, reason: Unknown | None
) -> None:
    effect = _prices([{"date": day, "percent": 5}]).increases[0]

    assert (effect.days, effect.interim, effect.reason) == (days, days < 180, reason)


def test_a_window_before_the_data_is_not_known() -> None:
    data = dataset(
        orders(LEDGER),
        quarter="2026-Q3",
        tables={"price_changes": [{"date": "2026-01-05", "percent": 5}]},
        history_complete=False,
    )

    assert prices(data).increases[0].reason is Unknown.BEFORE_START_OF_DATA


def test_a_clear_fall_against_clearly_unmoved_others_is_told() -> None:
    buyers = [("p", "paper", 40), ("s", "soap", 100)]
    ledger, lines, number = [], [], 0
    for letter, product, later in buyers:
        for customer in range(12):
            for year, value in ((2025, 100 + customer), (2026, later + customer)):
                number += 1
                ledger.append(f"{letter}{customer} {year}-03-01 {value}")
                lines.append({"order_id": str(number), "product_id": product, "quantity": 1, "amount": str(value)})
    data = dataset(
        orders("\n".join(ledger)),
        quarter="2026-Q3",
        tables={
            "price_changes": [{"date": "2026-01-01", "percent": 5, "category": "Office"}],
            "order_lines": lines,
            "products": PRODUCTS,
        },
    )
    effect = prices(data).increases[0]

    assert effect.verdict is Verdict.FELL_MORE
    assert effect.interval is not None
    assert effect.interval[0] <= (effect.difference or 0) <= effect.interval[1] < 0


FEEDBACK: list[Row] = [
    {"customer_id": "anna", "date": "2026-02-01", "kind": "survey", "score": 3},
    {"customer_id": "anna", "date": "2026-08-01", "kind": "survey", "score": 9},
    {"customer_id": "clara", "date": "2026-08-01", "kind": "complaint", "resolved_on": "2026-10-01"},
    {"customer_id": "clara", "date": "2025-08-01", "kind": "complaint", "resolved_on": "2025-08-05"},
]


def test_a_sheet_gathers_what_is_known_and_what_must_be_settled_first() -> None:
    found = _prices([], feedback=FEEDBACK).sheets

    # Bernd has not bought for more than a year. Clara's complaint was resolved after the cut-off: it is open.
    assert [(sheet.customer.customer_id, sheet.stance) for sheet in found] == [
        ("clara", Stance.SETTLE_FIRST),
        ("anna", Stance.READY),
    ]
    clara, anna = found
    assert (clara.complaints, clara.open_complaints, clara.score, clara.cautions) == (1, 1, None, ("open_complaint",))
    assert (clara.give, clara.take, clara.way) == ("settlement", "second_category", "in_person")
    assert (anna.score, anna.arguments, anna.cautions) == (9, ("satisfied",), ())


@pytest.mark.parametrize(
    ("late", "arguments", "cautions", "give"),
    [
        (0, ("reliable",), (), "price_guarantee"),
        (1, (), (), "price_guarantee"),
        (2, (), ("late_deliveries",), "delivery_promise"),
    ],
)
def test_deliveries_speak_for_or_against(
    late: int, arguments: tuple[str, ...], cautions: tuple[str, ...], give: str
) -> None:
    rows = orders("\n".join(f"a 2026-0{month}-01 10" for month in range(1, 6)))
    for number, row in enumerate(rows):
        row["promised_on"] = "2026-06-10"
        row["delivered_on"] = "2026-06-11" if number < late else "2026-06-10"
    data = dataset(rows, quarter="2026-Q3", customers=[{"customer_id": "a", "supplier_rank": "B"}])
    sheet = prices(data).sheets[0]

    assert (sheet.arguments, sheet.cautions, sheet.give) == (arguments, cautions, give)


def test_one_per_cent_is_a_hundredth_of_the_year() -> None:
    assert _prices([]).one_percent == amount("3")


def test_without_files_nothing_is_zero() -> None:
    figures = prices(dataset(orders(LEDGER), quarter="2026-Q3")).figures()

    assert (figures["sheets"], figures["settle_first_n"]) == (None, None)
    assert figures["missing"] == [
        {"key": "increases", "reason": "no_file: price_changes"},
        {"key": "sheets", "reason": "no_column: customers.supplier_rank"},
    ]


def test_later_rows_and_the_order_of_rows_change_nothing() -> None:
    start = date(2024, 1, 5)
    ledger = [f"c{number % 23} {start + timedelta(days=3 * number)} {10 + number % 7}" for number in range(330)]
    rows = orders("\n".join(ledger))
    lines: list[Row] = [
        {"order_id": str(number + 1), "product_id": ("paper", "soap")[number % 23 % 2], "quantity": 1, "amount": 5}
        for number in range(330)
    ]
    tables = {
        "price_changes": [
            {"date": "2025-06-01", "percent": 5, "category": "Office"},
            {"date": "2026-01-01", "percent": 4},
        ],
        "order_lines": lines,
        "products": PRODUCTS,
        "feedback": FEEDBACK,
    }
    folder = client_folder(rows, tables=tables)

    assert Dataset.at(folder, QUARTER).quarter == QUARTER
    assert_laws(folder, QUARTER, prices)
