"""The early warning's back-test, and what must always hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_reports.analyses.early_warning.back_test import Trial, added_log_odds
from retention_reports.analyses.early_warning.early_warning_analysis import early_warning
from retention_reports.analyses.early_warning.logistic import PENALTY
from retention_reports.analyses.early_warning.signals import signal_board
from retention_reports.model.figures import Rate, Unknown
from tests.support.datasets import Row, dataset, orders

if TYPE_CHECKING:
    from random import Random


def _monthly(customer: str, first: date, last: date) -> str:
    days = range(0, (last - first).days + 1, 30)
    return "\n".join(f"{customer} {first + timedelta(days=day)} 10" for day in days)


def test_the_flagged_of_earlier_quarters_are_followed_into_the_next() -> None:
    ledger = "\n".join(
        [
            _monthly("stays", date(2025, 1, 1), date(2026, 9, 30)),
            _monthly("went", date(2025, 1, 1), date(2026, 1, 5)),
            _monthly("back", date(2025, 1, 1), date(2026, 1, 5)),
            "back 2026-08-01 10",
        ]
    )
    found = early_warning(dataset(orders(ledger), quarter="2026-Q3"))

    # Silent since 27 December: flagged on 31 March (nobody buys in spring) and on 30 June (one buys in summer).
    assert [(str(one.quarter), one.flagged, one.unflagged) for one in found.back_test] == [
        ("2026-Q2", Rate(1, 2), Rate(1, 1)),
        ("2026-Q1", Rate(0, 2), Rate(1, 1)),
    ]
    assert found.power[0].flagged == Rate(1, 4)
    assert found.power[0].verdict == "too_few"


def _crowd(flagged_return: int, unflagged_return: int) -> list[Row]:
    lines = []
    for number in range(20):
        quiet, regular = f"q{number:02}", f"r{number:02}"
        lines += [f"{quiet} 2026-0{month}-01 10" for month in (1, 2)]
        lines += [f"{regular} 2026-0{month}-0{day} 10" for month, day in ((1, 1), (2, 1), (3, 1), (3, 9), (6, 9))]
        lines += [f"{quiet} 2026-07-10 10"] * (number < flagged_return)
        lines += [f"{regular} 2026-07-10 10"] * (number < unflagged_return)
    return orders("\n".join(lines))


def test_a_signal_tells_apart_only_where_the_interval_excludes_zero() -> None:
    strong = early_warning(dataset(_crowd(2, 18), quarter="2026-Q3")).power
    weak = early_warning(dataset(_crowd(9, 11), quarter="2026-Q3")).power

    assert {one.key: one.verdict for one in strong}["rhythm_broken"] == "tells_apart"
    assert {one.key: one.verdict for one in weak}["rhythm_broken"] == "no_power"
    assert {one.key: one.verdict for one in weak}["order_value_falling"] == "too_few"


def test_a_signal_is_compared_only_with_those_who_could_show_it() -> None:
    offers: list[Row] = [
        {"offer_id": name, "customer_id": name, "offered_on": "2026-06-01", "amount": "1", "state": "open"}
        for name in ("late", "soon", "none")
    ]
    due = {"late": "2026-06-15", "soon": "2026-08-15", "none": ""}
    rows = [{**row, "decision_due_on": due[str(row["customer_id"])]} for row in offers]
    ledger = "late 2026-06-01 10\nsoon 2026-06-01 10\nsoon 2026-08-01 10\nnone 2026-06-01 10\nother 2026-06-01 10"
    power = early_warning(dataset(orders(ledger), quarter="2026-Q3", tables={"offers": rows})).power
    found = {one.key: one for one in power}["offer_overdue"]

    assert (found.flagged, found.unflagged) == (Rate(0, 1), Rate(1, 1))


def test_a_quarter_that_could_not_show_a_sign_tells_nothing_of_it() -> None:
    now = dataset(_crowd(2, 18), quarter="2026-Q2")
    board = signal_board(now, now.product_lines)
    size = len(board.active)
    seen = Trial(now.quarter, board, np.zeros(size, dtype=bool), np.full(size, 0.25))
    findings = {key: found for key, found in board.findings.items() if key != "rhythm_broken"}
    blind = replace(seen, board=replace(board, findings=findings))

    # 20 flagged, of whom 15 were expected and none bought: one Newton step of 15 / (20 x 3/16 + penalty).
    assert added_log_odds("rhythm_broken", [seen]) == pytest.approx(15 / (20 * 3 / 16 + PENALTY))
    assert added_log_odds("rhythm_broken", [seen, blind]) == added_log_odds("rhythm_broken", [seen])


def test_before_the_first_purchase_there_is_nothing_to_test() -> None:
    found = early_warning(dataset(orders("anna 2026-06-01 10\nanna 2026-09-01 10"), quarter="2026-Q3"))

    assert [str(one.quarter) for one in found.back_test] == ["2026-Q2"]
    assert {one.key: one.reason for one in found.missing}["back_test.2026-Q1"] is Unknown.BEFORE_START_OF_DATA


entries = st.lists(
    st.tuples(
        st.sampled_from(["anna", "bernd", "clara"]), st.dates(date(2025, 1, 1), date(2026, 6, 30)), st.integers(1, 500)
    ),
    min_size=2,
    max_size=25,
)


def _tables(rows: list[Row]) -> dict[str, list[Row]]:
    lines: list[Row] = [
        {"order_id": row["order_id"], "product_id": f"p{index % 3}", "amount": row["amount"]}
        for index, row in enumerate(rows)
    ]
    products: list[Row] = [{"product_id": f"p{one}", "name": f"P{one}", "category": f"C{one % 2}"} for one in range(3)]
    feedback: list[Row] = [
        {"customer_id": row["customer_id"], "date": row["ordered_on"], "kind": "complaint", "resolved_on": "2026-04-15"}
        for row in rows[::4]
    ]
    return {"order_lines": lines, "products": products, "feedback": feedback}


@settings(max_examples=25, deadline=None)
@given(entries, st.randoms(use_true_random=False))
def test_rows_of_later_days_and_their_order_change_no_figure(
    bought: list[tuple[str, date, int]], random: Random
) -> None:
    rows = orders("anna 2025-01-01 5\n" + "\n".join(f"{who} {on} {value}" for who, on, value in bought))
    customers: list[Row] = [{"customer_id": name} for name in ("anna", "bernd", "clara", "zoe")]
    tables = _tables(rows)
    expected = early_warning(dataset(rows, quarter="2026-Q2", customers=customers, tables=tables)).figures()
    later: list[Row] = [{**orders("zoe 2026-07-01 10")[0], "order_id": "later"}]
    shuffled = {name: random.sample(table, len(table)) for name, table in tables.items()}
    shuffled["feedback"] += [{"customer_id": "anna", "date": "2026-07-02", "kind": "complaint"}]
    data = dataset([*random.sample(rows, len(rows)), *later], quarter="2026-Q2", customers=customers, tables=shuffled)

    assert early_warning(data).figures() == expected


@settings(max_examples=25, deadline=None)
@given(entries)
def test_the_back_test_flags_whom_the_earlier_report_flagged(bought: list[tuple[str, date, int]]) -> None:
    rows = orders("anna 2025-01-01 5\n" + "\n".join(f"{who} {on} {value}" for who, on, value in bought))
    tables = _tables(rows)
    now = early_warning(dataset(rows, quarter="2026-Q2", tables=tables))
    then = early_warning(dataset(rows, quarter="2026-Q1", tables=tables))

    tested = now.back_test[0]
    assert tested.flagged.n == len(then.flagged)
    assert tested.flagged.n + tested.unflagged.n == then.active
