"""What the section on cross-selling says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retention_reports.analyses.cross_selling.cross_selling_analysis import cross_selling
from retention_reports.model.client import Client
from retention_reports.presentation.cross_selling.cross_selling_section import present_cross_selling
from tests.support.datasets import Row, dataset
from tests.support.lines import products, sales
from tests.support.presenting import context, table_texts, tables, words

if TYPE_CHECKING:
    from retention_reports.presentation.view import SectionView

GOODS = products("soap/Soap", "towel/Paper")
BUYERS = "\n".join(f"{name} 2026-01-01 soap:10 towel:300" for name in "abcde")
SHOPS: list[Row] = [
    {"customer_id": name, "name": f"Shop {name.upper()}", "segment": "shops", "email_permission": "yes"}
    for name in "abcdefgh"
]


def section(text: str, *, language: str = "en", **more: list[Row]) -> SectionView:
    orders, lines = sales(text)
    client = Client("test", "Test", language=language, currency="EUR", history_complete=True)
    given: dict[str, list[Row]] = {"order_lines": lines, "products": GOODS, **more}
    data = dataset(orders, quarter="2026-Q3", client=client, customers=SHOPS, tables=given)
    return present_cross_selling(context(data, cross_selling(data), language=language))


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("language", "text", "headline"),
    [
        ("en", f"{BUYERS}\nf 2026-01-01 soap:10",
         ("One active customer of 6 buys from one category only; what comparable customers buy besides would come to "
         "€250 a year (€0 to €450).")),
        ("de", f"{BUYERS}\nf 2026-01-01 soap:10\ng 2026-01-01 soap:10",
         ("2 von 7 aktiven Kunden kaufen nur aus einer Warengruppe; was vergleichbare Kunden außerdem kaufen, ergäbe "
         "429 € im Jahr (0 € bis 514 €).")),
        ("en", "a 2026-01-01 soap:1 towel:1",
         ("The one active customer buys from several categories; nobody lacks anything that comparable customers "
          "buy.")),
        ("de", "a 2026-01-01 soap:1\nb 2026-01-01 towel:1",
         ("2 von 2 aktiven Kunden kaufen nur aus einer Warengruppe; für ein Potenzial gibt es zu wenige "
          "Vergleichskunden.")),
    ],
)  # fmt: skip
def test_the_headline_covers_none_one_many_and_unknown(language: str, text: str, headline: str) -> None:
    assert plain(section(text, language=language).headline) == headline


@pytest.mark.parametrize(("language", "yes"), [("de", "ja"), ("en", "yes")])
def test_the_list_of_customers_says_what_to_offer_and_whether_one_may_write(language: str, yes: str) -> None:
    view = section(f"{BUYERS}\nf 2026-01-01 soap:10", language=language)
    shown = tables(view)

    row = table_texts(shown["cross-selling-potential"])[0]
    assert row[:3] == ["Shop F", "shops", "Paper"]
    assert yes in row
    assert row[-2:] == ["5", "250"]
    assert not shown["cross-selling-potential"].on_paper
    assert shown["cross-selling-campaigns"].on_paper


def test_the_matrix_shows_bought_potential_and_neither() -> None:
    view = section(f"{BUYERS}\nf 2026-01-01 soap:10\nh 2026-01-01 towel:1")
    rows = {row[0]: row[2:] for row in table_texts(tables(view)["cross-selling-white-space"])}
    labels = [column.label for column in tables(view)["cross-selling-white-space"].columns][2:]

    assert labels == ["Paper", "Soap"]
    assert rows["Shop A"] == ["✓", "✓"]
    assert rows["Shop F"] == ["257", "✓"]
    assert rows["Shop H"] == ["✓", "9"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_benchmark_is_marked_as_not_the_client_s_own(language: str) -> None:
    said = words(section(BUYERS, language=language))
    view = section(BUYERS, language=language)

    marked = {"de": "nicht aus Ihren Daten", "en": "not from your data"}[language]
    notes = [getattr(block, "note", "") for row in view.rows for block in row.blocks]
    assert any(marked in note for note in notes)
    assert "{" not in said


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    "measures",
    [
        [],
        [{"started_on": "2026-01-01", "state": "done", "owner": "Ida", "expected_revenue": "50"}],
        [{"started_on": "2026-01-01", "state": "done", "group": "control"}],
        [
            {"started_on": "2026-01-01", "state": "done"},
            {"started_on": "2026-09-01", "state": "running", "group": "control", "expected_revenue": "5"},
        ],
        [{"started_on": "2026-09-01", "state": "planned"}],
    ],
)  # fmt: skip
def test_every_state_of_the_six_steps_has_its_sentence(language: str, measures: list[Row]) -> None:
    rows: list[Row] = [
        {"measure_id": str(number), "kind": "cross_selling", "title": "Samples", "customer_id": "a", "group": "target",
         **measure}
        for number, measure in enumerate(measures)
    ]  # fmt: skip
    steps = table_texts(tables(section(BUYERS, language=language, measures=rows))["cross-selling-steps"])

    assert [row[0][:2] for row in steps] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert all(row[1] and row[2].endswith(".") for row in steps)


@pytest.mark.parametrize("language", ["de", "en"])
def test_without_order_lines_the_section_only_says_what_is_missing(language: str) -> None:
    orders, _ = sales("a 2026-01-01 soap:1")
    client = Client("test", "Test", language=language, history_complete=True)
    data = dataset(orders, quarter="2026-Q3", client=client)

    view = present_cross_selling(context(data, cross_selling(data), language=language))

    assert (view.rows, view.headline, view.agenda) == ((), "", ())
    assert ["order_lines" in said for said in view.missing] == [True, False]
    assert "touchpoints" in view.missing[1]
