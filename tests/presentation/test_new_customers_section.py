"""What the section on new customers says."""

from __future__ import annotations

import pytest

from retention_reports.analyses.new_customers.new_customer_analysis import new_customers
from retention_reports.model.client import Client
from retention_reports.presentation.new_customers.new_customer_section import present_new_customers
from retention_reports.presentation.view import Chart
from tests.support.datasets import Row, dataset, orders
from tests.support.presenting import context, table_texts, tables, words

NO_BREAK = "\N{NO-BREAK SPACE}"
TEN = "\n".join(f"c{number} 2026-01-07 20" for number in range(9))
ONE_AGAIN = "anna 2026-01-05 80\nanna 2026-02-05 90\nbernd 2026-01-06 70"


def _client(language: str, *, complete: bool = True) -> Client:
    return Client("test", "Test", language=language, currency="EUR", history_complete=complete)


@pytest.mark.parametrize(
    ("language", "ledger", "complete", "headline"),
    [
        ("en", f"{ONE_AGAIN}\n{TEN}", True,
         ("One of 11 new customers bought a second time within 180 days; 10 active customers have bought only once so "
          "far.")),
        ("de", f"bernd 2026-01-06 70\n{TEN}", True,
         ("Keiner von 10 neuen Kunden kaufte binnen 180 Tagen ein zweites Mal; 10 aktive Kunden haben bisher nur "
          "einmal gekauft.")),
        ("en", ONE_AGAIN, True,
         ("For only 2 new customers 180 days are over: too few to judge second purchases; one active customer has "
          "bought only once so far.")),
        ("de", "anna 2026-01-05 80\nanna 2026-02-05 90", True,
         ("Erst bei einem neuen Kunden sind 180 Tage um: zu wenig für ein Urteil über den zweiten Kauf; kein aktiver "
          "Kunde hat erst einmal gekauft.")),
        ("en", "anna 2026-09-05 80", True,
         "As of today one active customer has bought only once so far."),
        ("en", ONE_AGAIN, False, "Who is new cannot be told yet: the data begins on 5 January 2026."),
    ],
)  # fmt: skip
def test_the_headline_covers_none_one_many_and_unknown(
    language: str, ledger: str, headline: str, *, complete: bool
) -> None:
    data = dataset(orders(ledger), quarter="2026-Q3", client=_client(language, complete=complete))

    view = present_new_customers(context(data, new_customers(data), language=language))

    assert view.headline.replace(NO_BREAK, " ") == headline


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_young_export_shows_nothing_and_says_why(language: str) -> None:
    data = dataset(orders("a 2026-08-01 10"), quarter="2026-Q3", client=_client(language, complete=False))

    view = present_new_customers(context(data, new_customers(data), language=language))

    assert (view.rows, view.findings, view.key_figures) == ((), (), ())
    assert len(view.missing) >= 2
    assert "{" not in words(view)


@pytest.mark.parametrize(
    ("language", "permission", "email", "shown"),
    [
        ("de", "yes", "anna@example.org", "ja"),
        ("de", "no", "anna@example.org", "Einwilligung fehlt"),
        ("en", "yes", "anna", "no address"),
    ],
)
def test_the_list_says_whether_one_may_write(language: str, permission: str, email: str, shown: str) -> None:
    customers: list[Row] = [{"customer_id": "anna", "email": email, "email_permission": permission}]
    data = dataset(orders("anna 2026-08-01 80"), quarter="2026-Q3", client=_client(language), customers=customers)

    view = present_new_customers(context(data, new_customers(data), language=language))

    assert table_texts(tables(view)["one-time-buyers"])[0][3] == shown


@pytest.mark.parametrize("language", ["de", "en"])
def test_everything_is_told_with_enough_data(language: str) -> None:
    lines = [f"c{number} 2025-0{1 + number % 9}-10 {100 + number}" for number in range(24)]
    lines += [f"c{number} 2025-1{number % 3}-20 {90 + 2 * number}" for number in range(16)]
    rows: list[Row] = [
        {**row, "channel": "shop" if place % 3 else "phone"} for place, row in enumerate(orders("\n".join(lines)))
    ]
    costs: list[Row] = [
        {"quarter": quarter, "kind": kind, "amount": "100"}
        for quarter in ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4")
        for kind in ("acquisition", "retention", "win_back")
    ]
    data = dataset(rows, quarter="2025-Q4", client=_client(language), tables={"costs": costs})

    view = present_new_customers(context(data, new_customers(data), language=language))

    assert [len(row.blocks) for row in view.rows] == [2, 2, 1, 1]
    assert len(view.method) == 10
    costs_shown = view.rows[-1].blocks[0]
    assert isinstance(costs_shown, Chart)
    assert {"de": "oft zitiert", "en": "often quoted"}[language] in costs_shown.note
    assert "{" not in words(view)
