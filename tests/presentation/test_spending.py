"""What is said of where the money goes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retention_reports.analyses.spending import PillarRevenue, Spending, spending
from retention_reports.model.client import Client
from retention_reports.presentation.pillars.spending import spending_chart, spending_finding
from tests.support.datasets import Row, amount, dataset, orders
from tests.support.presenting import context

BUYERS = "\n".join(f"c{number} 2026-08-01 10" for number in range(30))
COSTS: list[Row] = [
    {"quarter": quarter, "kind": kind, "amount": spent}
    for quarter in ("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")
    for kind, spent in (("acquisition", "30000"), ("retention", "10000"))
]
REVENUE = PillarRevenue(new=amount("100000"), loyal=amount("900000"), won_back=0, unassigned=0)


def told(language: str, *, buyers: str = BUYERS, revenue: PillarRevenue = REVENUE) -> tuple[str | None, str | None]:
    client = Client("test", "Test", language=language, currency="EUR", history_complete=True)
    data = dataset(orders(buyers), quarter="2026-Q3", client=client, tables={"costs": COSTS})
    found: Spending = replace(spending(data), revenue=revenue)
    made = context(data, found, language=language)
    chart, finding = spending_chart(made, found), spending_finding(made, found)
    title = chart.title.replace("\N{NO-BREAK SPACE}", " ") if chart else None
    return title, finding.text if finding else None


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "75 % der Ausgaben gehen in neue Kunden, die 10 % des Umsatzes bringen"),
        ("en", "75% of spending goes to new customers, who bring 10% of revenue"),
    ],
)
def test_the_purpose_that_takes_more_than_it_brings_is_named(language: str, title: str) -> None:
    chart, finding = told(language)

    assert chart == title
    assert finding is not None


def test_where_most_goes_to_those_who_bring_more_there_is_no_finding_but_the_next() -> None:
    revenue = PillarRevenue(new=amount("900000"), loyal=amount("100000"), won_back=0, unassigned=0)

    assert told("en", revenue=revenue)[0] == "25% of spending goes to loyal customers, who bring 10% of revenue"


def test_few_customers_make_no_shares() -> None:
    assert told("en", buyers="\n".join(BUYERS.splitlines()[:9])) == (None, None)


def test_a_pillar_with_more_credit_notes_than_orders_has_no_part() -> None:
    revenue = PillarRevenue(new=-1, loyal=amount("900000"), won_back=0, unassigned=0)

    assert told("en", revenue=revenue) == (None, None)
