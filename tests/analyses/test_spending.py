"""Where the money goes, worked by hand."""

from __future__ import annotations

from retention_reports.analyses.spending import PillarRevenue, spending
from retention_reports.model.dataset import Dataset
from retention_reports.model.figures import Missing, Rate, Unknown
from tests.support.datasets import Row, amount, dataset, orders
from tests.support.small_clients import reported_quarter, small_client

# A year ago is 30 September 2025: kept was active then, back had lapsed; nobody brings 5 and gave 2 back.
LEDGER = """
    new     2026-01-10  30
    kept    2025-09-01  90
    kept    2026-09-01  50
    back    2024-01-01  90
    back    2026-05-01  15
    -       2026-05-01   5
"""
QUARTERS = ("2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")


def costs(**amounts: str) -> list[Row]:
    return [
        {"quarter": quarter, "kind": kind, "amount": each} for quarter in QUARTERS for kind, each in amounts.items()
    ]


def test_spending_stands_beside_the_revenue_of_its_pillar() -> None:
    spent = costs(acquisition="90", retention="10", win_back="20")
    found = spending(dataset(orders(LEDGER), quarter="2026-Q3", tables={"costs": spent}))

    assert found.spent == (("acquisition", amount("360")), ("retention", amount("40")), ("win_back", amount("80")))
    assert found.revenue == PillarRevenue(
        new=amount("30"), loyal=amount("50"), won_back=amount("15"), unassigned=amount("5")
    )
    assert found.spent_share("acquisition") == Rate(amount("360"), amount("480"), is_money=True)
    assert found.revenue_share("acquisition") == Rate(amount("30"), amount("100"), is_money=True)
    figures = found.figures()
    assert (figures["acquisition_share"], figures["new_revenue_share"]) == (0.75, 0.3)
    assert figures["missing"] == []


def test_a_purpose_that_is_not_recorded_is_not_nothing_spent() -> None:
    spent = costs(acquisition="90", retention="10")
    found = spending(dataset(orders(LEDGER), quarter="2026-Q3", tables={"costs": spent}))

    assert found.spent[2] == ("win_back", None)
    assert found.spent_share("win_back") is None
    assert found.spent_share("acquisition") == Rate(amount("360"), amount("400"), is_money=True)
    assert found.missing == (Missing("spent.win_back", Unknown.NO_ROWS, "costs (win_back)"),)


def test_of_one_purpose_alone_no_part_is_told() -> None:
    found = spending(dataset(orders(LEDGER), quarter="2026-Q3", tables={"costs": costs(acquisition="90")}))

    assert found.spent_share("acquisition") is None


def test_without_a_file_of_costs_the_revenue_is_still_known() -> None:
    found = spending(dataset(orders(LEDGER), quarter="2026-Q3"))

    assert found.known == ()
    assert found.revenue is not None
    assert {entry.reason for entry in found.missing} == {Unknown.NO_FILE}


def test_revenue_by_pillar_adds_up_to_all_revenue() -> None:
    for seed in (3, 4):
        folder = small_client(seed)
        data = Dataset.at(folder, reported_quarter(folder))
        revenue = spending(data).revenue

        assert revenue is not None
        assert revenue.total == data.total_revenue_between(data.year_ago, data.cut_off)
