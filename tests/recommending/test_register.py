"""The register's rules, each on a table of a few rows worked by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from retention_reports.model.client import Client
from retention_reports.model.dataset import Dataset
from retention_reports.model.figures import Rate
from retention_reports.recommending import recommend
from retention_reports.recommending.effects import Effect
from retention_reports.recommending.hit_rate import hit_rate, quarter_hits
from retention_reports.recommending.kinds import Evidence, Kind
from retention_reports.recommending.results import Decision, Entry, Exclusion, Register
from retention_reports.sections import ANALYSES
from tests.support.datasets import amount, dataset, orders
from tests.support.laws import assert_laws

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.support.datasets import Row

STAYS = "\n".join(f"anna {year}-{month:02d}-10 100" for year in (2024, 2025, 2026) for month in range(1, 10))
LEFT = "bernd 2024-10-01 400\nbernd 2025-03-01 600"
ASSUMED = Client("test", "Test", language="en", history_complete=True, assumptions={"win_back": 0.1})


def _register(
    text: str,
    tables: Mapping[str, Sequence[Row]] | None = None,
    costs: Mapping[str, str] | None = None,
    committed_on: date | None = None,
) -> Register:
    rows = orders(text)
    for row in rows:
        row["cost"] = (costs or {}).get(row["customer_id"])
    return _of(dataset(rows, quarter="2026-Q3", client=ASSUMED, tables=tables), committed_on)


def _of(data: Dataset, committed_on: date | None = None) -> Register:
    return recommend(data, [analysis.run(data) for analysis in ANALYSES], committed_on)


def _entry(register: Register, identifier: str) -> Entry:
    return next(entry for entry in register.entries if entry.identifier == identifier)


def test_a_lost_customer_is_worth_the_year_up_to_its_last_purchase_times_the_assumed_rate() -> None:
    # Bernd's last purchase is of 1 March 2025; the twelve months up to it hold 400 + 600. 10 %: 100, cautiously 50.
    entry = _entry(_register(f"{STAYS}\n{LEFT}"), "win_back:bernd")

    assert entry.effect is not None
    assert (entry.effect.expected, entry.effect.low, entry.effect.high) == (amount("100"), amount("50"), amount("150"))
    assert entry.evidence is Evidence.ASSUMED
    assert entry.leading


def test_where_costs_are_known_the_margin_counts() -> None:
    # Bernd's orders cost 250 each: 1,000 − 500 leave a margin of 500, 10 % of which are 50.
    register = _register(f"{STAYS}\n{LEFT}", costs={"bernd": "250", "anna": "40"})

    assert register.is_margin
    effect = _entry(register, "win_back:bernd").effect
    assert effect is not None
    assert effect.expected == amount("50")


def test_a_customer_whose_orders_cost_more_than_they_bring_is_not_won_back() -> None:
    register = _register(f"{STAYS}\n{LEFT}", costs={"bernd": "700", "anna": "40"})

    assert not [entry for entry in register.entries if entry.kind is Kind.WIN_BACK]
    assert Exclusion("bernd", "negative_margin") in register.excluded


@pytest.mark.parametrize("loss", [{"reason": "death"}, {"reason": "price", "recoverable": "no"}])
def test_who_left_for_good_is_not_won_back(loss: Row) -> None:
    gone = {"customer_id": "carla", "noticed_on": "2026-08-01", "kind": "silent", **loss}
    register = _register(f"{STAYS}\ncarla 2025-08-01 500", {"losses": [gone]})

    assert not [entry for entry in register.entries if entry.customer_id == "carla"]
    assert Exclusion("carla", "unavoidable") in register.excluded


@pytest.mark.parametrize(("group", "reason"), [("control", "control"), ("target", "running")])
def test_customers_of_a_running_test_are_left_alone(group: str, reason: str) -> None:
    row = {
        "measure_id": "M1",
        "kind": "win_back",
        "title": "Call",
        "customer_id": "bernd",
        "group": group,
        "started_on": "2026-08-01",
        "state": "running",
    }
    register = _register(f"{STAYS}\n{LEFT}", {"measures": [row]})

    assert not [entry for entry in register.entries if entry.customer_id == "bernd"]
    assert Exclusion("bernd", reason) in register.excluded


def test_while_a_complaint_is_open_it_leads_and_nothing_is_sold() -> None:
    complaint = {"customer_id": "anna", "date": "2026-09-01", "kind": "complaint", "resolved_on": None}
    offer = {
        "offer_id": "A1",
        "customer_id": "anna",
        "offered_on": "2026-09-02",
        "amount": "900",
        "state": "open",
        "followed_up_on": None,
    }
    register = _register(STAYS, {"feedback": [complaint], "offers": [offer]})

    assert [entry.kind for entry in register.entries if entry.customer_id == "anna"] == [Kind.SETTLE_COMPLAINT]
    assert Exclusion("anna", "complaint_open") in register.excluded


def test_an_offer_nobody_followed_up_brings_its_amount_times_the_rate() -> None:
    offer = {
        "offer_id": "A1",
        "customer_id": "anna",
        "offered_on": "2026-09-02",
        "amount": "900",
        "state": "open",
        "followed_up_on": None,
    }
    # 900 × 5 % = 45; cautiously half of it.
    effect = _entry(_register(STAYS, {"offers": [offer]}), "follow_up_offer:A1").effect

    assert effect is not None
    assert (effect.expected, effect.low) == (amount("45"), amount("22.5"))


def test_a_cause_behind_a_fifth_of_the_known_loss_is_a_decision_at_what_it_will_cost_again() -> None:
    # Three of four left because of late deliveries in twelve months; anna stays with 900 a year: in the twelve months
    # up to the last purchase on 10 September 2026 she bought nine times for 100.
    left = "\n".join(f"{name} 2025-08-01 100" for name in ("bernd", "carla", "dora", "emil"))
    reasons = {"bernd": "late_delivery", "carla": "late_delivery", "dora": "late_delivery", "emil": "death"}
    losses = [
        {"customer_id": name, "noticed_on": "2026-08-15", "kind": "silent", "reason": reason}
        for name, reason in reasons.items()
    ]
    register = _register(f"{STAYS}\n{left}", {"losses": losses})

    entry = _entry(register, "remove_cause:late_delivery")
    # 900 × 3 lost of 5 who could be lost = 540 again; a quarter of it is assumed to be saved.
    assert entry.why["amount_again"] == amount("540")
    assert entry.effect is not None
    assert entry.effect.expected == amount("135")
    assert entry.owner == "logistics"
    assert "remove_cause:late_delivery" in {decision.identifier for decision in register.decisions}


def test_a_past_quarter_is_dated_from_its_own_time() -> None:
    text = f"{STAYS}\n{LEFT}"

    assert {entry.due_on for entry in _register(text).entries} == {date(2026, 10, 28)}
    assert {entry.due_on for entry in _register(text, committed_on=date(2026, 10, 20)).entries} == {date(2026, 11, 17)}
    assert {entry.due_on for entry in _register(text, committed_on=date(2028, 1, 1)).entries} == {date(2026, 10, 28)}


def test_what_became_of_last_quarters_decisions_is_counted_by_customer() -> None:
    # As of 30 June bernd was to be won back (100), and prices talked about with anna, who had bought for 900 in twelve
    # months (1 %: 9). He was visited in July and bought in August for 300; nobody turned to her, and she bought, too.
    visit = {"customer_id": "bernd", "visited_on": "2026-07-15", "sales_rep": "Ida"}
    praise = {"customer_id": "anna", "date": "2026-01-10", "kind": "praise", "resolved_on": None}
    register = _register(f"{STAYS}\n{LEFT}\nbernd 2026-08-20 300", {"visits": [visit], "feedback": [praise]})

    last = register.outcomes[0]
    assert str(last.quarter) == "2026-Q2"
    assert (last.decisions, last.done, last.begun, last.untouched) == (2, 1, 0, 1)
    assert (last.approached, last.bought, last.bought_without) == (Rate(1, 2), Rate(1, 1), Rate(1, 1))
    assert (last.expected, last.came) == (amount("109"), amount("300"))


def test_every_customers_money_counts_once_and_the_decisions_add_up() -> None:
    complaint = {"customer_id": "bernd", "date": "2025-02-01", "kind": "complaint", "resolved_on": None}
    register = _register(f"{STAYS}\n{LEFT}", {"feedback": [complaint]})
    named = [name for decision in register.decisions for name in decision.customers]

    assert len(named) == len(set(named))
    assert [entry.leading for entry in register.entries if entry.customer_id == "bernd"].count(True) == 1
    assert register.total_effect is not None
    assert register.total_effect.expected == sum(one.effect.expected for one in register.decisions if one.effect)


def test_neither_later_rows_nor_the_order_of_rows_change_the_register() -> None:
    complaint = {"customer_id": "anna", "date": "2026-09-01", "kind": "complaint", "resolved_on": None}
    data = dataset(
        orders(f"{STAYS}\n{LEFT}\ncarla 2026-02-01 50"),
        quarter="2026-Q3",
        client=ASSUMED,
        tables={"feedback": [complaint], "visits": [{"customer_id": "bernd", "visited_on": "2026-07-15"}]},
    )

    assert_laws(data.folder, data.quarter, _of)


def test_no_list_names_control_customers_and_none_sells_to_those_who_complain() -> None:
    tables: dict[str, Sequence[Row]] = {
        "measures": [
            {"measure_id": "m", "kind": "win_back", "title": "Call", "customer_id": "bernd", "group": "control",
             "started_on": "2026-08-01", "state": "running"},
        ],
        "feedback": [
            {"customer_id": "anna", "date": "2026-09-01", "kind": "complaint"},
            {"customer_id": "anna", "date": "2026-07-01", "kind": "complaint", "resolved_on": "2026-07-05"},
        ],
    }  # fmt: skip
    register = _register(f"{STAYS}\n{LEFT}", tables)

    assert not any(register.allows(kind, "bernd") for kind in Kind)
    assert register.allows(Kind.SETTLE_COMPLAINT, "anna")
    assert not register.allows(Kind.CROSS_SELL, "anna")
    assert all(
        register.allows(entry.kind, entry.customer_id)
        for entry in (*register.entries, *register.occasions)
        if entry.customer_id
    )


def test_an_earlier_register_is_held_against_the_quarter_and_the_year_after_it() -> None:
    # Warned of at the end of 2025-Q3: carl (buys nothing in Q4), dora (buys). Otto is active too and buys; pia does
    # not. On the win-back list: bernd (called in Q4, buys), emma (not called, buys nothing).
    # Of the decision bernd alone is approached: in the year after he brings 300, in the year before nothing. Of the 200
    # expected of both, 60 were his.
    ledger = [
        *(f"{name} 2025-0{month}-01 10" for name in ("carl", "dora", "otto", "pia") for month in (1, 5, 9)),
        "dora 2025-11-01 10", "otto 2025-12-01 10",
        "bernd 2023-05-01 50", "emma 2023-05-01 50", "bernd 2025-11-20 100", "bernd 2026-03-01 200",
    ]  # fmt: skip
    calls: list[Row] = [{"customer_id": "bernd", "date": "2025-11-10", "channel": "phone", "state": "done"}]
    now = dataset(orders("\n".join(ledger)), quarter="2026-Q3", client=ASSUMED, tables={"touchpoints": calls})
    then = Dataset.at(now.folder, now.quarter.plus(-4))
    warned = [_made(Kind.SAVE_CUSTOMER, name) for name in ("carl", "dora")]
    lost = tuple(_made(Kind.WIN_BACK, name, amount(brings)) for name, brings in (("bernd", "60"), ("emma", "140")))
    effect = Effect(amount("200"), amount("200"), amount("200"))
    decision = Decision(Kind.WIN_BACK, "", lost, effect, Evidence.ASSUMED, "", date(2025, 10, 28))
    said = Register((decision,), (*warned, *lost), effect, (), (), is_margin=False)

    hits = quarter_hits(said, then, now)

    assert (hits.warned, hits.others) == (Rate(1, 2), Rate(1, 2))
    assert (hits.won_back, hits.left_alone) == (Rate(1, 1), Rate(0, 1))
    assert (hits.expected, hits.change) == (amount("60"), amount("300"))
    both = hit_rate([hits, hits], Rate(7, 8))
    assert both is not None
    assert (both.quarters, both.years, both.warned, both.expected) == (2, 2, Rate(2, 4), amount("120"))
    assert hit_rate([], None) is None


def _made(kind: Kind, name: str, brings: int = 0) -> Entry:
    return Entry(kind, name, name, Effect(brings, brings, brings), Evidence.ASSUMED, "", date(2025, 10, 28), {})
