"""Lost customers: the three questions and the reasons, worked by hand on small tables."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_reports.analyses.lost_customers.lost_customer_analysis import lost_customers
from retention_reports.model.client import Client
from retention_reports.model.figures import Missing, Rate, Unknown
from retention_reports.model.lapses import lost_between
from retention_reports.model.statuses import left_in
from tests.support.datasets import Row, amount, dataset, orders

if TYPE_CHECKING:
    from random import Random

# On 30 September 2026: anna left in August, bernd by notice in May, clara came and went within the year, dora stays,
# emil left in the year before, finn left in November and is back.
LEDGER = """
    anna   2025-01-10  100
    anna   2025-08-10  200
    bernd  2026-02-01  300
    clara  2025-11-05   50
    dora   2025-09-01   10
    dora   2026-09-01   10
    emil   2024-12-24   70
    finn   2024-11-11   40
    finn   2026-01-15   40
"""
CUSTOMERS: list[Row] = [
    {"customer_id": "anna", "segment": "shop", "sales_rep": "Vogt"},
    {"customer_id": "bernd", "segment": "shop", "notice_on": "2026-05-01"},
    {"customer_id": "clara", "segment": "home", "notice_on": "2026-06-01", "email_permission": "yes"},
    {"customer_id": "dora", "segment": "home"},
]


def _loss(customer: str, reason: str, day: str = "2026-09-01", **more: str) -> Row:
    return {"customer_id": customer, "noticed_on": day, "reason": reason, **more}


def test_lost_are_those_once_there_in_the_year_who_are_not_there_at_its_end() -> None:
    found = lost_customers(dataset(orders(LEDGER), quarter="2026-Q3", customers=CUSTOMERS))

    # Base: active a year ago (anna, dora, emil, finn) or bought since (bernd, clara).
    assert found.now.lost == Rate(4, 6)
    assert (found.now.by_notice, found.now.silently) == (2, 2)
    assert [customer.customer_id for customer in found.customers] == ["anna", "bernd", "emil", "clara"]


def test_a_loss_costs_its_last_year_times_the_remaining_years() -> None:
    found = lost_customers(dataset(orders(LEDGER), quarter="2026-Q3", customers=CUSTOMERS)).now

    # anna 300, bernd 300, clara 50, emil 70; of four active a year ago two still are: 1 ÷ (1 - ½) = 2 years.
    assert found.revenue_year == amount("720")
    assert found.retention == Rate(2, 4)
    assert (found.remaining_years, found.years_assumed) == (Fraction(2), False)
    assert found.lifetime_value == amount("1440")


def test_without_a_retention_rate_below_one_the_client_s_assumption_counts() -> None:
    client = Client("test", "Test", history_complete=True, customer_lifetime_years=4.5)
    ledger = "anna 2025-12-01 100"
    customers: list[Row] = [{"customer_id": "anna", "notice_on": "2026-01-01"}]
    found = lost_customers(dataset(orders(ledger), quarter="2026-Q3", client=client, customers=customers))

    assert (found.now.remaining_years, found.now.years_assumed) == (Fraction(9, 2), True)
    assert found.now.lifetime_value == amount("450")
    assert Missing("lost_12m.retention_rate_12m", Unknown.NOBODY_ACTIVE) in found.missing


def test_the_margin_counts_orders_of_known_cost_and_says_how_many() -> None:
    first, second = orders("anna 2025-02-01 100\nanna 2025-03-01 300")
    found = lost_customers(dataset([{**first, "cost": "60"}, second], quarter="2026-Q2")).now

    assert (found.margin_year, found.margin_known) == (amount("40"), Rate(amount("100"), amount("400"), is_money=True))


def test_the_year_before_is_counted_the_same_way() -> None:
    found = lost_customers(dataset(orders(LEDGER), quarter="2027-Q3", customers=CUSTOMERS))
    then = lost_customers(dataset(orders(LEDGER), quarter="2026-Q3", customers=CUSTOMERS))

    assert found.before == then.now


def test_breakdowns_add_up_and_name_the_base() -> None:
    found = lost_customers(dataset(orders(LEDGER), quarter="2026-Q3", customers=CUSTOMERS))

    assert [(group.name, group.lost, group.revenue_year) for group in found.by_segment] == [
        ("shop", Rate(2, 2), amount("600")),
        ("", Rate(1, 2), amount("70")),
        ("home", Rate(1, 2), amount("50")),
    ]
    assert [(group.name, group.lost.k) for group in found.by_sales_rep] == [("", 3), ("Vogt", 1)]
    assert sum(group.lost.k for group in found.by_value_class) == 4


def test_a_young_export_knows_neither_number_nor_cost() -> None:
    found = lost_customers(dataset(orders(LEDGER), quarter="2026-Q1", history_complete=False))

    assert found.now.lost is None
    assert found.customers == ()
    assert {"lost_12m.customers", "lost_12m.revenue_year"} <= {one.key for one in found.missing}


def test_a_last_year_that_begins_before_the_data_has_no_known_revenue() -> None:
    found = lost_customers(
        dataset(orders("anna 2024-09-01 9\nbernd 2025-08-10 9"), quarter="2026-Q3", history_complete=False)
    )

    # anna had gone a year ago; bernd's last year began on 11 August 2024.
    assert found.now.lost == Rate(1, 1)
    assert found.now.revenue_year is None


LOSSES = [
    _loss("anna", "zu teuer", competitor="Nord"),
    _loss("bernd", "Chef verstorben"),
    _loss("bernd", "unbekannt", day="2026-03-01"),
    _loss("clara", "Lieferverzug", day="2025-11-04"),
    _loss("emil", "weggezogen", department="Vertrieb"),
]


def test_reasons_are_ranked_by_value_and_unknown_ones_make_the_call_list() -> None:
    client = Client("test", "Test", history_complete=True, loss_reasons={"Chef verstorben": "death"})
    data = dataset(orders(LEDGER), quarter="2026-Q3", client=client, customers=CUSTOMERS, tables={"losses": LOSSES})
    found = lost_customers(data)

    # bernd's latest note counts; clara's is older than its last purchase and belongs to an earlier story.
    assert [(one.reason.key, one.reason.avoidable, one.customers, one.revenue_year) for one in found.reasons] == [
        ("death", False, 1, amount("300")),
        ("price", True, 1, amount("300")),
        ("moved_away", False, 1, amount("70")),
        ("unknown", None, 1, amount("50")),
    ]
    assert found.reason_known == Rate(3, 4)
    assert [customer.customer_id for customer in found.call_list] == ["clara"]
    assert [(one.name, one.customers) for one in found.competitors] == [("Nord", 1)]
    assert [(one.name, one.revenue_year) for one in found.departments] == [
        ("sales", amount("300")),
        ("Vertrieb", amount("70")),
    ]
    assert [(one.name, one.customers) for one in found.by_avoidability] == [
        ("unavoidable", 2),
        ("avoidable", 1),
        ("unknown", 1),
    ]


def test_reasons_are_compared_with_the_year_before() -> None:
    losses = [_loss("old", "price", day="2025-09-01"), _loss("late", "price", day="2026-01-01"), _loss("now", "price")]
    ledger = "old 2024-08-01 10\nlate 2024-09-01 10\nnow 2025-09-01 10\nstays 2026-09-01 10"
    found = lost_customers(dataset(orders(ledger), quarter="2026-Q3", tables={"losses": losses}))

    # late's reason was not known on 30 September 2025.
    assert [(one.reason.key, one.customers, one.customers_before) for one in found.reasons] == [
        ("price", 1, 1),
        ("unknown", 0, 1),
    ]
    assert found.reason_known_before == Rate(1, 2)


def test_without_a_file_of_losses_no_reason_is_claimed() -> None:
    found = lost_customers(dataset(orders(LEDGER), quarter="2026-Q3", customers=CUSTOMERS))

    assert found.reasons == ()
    assert found.figures()["reason_known_k"] is None
    assert Missing("reasons", Unknown.NO_FILE, "losses") in found.missing


ledgers = st.lists(
    st.tuples(st.sampled_from("abc"), st.dates(date(2023, 1, 1), date(2026, 9, 30))), min_size=1, max_size=20
)
notices = st.lists(st.tuples(st.sampled_from("abc"), st.dates(date(2024, 1, 1), date(2026, 9, 30))), max_size=4)


@given(ledgers, notices, st.integers(1, 14))
def test_lost_in_a_year_is_the_quarters_exits_less_the_returns_after_them(
    bought: list[tuple[str, date]], given_up: list[tuple[str, date]], months: int
) -> None:
    losses: list[Row] = [_loss(who, "x", day=str(on), kind="notice") for who, on in given_up]
    client = Client("test", "Test", history_complete=True, lapse_months=months)
    rows = orders("a 2023-01-01 1\n" + "\n".join(f"{who} {on} 1" for who, on in bought))
    data = dataset(rows, quarter="2026-Q3", client=client, tables={"losses": losses})

    exits = np.zeros(data.ledger.customer_count, dtype=int)
    returns = np.zeros_like(exits)
    for back in (3, 2, 1, 0):
        quarter = data.quarter.plus(-back)
        opening = data.ledger.active(quarter.previous.last_day)
        came = ~opening & data.ledger.bought_between(quarter.previous.last_day, quarter.last_day)
        returns += came & (exits > 0)
        exits += left_in(data.ledger, quarter)
    lost, base = lost_between(data.ledger, data.year_ago, data.cut_off)
    assert (lost == exits - returns).all()
    assert lost_customers(data).now.lost == Rate(int(lost.sum()), int(base.sum()))


@settings(max_examples=25, deadline=None)
@given(ledgers, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_later_rows_change_no_figure(bought: list[tuple[str, date]], random: Random) -> None:
    rows = orders("a 2023-01-01 1\n" + "\n".join(f"{who} {on} {on.day}" for who, on in bought))
    losses = [_loss(who, ("price", "death", "")[on.day % 3], day=str(on)) for who, on in bought]
    measures: list[Row] = [
        {"measure_id": "m", "kind": "win_back", "title": "t", "customer_id": who, "started_on": str(on), "cost": "5"}
        for who, on in bought[::2]
    ]
    customers: list[Row] = [{"customer_id": name} for name in "abcz"]
    tables = {"losses": losses, "measures": measures}
    expected = lost_customers(dataset(rows, quarter="2026-Q3", customers=customers, tables=tables)).figures()
    shuffled = {name: random.sample(table, len(table)) for name, table in tables.items()}
    shuffled["losses"] += [_loss("a", "service", day="2026-10-01")]
    later: list[Row] = [{**orders("z 2026-10-01 10")[0], "order_id": "later"}]
    again = dataset([*random.sample(rows, len(rows)), *later], quarter="2026-Q3", customers=customers, tables=shuffled)

    assert lost_customers(again).figures() == expected
