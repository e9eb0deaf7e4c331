"""What a review should find in the samples is in the figures."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from tests.samples.client_files import Row, read_client

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module", params=["musterhandel", "example_ltd"])
def tables(request: pytest.FixtureRequest) -> dict[str, list[Row]]:
    return read_client(DATA / str(request.param))


def share(rows: list[Row], column: str, value: str) -> float:
    assert rows
    return sum(bool(row[column] == value) for row in rows) / len(rows)


def test_one_segment_names_late_delivery_more_often_than_all_others(tables: dict[str, list[Row]]) -> None:
    segment = {row["customer_id"]: row["segment"] for row in tables["customers"]}
    words = {"Lieferverzug", "late delivery"}
    late = Counter(segment[row["customer_id"]] for row in tables["losses"] if row["reason"] in words)

    (leaving, count), (_, next_count) = late.most_common(2)
    assert leaving in {"Handwerk", "Offices"}
    assert count >= 2 * next_count


def test_followed_up_offers_are_won_more_often(tables: dict[str, list[Row]]) -> None:
    decided = [row for row in tables["offers"] if row["state"] != "open"]
    followed = [row for row in decided if row["followed_up_on"]]
    not_followed = [row for row in decided if not row["followed_up_on"]]

    assert share(followed, "state", "won") > share(not_followed, "state", "won") + 0.1


def test_some_open_offers_are_past_their_decision_date(tables: dict[str, list[Row]]) -> None:
    last = max(row["ordered_on"] for row in tables["orders"])

    overdue = [row for row in tables["offers"] if row["state"] == "open" and row["decision_due_on"]]
    assert any(row["decision_due_on"] <= last for row in overdue)


def test_one_sales_person_has_more_orders_cancelled(tables: dict[str, list[Row]]) -> None:
    names = {row["sales_rep"] for row in tables["orders"]}
    rates = {
        name: share([row for row in tables["orders"] if row["sales_rep"] == name], "status", "cancelled")
        for name in names
    }

    highest, second = sorted(rates.values(), reverse=True)[:2]
    assert highest > 2 * second


def test_enquiries_that_meet_more_criteria_are_won_more_often(tables: dict[str, list[Row]]) -> None:
    decided = [row for row in tables["enquiries"] if row["won"]]
    good = [row for row in decided if row["criteria"].count(";") >= 2]
    weak = [row for row in decided if row["criteria"].count(";") < 2]

    assert share(good, "won", "yes") > 2 * share(weak, "won", "yes")


def test_calls_win_customers_back_and_vouchers_do_not(tables: dict[str, list[Row]]) -> None:
    days: dict[str, list[object]] = {}
    for row in tables["orders"]:
        if row["status"] != "cancelled" and row["amount"] > 0:
            days.setdefault(row["customer_id"], []).append(row["ordered_on"])

    def regained(measure: str, group: str) -> float:
        rows = [row for row in tables["measures"] if (row["measure_id"], row["group"]) == (measure, group)]
        window = timedelta(days=180)
        bought = [
            any(row["started_on"] < day <= row["started_on"] + window for day in days[row["customer_id"]])
            for row in rows
        ]
        return sum(bought) / len(bought)

    calls, vouchers = sorted({row["measure_id"] for row in tables["measures"] if row["kind"] == "win_back"})[:2]
    assert regained(calls, "target") > regained(calls, "control") + 0.25
    assert abs(regained(vouchers, "target") - regained(vouchers, "control")) < 0.2


def test_deliveries_are_late_more_often_in_the_troubled_months(tables: dict[str, list[Row]]) -> None:
    last = max(row["ordered_on"] for row in tables["orders"])
    delivered = [row for row in tables["orders"] if row["delivered_on"] and row["promised_on"]]
    troubled = [row for row in delivered if 450 < (last - row["ordered_on"]).days < 590]
    other = [row for row in delivered if not 420 < (last - row["ordered_on"]).days < 620]

    def late(rows: list[Row]) -> float:
        return sum(bool(row["delivered_on"] > row["promised_on"]) for row in rows) / len(rows)

    assert late(troubled) > 2 * late(other)


def test_scores_are_lower_in_the_months_before_a_customer_leaves(tables: dict[str, list[Row]]) -> None:
    last_order: dict[str, object] = {}
    for row in tables["orders"]:
        last_order[row["customer_id"]] = row["ordered_on"]
    lost = {row["customer_id"] for row in tables["losses"]}
    surveys = [row for row in tables["feedback"] if row["kind"] == "survey"]

    def mean(rows: list[Row]) -> float:
        return float(sum(row["score"] for row in rows) / len(rows))

    before = [row for row in surveys if row["customer_id"] in lost and _shortly_before(row, last_order)]
    assert mean(before) < mean([row for row in surveys if row not in before]) - 0.7


def _shortly_before(survey: Row, last_order: dict[str, object]) -> bool:
    last = last_order[survey["customer_id"]]
    return bool(survey["date"] > last - timedelta(days=120))  # type: ignore[operator]


def test_complaints_are_resolved_or_open_and_some_customers_refer_others(tables: dict[str, list[Row]]) -> None:
    complaints = [row for row in tables["feedback"] if row["kind"] == "complaint"]

    assert any(row["resolved_on"] for row in complaints)
    assert any(not row["resolved_on"] for row in complaints)
    assert sum(bool(row["referred_by"]) for row in tables["customers"]) >= 5


def test_notice_and_silent_loss_both_occur(tables: dict[str, list[Row]]) -> None:
    assert {row["kind"] for row in tables["losses"]} == {"notice", "silent"}
    assert any(row["notice_on"] for row in tables["customers"])


def test_there_are_a_renumbered_customer_and_a_collective_account(tables: dict[str, list[Row]]) -> None:
    merged = [row for row in tables["customers"] if row["merged_into"]]
    last_id = max(row["customer_id"] for row in tables["customers"])

    assert len(merged) == 1
    assert last_id.endswith("9999")
    assert any(row["customer_id"] == last_id for row in tables["orders"])
