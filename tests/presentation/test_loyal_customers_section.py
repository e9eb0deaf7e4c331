"""What the section on loyal customers says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retention_reports.analyses.deliveries import deliveries
from retention_reports.analyses.loyal_customers.loyal_customer_analysis import loyal_customers
from retention_reports.analyses.reachability.reachability_analysis import reachability
from retention_reports.model.client import Client
from retention_reports.presentation.loyal_customers.loyal_customer_section import present_loyal_customers
from retention_reports.presentation.tables import ROWS_ON_SCREEN
from tests.support.datasets import Row, dataset, orders
from tests.support.presenting import context, table_texts, tables, words

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.presentation.view import SectionView

NO_BREAK = "\N{NO-BREAK SPACE}"
TEN = "\n".join(f"c{number} 2025-05-01 10\nc{number} 2026-05-01 10" for number in range(9))
TWO_YEARS = """
    anna   2025-05-01  800
    anna   2026-05-01  700
    bernd  2025-05-01  190
    bernd  2026-05-01  200
    clara  2025-05-01   10
    clara  2026-05-01   20
"""


def _client(language: str, *, complete: bool = True) -> Client:
    return Client("test", "Test", language=language, currency="EUR", history_complete=complete)


def _view(data: Dataset, language: str) -> SectionView:
    results = (loyal_customers(data), reachability(data), deliveries(data))
    return present_loyal_customers(context(data, *results, language=language))


@pytest.mark.parametrize(
    ("language", "ledger", "complete", "headline"),
    [
        ("en", f"{TEN}\n{TWO_YEARS.strip()}", True,
         "2 of 12 customers bring 89% of revenue; all of last year’s A customers are still among them."),
        ("de", f"{TEN}\nanna 2025-05-01 800\nanna 2026-05-01 5\nbernd 2026-05-01 900", True,
         "Ein einziger A-Kunde von 11 bringt 90 % des Umsatzes; ein A-Kunde des Vorjahres gehört nicht mehr dazu."),
        ("en", TWO_YEARS, True,
         "3 customers brought revenue in the last twelve months: too few to say what it rests on."),
        ("de", "anna 2026-05-01 5", True, "Ein einziger Kunde brachte in den letzten zwölf Monaten Umsatz."),
        ("en", "anna 2024-05-01 5", True, "No known customer brought revenue in the last twelve months."),
        ("en", "anna 2026-05-01 5", False, "What revenue rests on cannot be told yet: the data begins on 1 May 2026."),
    ],
)  # fmt: skip
def test_the_headline_covers_none_one_many_and_unknown(
    language: str, ledger: str, headline: str, *, complete: bool
) -> None:
    data = dataset(orders(ledger), quarter="2026-Q3", client=_client(language, complete=complete))

    assert _view(data, language).headline.replace(NO_BREAK, " ") == headline


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_young_export_shows_nothing_but_what_is_missing(language: str) -> None:
    data = dataset(orders("anna 2026-05-01 5"), quarter="2026-Q3", client=_client(language, complete=False))

    view = _view(data, language)

    assert (view.rows, view.findings) == ((), ())
    assert len(view.missing) >= 4
    assert "{" not in words(view)


def test_customers_who_fell_out_of_class_a_are_a_finding_with_their_decrease() -> None:
    ledger = "anna 2025-05-01 800\nanna 2026-05-01 5\nbernd 2026-05-01 900\nclara 2025-05-01 700"
    view = _view(dataset(orders(ledger), quarter="2026-Q3", client=_client("en")), "en")

    assert view.findings[0].text.replace(NO_BREAK, " ") == (
        "2 of last year’s A customers are so no longer, together bringing €1,495 less than in the year before."
    )


@pytest.mark.parametrize("language", ["de", "en"])
def test_everything_is_told_with_enough_data(language: str) -> None:
    lines = [
        f"c{number} {year}-0{1 + number % 9}-10 {(20 - number) * 10 + year % 7}"
        for number in range(20)
        for year in (2024, 2025, 2026)
    ]
    rows: list[Row] = [
        {**row, "promised_on": row["ordered_on"], "delivered_on": row["ordered_on"]} for row in orders("\n".join(lines))
    ]
    names = [f"c{number}" for number in range(20)]
    customers: list[Row] = [
        {
            "customer_id": name,
            "email": f"{name}@example.org",
            "email_permission": "yes",
            "referred_by": "c1" if name == "c2" else "",
        }
        for name in names
    ]
    feedback: list[Row] = [
        {"customer_id": name, "date": "2026-05-01", "kind": kind, "score": "10"}
        for name in names
        for kind in ("survey", "complaint")
    ]
    touchpoints: list[Row] = [
        {"customer_id": "c3", "date": "2026-05-01", "channel": "mail", "state": "done", "occasion": "Offer"}
    ]
    lines_sold: list[Row] = [{"order_id": row["order_id"], "product_id": "p", "amount": row["amount"]} for row in rows]
    data = dataset(
        rows,
        quarter="2026-Q3",
        client=_client(language),
        customers=customers,
        tables={
            "feedback": [{**row, "resolved_on": ""} for row in feedback],
            "touchpoints": touchpoints,
            "order_lines": lines_sold,
            "products": [{"product_id": "p", "name": "P", "category": "paper"}],
        },
    )

    view = _view(data, language)

    assert {"class-movements", "score-groups", "satisfied", "ambassadors", "nothing-given", "profiles"} <= set(
        tables(view)
    )
    assert {"de": "ja", "en": "yes"}[language] in table_texts(tables(view)["satisfied"])[0]
    assert len(view.method) == 12
    assert view.missing == ()
    assert len(view.agenda) == 2
    assert "{" not in words(view)


def test_a_long_list_counts_the_customers_that_it_does_not_show() -> None:
    ledger = "\n".join(f"c{number} 2026-05-01 {number + 1}" for number in range(310))
    view = _view(dataset(orders(ledger), quarter="2026-Q3", client=_client("en")), "en")

    profiles = tables(view)["profiles"]
    assert len(profiles.rows) == ROWS_ON_SCREEN
    assert profiles.more_on_screen == f"{310 - ROWS_ON_SCREEN} more entries are in the data."
