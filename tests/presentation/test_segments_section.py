"""What the section on segments and services says."""

from __future__ import annotations

import pytest

from retention_reports.analyses.segments.segment_analysis import segments
from retention_reports.presentation.segments.segment_section import present_segments
from tests.support.datasets import Row, dataset, orders
from tests.support.presenting import context, table_texts, tables, words

LEDGER = "anna 2026-05-01 100\nbernd 2026-05-01 50\nclara 2026-06-01 50"


@pytest.mark.parametrize(
    ("language", "fits", "headline"),
    [
        ("en", (1, 2, 3), "There is no target customer among the active customers with a rating."),
        ("en", (4, 2, 3), "There is one target customer among the active customers."),
        ("de", (5, 4, 3), "Unter den aktiven Kunden sind 2 Wunschkunden."),
        ("de", ("", "", ""), "3 aktive Kunden sind zu wenige, um Gruppen zu vergleichen."),
    ],
)
def test_the_headline_covers_none_one_many_and_unknown(language: str, fits: tuple[object, ...], headline: str) -> None:
    customers: list[Row] = [
        {"customer_id": name, "fit": fit} for name, fit in zip(("anna", "bernd", "clara"), fits, strict=True)
    ]
    data = dataset(orders(LEDGER), quarter="2026-Q3", customers=customers)

    view = present_segments(context(data, segments(data), language=language))

    assert view.headline.replace("\N{NO-BREAK SPACE}", " ") == headline


@pytest.mark.parametrize("language", ["de", "en"])
def test_everything_known_is_said_in_whole_words(language: str) -> None:
    customers: list[Row] = [
        {"customer_id": "anna", "fit": 5, "motive": "Price", "potential": "400", "segment": "Home",
         "email": "a@b.example", "email_permission": "yes"},
        {"customer_id": "bernd", "fit": 2, "motive": "", "potential": "90", "segment": "Trade"},
    ]  # fmt: skip
    rows = orders(LEDGER)
    for row in rows:
        row.update({"cost": "60", "sales_rep": "Vogt", "channel": "Phone"})
    given: dict[str, list[Row]] = {
        "order_lines": [{"order_id": "1", "product_id": "care", "amount": "40", "quantity": "2"}],
        "products": [{"product_id": "care", "name": "Care", "category": "Services", "kind": "service", "cost": "25"}],
    }
    data = dataset(rows, quarter="2026-Q3", customers=customers, tables=given)

    view = present_segments(context(data, segments(data), language=language))

    assert "{" not in words(view)
    assert set(tables(view)) >= {"segment-demands", "segments-costly", "segments-fit", "segments-services"}
    assert table_texts(tables(view)["segments-costly"])[0][0] == "bernd"
    assert len(view.missing) == 3
    assert table_texts(tables(view)["segments-services"])[0][-1].replace("\xa0", " ") in ("80 %", "80%")
    assert len(view.agenda) == 2  # costly customers, and a service that costs more than it brings


@pytest.mark.parametrize("language", ["de", "en"])
def test_without_a_whole_year_the_section_only_says_what_is_missing(language: str) -> None:
    data = dataset(orders(LEDGER), quarter="2026-Q3", history_complete=False)

    view = present_segments(context(data, segments(data), language=language))

    assert view.rows == ()
    assert len(view.missing) == 1
