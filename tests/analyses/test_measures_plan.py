"""Plan, state and agenda of measures, and what must always hold."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from retention_reports.analyses.measures.measure_analysis import measures
from tests.support.datasets import Row, amount, dataset, orders

if TYPE_CHECKING:
    from random import Random

LEDGER = "anna 2024-01-01 10\nbernd 2026-06-01 10"


def _measure(name: str, **more: str) -> Row:
    entry = {"measure_id": name, "kind": "retention", "title": name, "started_on": "2026-05-01", "state": "running"}
    return {**entry, "owner": "Kessler", "due_on": "2026-12-31", **more}


def test_the_plan_holds_open_measures_the_next_due_first() -> None:
    rows = [
        _measure("late", due_on="2026-09-29"),
        _measure("done", state="done"),
        _measure("soon", state="planned", due_on="2026-10-15", expected_revenue="500"),
        _measure("someday", due_on="", owner=""),
        _measure("tomorrow", started_on="2026-10-01"),
    ]
    found = measures(dataset(orders(LEDGER), quarter="2026-Q3", tables={"measures": rows}))

    assert [(one.measure_id, one.overdue) for one in found.plan] == [
        ("late", True),
        ("soon", False),
        ("someday", False),
    ]
    assert found.plan[1].expected_revenue == amount("500")
    assert [(one.key, one.measure_id) for one in found.agenda if one.measure_id] == [
        ("overdue", "late"),
        ("without_owner", "someday"),
        ("without_due_day", "someday"),
    ]


def test_last_quarter_s_measures_are_those_then_known_and_not_long_finished() -> None:
    rows = [
        _measure("running"),
        _measure("finished", state="done", due_on="2026-08-01"),
        _measure("long over", state="done", due_on="2026-06-30"),
        _measure("new", started_on="2026-07-01"),
    ]
    found = measures(dataset(orders(LEDGER), quarter="2026-Q3", tables={"measures": rows}))

    assert [one.measure_id for one in found.last_quarters] == ["finished", "running"]


def test_a_measure_of_several_rows_adds_up_and_counts_customers_once() -> None:
    rows = [
        _measure("m", customer_id="anna", cost="3", state="done"),
        _measure("m", customer_id="bernd", cost="4", group="control"),
        _measure("m", cost="100"),
    ]
    status = measures(dataset(orders(LEDGER), quarter="2026-Q3", tables={"measures": rows})).status

    assert [(one.state, one.cost, one.targets, one.controls) for one in status] == [("running", amount("107"), 1, 1)]


def test_the_agenda_asks_for_what_nobody_does() -> None:
    ledger = "anna 2025-01-01 10\nbernd 2026-06-01 10"
    found = measures(dataset(orders(ledger), quarter="2026-Q2", tables={"measures": [_measure("m")]}))

    assert [(one.key, dict(one.facts)) for one in found.agenda] == [
        ("lost_not_contacted", {"k": 1, "n": 1}),
        ("no_open_measure", {"kind": "win_back"}),
        ("no_open_measure", {"kind": "cross_selling"}),
    ]


purchases = st.lists(
    st.tuples(st.sampled_from("abcd"), st.dates(date(2024, 1, 1), date(2026, 9, 30))), min_size=1, max_size=20
)
contacts = st.lists(
    st.tuples(
        st.sampled_from(["win_back", "retention"]),
        st.sampled_from("abcd"),
        st.sampled_from(["target", "target", "control"]),
        st.dates(date(2025, 1, 1), date(2026, 9, 30)),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(purchases, contacts, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_later_rows_change_no_figure(
    bought: list[tuple[str, date]], reached: list[tuple[str, str, str, date]], random: Random
) -> None:
    names = ["a", "b", "c", "d", "z"]
    rows = orders("a 2024-01-01 7\n" + "\n".join(f"{who} {on} {on.day}" for who, on in bought))
    plan = [
        _measure(kind, kind=kind, customer_id=who, group=group, started_on=str(on), cost="2")
        for kind, who, group, on in reached
    ]
    customers: list[Row] = [{"customer_id": name} for name in names]
    expected = measures(dataset(rows, quarter="2026-Q3", customers=customers, tables={"measures": plan})).figures()
    later: list[Row] = [{**orders("z 2026-10-01 10")[0], "order_id": "later"}]
    again = dataset(
        [*random.sample(rows, len(rows)), *later],
        quarter="2026-Q3",
        customers=random.sample(customers, len(customers)),
        tables={"measures": [*random.sample(plan, len(plan)), _measure("later", started_on="2026-10-01")]},
    )

    assert measures(again).figures() == expected


def test_ideas_wait_in_a_backlog_and_are_in_no_plan_and_no_result() -> None:
    rows = [
        _measure("newer", state="idea", started_on="2026-08-01", owner="", due_on="", expected_revenue="70"),
        _measure("older", state="idea", started_on="2026-02-01", due_on=""),
        _measure("later", state="idea", started_on="2026-10-01", due_on=""),  # noted after the cut-off
        _measure("running", customer_id="bernd"),
        _measure("reached", state="idea", customer_id="anna", started_on="2026-03-01"),
    ]
    found = measures(dataset(orders(LEDGER), quarter="2026-Q3", tables={"measures": rows}))

    assert [one.measure_id for one in found.ideas] == ["older", "reached", "newer"]
    assert [one.measure_id for one in found.status] == ["running"]
    assert [one.measure_id for one in found.plan] == ["running"]
    assert "reached" not in [one.measure_id for one in found.results]
    assert [one.measure_id for one in found.agenda if one.key == "ideas_waiting"] == ["older", "reached", "newer"]
    ideas = found.figures()["ideas"]
    assert isinstance(ideas, list)
    assert ideas[2] == {
        "measure_id": "newer",
        "kind": "retention",
        "title": "newer",
        "owner": "",
        "noted_on": "2026-08-01",
        "expected_revenue": 70.0,
    }


def test_an_idea_that_became_a_measure_is_followed_to_its_verdict() -> None:
    rows = [
        _measure("began", idea_on="2026-04-11", customer_id="bernd"),
        _measure("waits", idea_on="2026-06-30", started_on="2026-09-01", state="planned"),
        _measure("never an idea"),
    ]
    found = measures(dataset(orders(LEDGER), quarter="2026-Q3", tables={"measures": rows})).from_ideas

    assert [(one.measure.measure_id, one.days_to_start) for one in found] == [("waits", 63), ("began", 20)]
    assert found[0].result is None
    assert found[1].result is not None
    assert found[1].figures()["verdict"] == "too_early"
