"""Expectations, worked by hand on small tables."""

from __future__ import annotations

import pytest

from retention_reports.analyses.expectations.expectation_analysis import expectations
from retention_reports.analyses.expectations.expectation_results import Expectation, Expectations, Scores
from retention_reports.analyses.expectations.voices import expectation
from retention_reports.model.figures import Rate
from retention_reports.model.quarters import Quarter
from tests.support.datasets import Row, amount, client_folder, dataset, orders
from tests.support.laws import assert_laws

QUARTER = Quarter.parse("2026-Q3")
LEDGER = """
    anna   2024-02-10  100.00
    anna   2026-08-01   80.00
    bernd  2026-06-01  150.00
    clara  2024-12-01   70.00
    dora   2024-11-15   70.00
"""
# Clara left on 1 December 2025 and dora on 15 November 2025, both twelve months after their only purchase.


def _row(customer: str, day: str, kind: str, **more: object) -> Row:
    return {"customer_id": customer, "date": day, "kind": kind, "topic": "", "resolved_on": "", "score": "", **more}


FEEDBACK = [
    _row("anna", "2026-09-01", "survey", score=9, topic="Delivery"),
    _row("anna", "2026-03-01", "survey", score=4, topic="Delivery"),
    _row("bernd", "2026-07-01", "survey", score=7, topic="Advice"),
    _row("bernd", "2026-07-10", "complaint", score=2, topic="Delivery", resolved_on="2026-07-20"),
    _row("anna", "2026-07-11", "complaint", topic="Delivery", resolved_on="2026-08-11"),
    _row("bernd", "2026-09-20", "complaint", topic="Delivery", resolved_on="2026-10-02"),
    _row("bernd", "2026-01-20", "praise", topic="Advice"),
    _row("clara", "2025-03-01", "survey", score=5, topic="Delivery"),
    _row("clara", "2025-02-01", "complaint", topic="Delivery"),
    _row("dora", "2024-10-01", "survey", score=10, topic="Advice"),
]


def _expectations() -> Expectations:
    return expectations(dataset(orders(LEDGER), quarter="2026-Q3", tables={"feedback": FEEDBACK}))


def test_scores_are_those_of_surveys_by_quarter() -> None:
    found = _expectations().quarters

    assert [str(entry.quarter) for entry in found][0::7] == ["2024-Q4", "2026-Q3"]
    last = found[-1]
    assert (last.scores, last.satisfied) == (Scores(2, 8.0), Rate(1, 2))
    # The complaint of 20 September was settled in October: at the cut-off it was open.
    assert (last.complaints, last.still_open, last.praise) == (3, 1, 0)


def test_the_last_year_is_compared_with_the_one_before_only_where_there_are_enough() -> None:
    found = _expectations().satisfaction

    assert found is not None
    assert found.now == Scores(3, 6.666667)
    assert found.before == Scores(2, 7.5)
    assert (found.comparable, found.direction) == (False, 0)


@pytest.mark.parametrize(("now", "direction"), [((9, 10), 1), ((1, 2), -1), ((5, 6), 0)])
def test_a_change_is_called_one_when_its_interval_excludes_zero(now: tuple[int, int], direction: int) -> None:
    rows = [_row("anna", f"2026-05-{day:02}", "survey", score=now[day % 2]) for day in range(1, 13)]
    rows += [_row("anna", f"2025-05-{day:02}", "survey", score=(5, 6)[day % 2]) for day in range(1, 13)]
    found = expectations(dataset(orders(LEDGER), quarter="2026-Q3", tables={"feedback": rows})).satisfaction

    assert found is not None
    assert found.interval is not None
    assert found.direction == direction


def test_topics_come_with_their_voices() -> None:
    found = _expectations().topics

    assert [
        (topic.name, topic.voices, topic.complaints, topic.complaints_before, topic.praise, topic.scores.now)
        for topic in found
    ] == [
        ("Delivery", 5, 3, 1, 0, Scores(2, 6.5)),
        ("Advice", 2, 0, 0, 1, Scores(1, 7.0)),
    ]


