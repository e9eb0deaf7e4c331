"""What hangs on one customer: a third of the change and more, a fifth of a year's revenue and more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from retention_reports.analyses.revenue_bridge import revenue_bridge
from retention_reports.presentation.recommendations.dependence import dependence
from retention_reports.recommending.concentration import concentration
from retention_reports.recommending.kinds import Evidence, Kind
from retention_reports.recommending.results import Entry
from tests.support.datasets import dataset, orders
from tests.support.presenting import context

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset

SMALL = [f"c{number:02d}" for number in range(9)]


def _data(before: dict[str, int], now: dict[str, int], quarter: str = "2026-Q2") -> Dataset:
    """Nine customers of 10 in both quarters, and those named; a first order long ago makes the year before known."""
    told = [f"{name} {day} 10" for name in SMALL for day in ("2025-05-01", "2026-05-01")]
    told += [f"{name} 2025-05-02 {amount}" for name, amount in before.items()]
    told += [f"{name} 2026-05-02 {amount}" for name, amount in now.items()]
    return dataset(orders("\n".join(["c00 2023-01-02 1", *told])), quarter=quarter)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ({"x": 10}, {"x": 110}, ("x", "growth", 100, 100)),
        ({"x": 10, "y": 10, "z": 10}, {"x": 50, "y": 40, "z": 45}, ("x", "growth", 40, 105)),
        ({"x": 10, "y": 60}, {"x": 110, "y": 10}, ("x", "growth", 100, 50)),
        ({"x": 110}, {"x": 10}, ("x", "decline", -100, -100)),
        ({"x": 300, "y": 10}, {"x": 300, "y": 10}, ("x", "revenue", 300, 400)),
    ],
)
def test_the_largest_part_of_the_change_else_of_the_year_is_named(
    before: dict[str, int], now: dict[str, int], expected: tuple[str, str, int, int]
) -> None:
    data = _data(before, now)

    found = concentration(data, revenue_bridge(data), ())

    assert found is not None
    assert (found.customer_id, found.of, found.part / 10_000, found.whole / 10_000) == expected


def test_nothing_is_named_where_no_part_is_large_or_hardly_anybody_buys() -> None:
    spread = _data({}, dict.fromkeys(SMALL, 10))
    few = dataset(orders("a 2025-05-01 10\na 2026-05-01 90\nc 2023-01-02 1"), quarter="2026-Q2")

    assert [concentration(data, revenue_bridge(data), ()) for data in (spread, few)] == [None, None]


def test_the_sentence_joins_the_part_with_what_is_at_risk_there() -> None:
    data = _data({"x": 10, "y": 60}, {"x": 110, "y": 60})
    register = (
        Entry(Kind.SETTLE_COMPLAINT, "x", "x", None, Evidence.ASSUMED, "", date(2026, 8, 1), {"complaints": 2}),
        Entry(Kind.CONTACT, "x", "x", None, Evidence.ASSUMED, "", date(2026, 8, 1), {}),
    )

    english = "100% of the growth on the same quarter last year comes from one customer: x (€100)."
    german = "100\u00a0% des Zuwachses gegenüber dem Vorjahresquartal kommen von einem einzigen Kunden: x (100\u00a0€)."
    for language, sentence in (
        ("en", f"{english} 2 of their complaints are open."),
        ("de", f"{german} Bei ihm sind 2 Reklamationen offen."),
    ):
        plain = context(data, revenue_bridge(data), language=language)
        told = replace(plain, register=replace(plain.register, entries=register))
        found = dependence(told)

        assert found is not None
        assert found.text == sentence


def test_a_version_without_names_says_nothing_of_one_customer() -> None:
    data = _data({"x": 10}, {"x": 110})
    coded = replace(data, folder=replace(data.folder, client=replace(data.client, pseudonymised=True)))

    assert dependence(context(data, revenue_bridge(data))) is not None
    assert dependence(context(coded, revenue_bridge(coded))) is None


def test_without_that_customer_it_had_gone_the_other_way() -> None:
    data = _data({"x": 10, "y": 60}, {"x": 110, "y": 10})

    found = dependence(context(data, revenue_bridge(data)))

    assert found is not None
    assert found.text == "Without x (+€100) revenue would have fallen below the same quarter last year."
