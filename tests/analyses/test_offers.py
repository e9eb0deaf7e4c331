"""Offers, worked by hand on small tables, and the laws that always hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.analyses.offers.offer_analysis import offers
from retention_reports.analyses.offers.offer_results import Comparison, Reason
from retention_reports.model.client import Client
from retention_reports.model.figures import Missing, Rate, Unknown
from retention_reports.model.quarters import Quarter
from tests.support.datasets import Row, amount, client_folder, dataset, orders
from tests.support.laws import assert_laws

LEDGER = "anna 2025-06-01 10\nanna 2026-05-01 10\nbernd 2024-01-01 10"
BOUGHT = orders(LEDGER)


def offer(number: int, state: str, value: str = "100", **more: str) -> Row:
    return {"offer_id": str(number), "customer_id": "anna", "offered_on": "2026-01-10", "amount": value,
            "state": state, **more}  # fmt: skip


FIVE = [
    offer(1, "won", "400", decided_on="2026-02-01", followed_up_on="2026-01-20", sales_rep="Ida"),
    offer(2, "lost", "300", decided_on="2026-02-01", followed_up_on="2026-02-15", lost_reason="Preis", wishes="Muster",
          sales_rep="Ida"),
    offer(3, "expired", "200", decided_on="", decision_due_on="2026-03-01", sales_rep="Jan"),
    offer(4, "open", "50", decision_due_on="2026-09-01"),
    offer(5, "lost", "100", decided_on="2025-09-30", lost_reason="Preis"),
]  # fmt: skip
# At 30 September 2026: offers 1 to 3 were decided in the last twelve months, 5 one day too early for them.


def test_where_no_lost_offer_carries_an_amount_the_rate_by_value_is_unknown_and_not_all() -> None:
    rows = [
        offer(1, "won", "400", decided_on="2026-02-01"),
        offer(2, "lost", "0", decided_on="2026-02-01"),
        offer(3, "lost", "0", decided_on="2026-02-02"),
    ]
    found = offers(dataset(BOUGHT, quarter="2026-Q3", tables={"offers": rows}))

    assert found.decisions is not None
    assert found.decisions.outcome.rate == Rate(1, 3)
    assert found.figures()["hit_rate_value"] is None
    assert Missing("hit_rate_value", Unknown.NO_COLUMN, "offers.amount") in found.missing


def _since(offered_on: str) -> list[Row]:
    return [
        offer(1, "won", "400", decided_on="2026-02-01", offered_on=offered_on),
        offer(2, "lost", "300", decided_on="2026-02-01"),
    ]


def test_offers_that_reach_back_a_year_are_known_although_the_orders_begin_later() -> None:
    # The twelve months begin on 1 October 2025; the orders begin in March 2026.
    young = orders("anna 2026-03-01 10\nanna 2026-05-01 10")
    known, unknown = (
        offers(dataset(young, quarter="2026-Q3", tables={"offers": _since(first)}, history_complete=False))
        for first in ("2025-10-01", "2025-10-02")
    )

    assert known.decisions is not None
    assert known.decisions.outcome.rate == Rate(1, 2)
    assert known.decisions.before is None
    assert Missing("by_customer", Unknown.BEFORE_START_OF_DATA) in known.missing
    assert unknown.decisions is None
    assert Missing("hit_rate", Unknown.BEFORE_START_OF_DATA) in unknown.missing


def test_the_hit_rate_counts_offers_decided_in_the_last_twelve_months() -> None:
    found = offers(dataset(BOUGHT, quarter="2026-Q3", tables={"offers": FIVE}))

    assert found.decisions is not None
    assert found.decisions.outcome.rate == Rate(1, 3)
    assert found.decisions.outcome.value_rate == Rate(amount("400"), amount("900"), is_money=True)
    assert (found.decisions.outcome.lost, found.decisions.outcome.expired) == (1, 1)
    assert found.decisions.before is not None
    assert found.decisions.before.rate == Rate(0, 1)
    figures = found.figures()
    assert (figures["hit_rate_k"], figures["hit_rate_n"], figures["open"]) == (1, 3, 1)


def test_only_a_follow_up_before_the_decision_counts() -> None:
    found = offers(dataset(BOUGHT, quarter="2026-Q3", tables={"offers": FIVE}))

    assert found.decisions is not None
    assert found.decisions.follow_up == Comparison(with_it=Rate(1, 1), without=Rate(0, 2))


MADE = [
    offer(1, "won", "400", decided_on="2026-02-01", presented="yes", guarantees="Muster", wishes="rot", cost="300"),
    offer(2, "won", "100", decided_on="2026-02-01", presented="no", guarantees="", wishes="", cost="130"),
    offer(3, "lost", "300", decided_on="2026-02-01", presented="yes", guarantees="", wishes="blau", cost="1"),
    offer(4, "expired", "200", decided_on="2026-02-01", presented="", guarantees="Muster; Preis", wishes="", cost=""),
    offer(5, "won", "50", decided_on="2026-02-01", presented="yes", guarantees="", wishes="", cost=""),
]


def test_hit_rates_are_compared_by_the_way_in_which_offers_were_made() -> None:
    found = offers(dataset(BOUGHT, quarter="2026-Q3", tables={"offers": MADE})).decisions

    assert found is not None
    told = {entry.name: (entry.with_it.rate, entry.without.rate) for entry in found.practices}
    assert told == {
        "presented": (Rate(2, 3), Rate(1, 1)),
        "guarantees": (Rate(1, 2), Rate(2, 3)),
        "wishes": (Rate(1, 2), Rate(2, 3)),
    }
    by_value = next(entry for entry in found.practices if entry.name == "presented").with_it.value_rate
    assert by_value == Rate(amount("450"), amount("750"), is_money=True)


def test_the_margin_of_won_offers_counts_those_whose_cost_is_known() -> None:
    found = offers(dataset(BOUGHT, quarter="2026-Q3", tables={"offers": MADE}))

    # 400 − 300 and 100 − 130: 70 of 500; the third won one tells no cost.
    assert found.figures()["won_margin"] == {
        "known": 0.666667,
        "known_k": 2,
        "known_n": 3,
        "margin": 0.14,
        "margin_k": 70.0,
        "margin_n": 500.0,
        "below_cost": 1,
        "loss": 30.0,
    }
    untold = offers(dataset(BOUGHT, quarter="2026-Q3", tables={"offers": FIVE}))
    assert untold.figures()["won_margin"] is None
    assert Missing("won_margin", Unknown.NO_COLUMN, "offers.cost") in untold.missing


def test_every_open_offer_that_nobody_followed_up_is_counted_due_or_not() -> None:
    rows = [
        offer(1, "open", "10", decision_due_on="2026-12-01"),
        offer(2, "open", "20"),
        offer(3, "open", "40", followed_up_on="2026-09-01"),
    ]
    figures = offers(dataset(BOUGHT, quarter="2026-Q3", tables={"offers": rows})).figures()

    assert (figures["not_followed_up"], figures["not_followed_up_amount"]) == (2, 30.0)
    unrecorded = offers(dataset(BOUGHT, quarter="2026-Q3", tables={"offers": [offer(1, "open")]}))
    assert unrecorded.figures()["not_followed_up"] is None


def test_an_open_offer_past_its_date_without_follow_up_is_silent() -> None:
    rows = [
        offer(1, "open", decision_due_on="2026-09-29"),
        offer(2, "open", decision_due_on="2026-09-29", followed_up_on="2026-09-01"),
        offer(3, "open", decision_due_on="2026-09-30"),
        offer(4, "open"),
        offer(5, "open", decision_due_on="2026-09-29", followed_up_on="2026-10-01"),
    ]
    found = offers(dataset(BOUGHT, quarter="2026-Q3", tables={"offers": rows}))

    assert found.silent is not None
    assert [entry.offer_id for entry in found.silent] == ["1", "5"]
    assert found.open_offers is not None
    assert [entry.offer_id for entry in found.open_offers if entry.overdue] == ["1", "5", "2"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (offer(1, "won", decided_on="2026-10-01"), ("open", 0)),
        (offer(1, "expired", decision_due_on="2026-10-01"), ("open", 0)),
        (offer(1, "expired", decision_due_on="2026-09-30"), ("decided", 0)),
        (offer(1, "expired"), ("neither", 1)),
        (offer(1, "lost", decision_due_on="2026-03-01"), ("decided", 0)),
        (offer(1, "lost", decision_due_on="2026-10-01"), ("neither", 1)),
    ],
)
def test_an_offer_is_open_decided_or_undated(row: Row, expected: tuple[str, int]) -> None:
    found = offers(dataset(BOUGHT, quarter="2026-Q3", tables={"offers": [row]}))

    place = "open" if found.open_offers else "decided" if found.decisions else "neither"
    assert (place, found.undated) == expected


def test_reasons_are_counted_and_the_price_is_told_by_the_client_s_words() -> None:
    client = Client("test", "Test", history_complete=True, loss_reasons={"Budget": "price"})
    rows = [
        offer(number, "lost", decided_on="2026-02-01", lost_reason=reason, wishes=wish)
        for number, (reason, wish) in enumerate(
            [("Budget", "Muster"), ("Budget", ""), ("Lieferzeit", ""), ("", "Muster"), ("zu teuer", "Muster; Schulung")]
        )
    ]
    found = offers(dataset(BOUGHT, quarter="2026-Q3", client=client, tables={"offers": rows})).decisions

    assert found is not None
    assert found.reasons == (
        Reason("Budget", 2, amount("200"), price=True),
        Reason("Lieferzeit", 1, amount("100"), price=False),
        Reason("zu teuer", 1, amount("100"), price=True),
        Reason("", 1, amount("100"), price=False),
    )
    assert found.price == Rate(3, 4)
    assert found.price_with_wish == Rate(2, 3)
    assert [(wish.word, wish.rate) for wish in found.wishes] == [("Muster", Rate(0, 3)), ("Schulung", Rate(0, 1))]


def test_thirds_keep_equal_amounts_together() -> None:
    rows = [offer(number, "won", value, decided_on="2026-02-01") for number, value in enumerate("122234")]
    found = offers(dataset(BOUGHT, quarter="2026-Q3", tables={"offers": rows})).decisions

    assert found is not None
    assert found.size_limits == (amount("2"), amount("2"))
    assert [(entry.group, entry.rate.n) for entry in found.by_size] == [("small", 4), ("large", 2)]


def test_a_customer_is_existing_where_it_was_active_on_the_day_of_the_offer() -> None:
    rows = [
        offer(1, "won", decided_on="2026-02-01"),
        offer(2, "lost", decided_on="2026-02-01", customer_id="bernd"),
        offer(3, "won", decided_on="2026-04-01", customer_id="bernd"),
    ]
    found = offers(dataset(BOUGHT, quarter="2026-Q3", tables={"offers": rows})).decisions

    assert found is not None
    assert [(entry.group, entry.rate) for entry in found.by_customer] == [("new", Rate(1, 2)), ("existing", Rate(1, 1))]


def test_a_sales_person_is_the_offer_s_own_or_the_customer_s() -> None:
    customers: list[Row] = [{"customer_id": "anna", "sales_rep": "Kurt"}]
    found = offers(dataset(BOUGHT, quarter="2026-Q3", customers=customers, tables={"offers": FIVE})).decisions

    assert found is not None
    assert [(entry.group, entry.rate) for entry in found.by_seller] == [("Ida", Rate(1, 2)), ("Jan", Rate(0, 1))]
    unnamed = offers(
        dataset(
            BOUGHT,
            quarter="2026-Q3",
            customers=customers,
            tables={"offers": [offer(1, "won", decided_on="2026-02-01")]},
        )
    ).decisions
    assert unnamed is not None
    assert [entry.group for entry in unnamed.by_seller] == ["Kurt"]


def test_enquiries_are_scored_by_the_criteria_they_met() -> None:
    received = [
        ("2026-01-01", "budget; date", "yes"),
        ("2026-01-02", "budget;budget", "no"),
        ("2026-01-03", "", "no"),
        ("2026-01-04", "date;need;budget", ""),
        ("2025-09-30", "date", "yes"),
    ]
    rows: list[Row] = [
        {"enquiry_id": str(number), "received_on": day, "criteria": criteria, "won": won}
        for number, (day, criteria, won) in enumerate(received)
    ]
    found = offers(dataset(BOUGHT, quarter="2026-Q3", tables={"enquiries": rows})).enquiries

    assert found is not None
    assert found.received == 4
    assert [(score.criteria, score.rate, score.waiting) for score in found.scores] == [
        (0, Rate(0, 1), 0),
        (1, Rate(0, 1), 0),
        (2, Rate(1, 1), 0),
        (3, Rate(0, 0), 1),
    ]
    assert (found.few, found.many, found.rate) == (Rate(0, 2), Rate(1, 1), Rate(1, 3))
    assert [(entry.name, entry.met, entry.unmet) for entry in found.criteria] == [
        ("budget", Rate(1, 2), Rate(0, 1)),
        ("date", Rate(1, 1), Rate(0, 2)),
        ("need", Rate(0, 0), Rate(1, 3)),
    ]


def test_what_is_missing_is_said() -> None:
    nothing = offers(dataset(BOUGHT, quarter="2026-Q3"))
    assert {(entry.key, entry.detail) for entry in nothing.missing} == {
        ("enquiries", "enquiries"),
        ("open", "offers"),
        ("hit_rate", "offers"),
    }
    plain = offers(dataset(BOUGHT, quarter="2026-Q3", tables={"offers": [offer(1, "open")]}))
    assert {entry.key for entry in plain.missing} == {"enquiries", "silent", "hit_rate"}
    assert plain.silent is None
    young = offers(
        dataset(orders("anna 2026-05-01 10"), quarter="2026-Q3", history_complete=False, tables={"offers": FIVE})
    )
    assert young.decisions is None
    assert young.figures()["hit_rate_n"] is None


def test_an_interval_needs_both_groups() -> None:
    assert Comparison(Rate(1, 2), Rate(0, 0)).interval is None
    assert Comparison(Rate(1, 2), Rate(0, 0)).difference is None
    low, high = Comparison(Rate(9, 10), Rate(1, 10)).interval or (0.0, 0.0)
    assert 0 < low < 0.8 < high < 1


@dataclass(frozen=True)
class Drawn:
    """An offer by chance; days count from the day before, None where there is none."""

    customer: int
    state: str
    value: int
    offered: int
    due: int | None
    decided: int | None
    followed: int | None


LATER = st.none() | st.integers(0, 80)
DRAWN = st.builds(
    Drawn,
    st.integers(0, 3),
    st.sampled_from(["open", "won", "lost", "expired"]),
    st.integers(1, 5),
    st.integers(0, 700),
    LATER,
    LATER,
    LATER,
)


@given(drawn=st.lists(DRAWN, min_size=1, max_size=15))
def test_the_parts_of_the_hit_rate_add_up_and_later_rows_change_nothing(drawn: list[Drawn]) -> None:
    def day(offered: int, after: int | None) -> str:
        return "" if after is None else (date(2025, 1, 1) + timedelta(offered + after)).isoformat()

    table: list[Row] = [
        {"offer_id": str(number), "customer_id": "anna" if row.customer else "bernd", "offered_on": day(row.offered, 0),
         "amount": str(row.value), "state": row.state, "decision_due_on": day(row.offered, row.due),
         "decided_on": "" if row.state == "open" else day(row.offered, row.decided),
         "followed_up_on": day(row.offered, row.followed), "sales_rep": "IJ"[row.customer % 2], "lost_reason": "",
         "wishes": ""}
        for number, row in enumerate(drawn)
    ]  # fmt: skip
    client = Client("test", "Test", history_complete=True)
    folder = client_folder(BOUGHT, client=client, tables={"offers": table})
    quarter = Quarter.parse("2026-Q3")
    assert_laws(folder, quarter, offers)
    found = offers(dataset(BOUGHT, quarter="2026-Q3", tables={"offers": table}))
    if found.decisions is None:
        return
    total = found.decisions.outcome
    assert total.rate.n == total.won + total.lost + total.expired
    for groups in (found.decisions.by_seller, found.decisions.by_customer, found.decisions.by_size):
        if groups:
            assert sum(group.rate.n for group in groups) == total.rate.n
            assert sum(group.rate.k for group in groups) == total.rate.k
            assert sum(group.amount for group in groups) == total.amount
    assert found.not_followed_up is not None
    assert found.silent is not None
    assert set(found.silent) <= set(found.not_followed_up)
    assert all(one.with_it.rate.n + one.without.rate.n <= total.rate.n for one in found.decisions.practices)
    assert found.decisions.follow_up is not None
    assert found.decisions.follow_up.with_it.n + found.decisions.follow_up.without.n == total.rate.n
    if found.decisions.reasons:  # none are told where no offer has one
        assert sum(reason.offers for reason in found.decisions.reasons) == total.lost