@pytest.mark.parametrize(
    ("complaints", "praise", "voices", "expected"),
    [
        (0, 5, 9, Expectation.TOO_FEW),
        (2, 0, 10, Expectation.UNMET),
        (2, 2, 10, Expectation.TAKEN_FOR_GRANTED),
        (1, 0, 10, Expectation.TAKEN_FOR_GRANTED),
        (2, 3, 10, Expectation.EXCEEDED),
        (0, 0, 10, Expectation.TAKEN_FOR_GRANTED),
    ],
)
def test_a_topic_is_exceeded_granted_or_unmet(complaints: int, praise: int, voices: int, expected: Expectation) -> None:
    assert expectation(complaints, praise, voices) is expected


def test_settlement_is_judged_after_fourteen_days() -> None:
    found = _expectations().resolution

    # The last year's complaints: settled after 10 and 31 days, and one ten days old that is open.
    assert found is not None
    assert (found.in_time, found.settled, found.median_days, found.unsettled) == (Rate(1, 2), 2, 20.5, 2)


def test_open_complaints_are_listed_largest_customer_first() -> None:
    found = _expectations().open_complaints

    assert [(entry.customer.customer_id, entry.customer.revenue, entry.topic) for entry in found] == [
        ("bernd", amount("150"), "Delivery"),
        ("clara", 0, "Delivery"),
    ]


def test_leavers_count_with_their_last_score_of_the_year_before_they_left() -> None:
    found = _expectations().farewell

    # Clara's 5 lies nine months before she left, dora's 10 more than a year.
    assert found is not None
    assert (found.leavers, found.leavers_dissatisfied) == (Scores(1, 5.0), Rate(1, 1))
    assert (found.stayers, found.stayers_dissatisfied) == (Scores(2, 8.0), Rate(0, 2))
    assert found.interval is None


def test_promises_are_kept_on_the_promised_day_at_the_latest() -> None:
    rows = orders("a 2026-06-01 10\na 2026-06-02 10\na 2026-06-03 10\na 2025-06-03 10")
    for row, delivered in zip(rows, ("2026-06-09", "2026-06-11", "", "2025-06-03"), strict=True):
        row.update({"promised_on": "2026-06-10", "delivered_on": delivered})

    assert expectations(dataset(rows, quarter="2026-Q3")).promises == Rate(1, 2)


def test_segments_stand_from_the_least_satisfied_and_those_without_a_score_last() -> None:
    customers: list[Row] = [
        {"customer_id": "anna", "segment": "Trade"},
        {"customer_id": "bernd", "segment": "Home"},
        {"customer_id": "emil", "segment": "Silent"},
    ]
    data = dataset(
        orders(f"{LEDGER}\nemil 2026-06-01 10"), quarter="2026-Q3", customers=customers, tables={"feedback": FEEDBACK}
    )
    found = expectations(data).segments

    assert [(entry.name, entry.scores.now.mean, entry.complaining) for entry in found] == [
        ("Trade", 6.5, Rate(1, 1)),
        ("Home", 7.0, Rate(1, 1)),
        ("Silent", None, Rate(0, 1)),
    ]


def test_without_a_file_nothing_is_zero() -> None:
    figures = expectations(dataset(orders(LEDGER), quarter="2026-Q3")).figures()

    assert (figures["satisfaction"], figures["resolution"], figures["open_complaints"]) == (None, None, None)
    assert figures["missing"] == [{"key": "all", "reason": "no_file: feedback"}]


def test_a_file_without_the_day_of_settlement_cannot_tell_what_is_open() -> None:
    rows: list[Row] = [{"customer_id": "anna", "date": "2026-09-01", "kind": "complaint"}]
    found = expectations(dataset(orders(LEDGER), quarter="2026-Q3", tables={"feedback": rows}))

    assert (found.resolution, found.open_complaints) == (None, ())
    assert [entry.key for entry in found.missing] == ["satisfaction", "topics", "resolution"]


def test_later_rows_and_the_order_of_rows_change_nothing() -> None:
    many = [
        _row(("anna", "bernd", "clara")[number % 3], f"{2025 + number % 2}-0{1 + number % 8}-1{number % 10}", "survey",
             score=number * 7 % 11, topic=("Price", "Advice")[number % 2])
        for number in range(60)
    ]  # fmt: skip
    assert_laws(client_folder(orders(LEDGER), tables={"feedback": [*FEEDBACK, *many]}), QUARTER, expectations)
