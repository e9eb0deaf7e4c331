"""What the section on expectations says."""

from __future__ import annotations

import pytest

from retention_reports.analyses.expectations.expectation_analysis import expectations
from retention_reports.presentation.expectations.expectation_section import present_expectations
from tests.support.datasets import Row, dataset, orders
from tests.support.presenting import context, table_texts, tables, words

LEDGER = "anna 2026-05-01 100\nbernd 2026-05-01 50"


def _row(day: str, kind: str, **more: object) -> Row:
    nothing = {"score": "", "topic": "Delivery", "resolved_on": ""}
    return {"customer_id": "anna", "date": day, "kind": kind, **nothing, **more}


def _scores(year: int, score: int) -> list[Row]:
    return [_row(f"{year}-05-{day:02}", "survey", score=score - day % 2) for day in range(1, 13)]


OPEN = _row("2026-09-01", "complaint")


@pytest.mark.parametrize(
    ("language", "feedback", "headline"),
    [
        ("en", [*_scores(2025, 5), *_scores(2026, 9)],
         "Satisfaction rose from 4.5 to 8.5 in twelve months; no complaint is open."),
        ("de", [*_scores(2025, 9), *_scores(2026, 5), OPEN],
         "Die Zufriedenheit fiel in zwölf Monaten von 8,5 auf 4,5; eine Reklamation ist offen."),
        ("en", [*_scores(2025, 7), *_scores(2026, 7), OPEN, OPEN],
         "Satisfaction is at 6.5 of 10, with no change that can be shown; 2 complaints are open."),
        ("de", _scores(2026, 7), "Die Zufriedenheit liegt bei 6,5 von 10; keine Reklamation ist offen."),
        ("en", [OPEN], "One complaint is open."),
    ],
)  # fmt: skip
def test_the_headline_covers_every_case(language: str, feedback: list[Row], headline: str) -> None:
    data = dataset(orders(LEDGER), quarter="2026-Q3", tables={"feedback": feedback})

    view = present_expectations(context(data, expectations(data), language=language))

    assert view.headline == headline
    assert "{" not in words(view)


def test_open_complaints_say_whether_one_may_write() -> None:
    customers: list[Row] = [{"customer_id": "anna", "email_permission": "no", "sales_rep": "Vogt"}]
    data = dataset(orders(LEDGER), quarter="2026-Q3", customers=customers, tables={"feedback": [OPEN]})

    view = present_expectations(context(data, expectations(data)))

    assert table_texts(tables(view)["open-complaints"]) == [
        ["anna", "Delivery", "", "Vogt", "no", "01/09/2026", "29", "100"]
    ]


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_file_with_kinds_and_days_alone_is_enough(language: str) -> None:
    feedback: list[Row] = [{"customer_id": "anna", "date": "2026-09-01", "kind": "complaint"}]
    data = dataset(orders(LEDGER), quarter="2026-Q3", tables={"feedback": feedback})

    view = present_expectations(context(data, expectations(data), language=language))

    assert view.rows != ()
    assert len(view.missing) == 5


@pytest.mark.parametrize("language", ["de", "en"])
def test_without_a_file_the_section_only_says_what_is_missing(language: str) -> None:
    data = dataset(orders(LEDGER), quarter="2026-Q3")

    view = present_expectations(context(data, expectations(data), language=language))

    assert view.rows == ()
    assert len(view.missing) == 1
