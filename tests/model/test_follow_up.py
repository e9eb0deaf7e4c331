"""What was filled into a work list counts in the next quarter, and never before its day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retention_reports.analyses.lost_customers.lost_customer_analysis import lost_customers
from retention_reports.analyses.offers.offer_analysis import offers
from retention_reports.model.codes import Codes
from retention_reports.model.figures import Rate
from retention_reports.model.pseudonyms import pseudonymised
from retention_reports.model.schema import RECOMMENDATIONS
from retention_reports.presentation.actions.lists import ORDER
from retention_reports.recommending import recommend
from retention_reports.sections import ANALYSES
from tests.support.datasets import Row, dataset, day, orders

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset

STAYS = "\n".join(f"anna {year}-{month:02d}-10 100" for year in (2024, 2025, 2026) for month in range(1, 10))
LEFT = "bernd 2024-10-01 400\nbernd 2025-03-01 600"
OFFER: Row = {
    "offer_id": "A1", "customer_id": "anna", "offered_on": "2026-06-02", "amount": "900", "state": "open",
    "followed_up_on": None, "decided_on": None,
}  # fmt: skip


def _row(result: str, kind: str = "win_back", customer: str = "bernd", **fields: str) -> Row:
    subject = fields.get("offer_id", customer)
    return {
        "recommendation_id": f"{kind}:{subject}", "customer_id": customer, "date": "2026-07-20", "kind": kind,
        "result": result, **fields,
    }  # fmt: skip


def _data(*rows: Row, quarter: str = "2026-Q3", **tables: list[Row]) -> Dataset:
    return dataset(orders(f"{STAYS}\n{LEFT}"), quarter=quarter, tables={"follow_up": list(rows), **tables})


def _last_contact(data: Dataset, customer: int) -> int | None:
    return None if data.contacts is None else int(data.contacts.last[customer])


def test_the_kinds_of_the_file_are_those_of_the_lists() -> None:
    assert tuple(map(str, ORDER)) == RECOMMENDATIONS


@pytest.mark.parametrize(("result", "counts"), [("interested", True), ("no", True), ("not_reached", False)])
def test_whoever_was_reached_was_contacted(result: str, *, counts: bool) -> None:
    data = _data(_row(result))

    assert (data.contacts is not None) == counts
    if data.contacts is not None:
        assert [int(part) for part in data.contacts.days.between(day("2026-06-30"), day("2026-09-30"))] == [0, 1]


def test_the_same_contact_in_the_clients_own_file_counts_once() -> None:
    own: Row = {"customer_id": "bernd", "date": "2026-07-20", "channel": "phone", "state": "done"}
    data = _data(_row("interested"), touchpoints=[own])

    assert data.contacts is not None
    assert [int(part) for part in data.contacts.days.between(day("2026-06-30"), day("2026-09-30"))] == [0, 1]


def test_a_row_is_not_known_before_its_day() -> None:
    earlier = _data(_row("interested"), quarter="2026-Q2")

    assert earlier.contacts is None
    assert earlier.table("follow_up") is None
    assert earlier.table("touchpoints") is None


@pytest.mark.parametrize(
    ("kind", "reason"), [("win_back", "price"), ("ask_reason", "price"), ("cross_sell", "unknown")]
)
def test_a_reason_counts_where_the_customer_had_left(kind: str, reason: str) -> None:
    found = lost_customers(_data(_row("reason", kind, reason="price", note="too dear"), losses=[]))

    (bernd,) = found.win_back
    assert (bernd.reason.key, bernd.remark) == (reason, "too dear" if reason == "price" else "")


@pytest.mark.parametrize(("result", "state"), [("bought", "won"), ("no", "lost"), ("interested", "open")])
def test_an_offer_is_followed_up_and_settled_where_the_customer_said_so(result: str, state: str) -> None:
    row = _row(result, "follow_up_offer", "anna", offer_id="A1")
    offer = _data(row, offers=[OFFER]).tables["offers"].iloc[0]

    assert (offer["state"], offer["followed_up_on"].date()) == (state, day("2026-07-20"))
    before = _data(row, quarter="2026-Q2", offers=[OFFER]).tables["offers"].iloc[0]
    assert before["state"] == "open"
    assert before.isna()["followed_up_on"]
    assert len(offers(_data(row, offers=[OFFER])).open_offers or ()) == (1 if state == "open" else 0)


def test_what_the_clients_own_file_says_of_an_offer_stands() -> None:
    lost = {**OFFER, "state": "lost", "decided_on": "2026-07-10", "followed_up_on": "2026-06-10"}
    offer = _data(_row("bought", "follow_up_offer", "anna", offer_id="A1"), offers=[lost]).tables["offers"].iloc[0]

    assert (offer["state"], offer["decided_on"].date(), offer["followed_up_on"].date()) == (
        "lost", day("2026-07-10"), day("2026-06-10"),
    )  # fmt: skip


def test_the_next_register_sees_who_was_approached() -> None:
    def approached(*rows: Row) -> Rate:
        data = _data(*rows)
        return recommend(data, [analysis.run(data) for analysis in ANALYSES], None).outcomes[0].approached

    assert approached() == Rate(0, 1)
    assert approached(_row("interested")) == Rate(1, 1)
    assert approached(_row("not_reached")) == Rate(0, 1)


def test_codes_replace_ids_and_figures_stay() -> None:
    folder = _data(_row("bought", "follow_up_offer", "anna", offer_id="A1", note="said Anna"), offers=[OFFER]).folder
    coded = pseudonymised(folder, Codes(bytes(32), "client", {})).tables
    rows, offers = coded["follow_up"].iloc[0], coded["offers"]["offer_id"]

    assert rows["recommendation_id"] == f"follow_up_offer:{offers[0]}"
    assert (rows["note"], rows["offer_id"], rows["result"]) == ("…", offers[0], "bought")
    assert offers[0] != "A1"
