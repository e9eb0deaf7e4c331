"""What the section on the programme says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retention_reports.analyses.programme.programme_analysis import programme
from retention_reports.model.client import Client
from retention_reports.presentation.programme.programme_section import present_programme
from retention_reports.presentation.view import Chart
from tests.support.datasets import Row, dataset
from tests.support.lines import products, sales
from tests.support.presenting import context, table_texts, tables, words

if TYPE_CHECKING:
    from retention_reports.presentation.view import SectionView

GOODS = products("soap/Soap", "towel/Paper")


def section(text: str, *, goods: list[Row] | None = GOODS, language: str = "en", **more: str) -> SectionView:
    orders, lines = sales(text, **more)
    return shown(orders, lines, goods, language)


def shown(orders: list[Row], lines: list[Row], goods: list[Row] | None, language: str) -> SectionView:
    client = Client("test", "Test", language=language, currency="EUR", history_complete=True)
    given = {"order_lines": lines, **({} if goods is None else {"products": goods})}
    data = dataset(orders, quarter="2026-Q3", client=client, tables=given)
    return present_programme(context(data, programme(data), language=language))


@pytest.mark.parametrize(
    ("language", "text", "goods", "headline"),
    [
        ("en", "a 2026-01-01 soap:9", GOODS,
         "The only product sold brings all the revenue; one of the 2 on offer was bought by nobody."),
        ("en", "a 2026-01-01 soap:9 towel:9", GOODS,
         "2 of 2 products sold make up 80% of revenue; each of the 2 on offer was bought."),
        ("de", "a 2026-01-01 soap:9", [*GOODS, *products("odd/Soap")],
         "Das einzige verkaufte Produkt bringt den ganzen Umsatz; 2 der 3 angebotenen kaufte niemand."),
        ("de", "a 2026-01-01 soap:9 towel:9", None, "2 von 2 verkauften Produkten bringen 80 % des Umsatzes."),
        ("de", "a 2026-01-01 soap:9 returned", GOODS,
         "Mit keinem Produkt wurde in den letzten zwölf Monaten Umsatz erzielt."),
    ],
)  # fmt: skip
def test_the_headline_covers_none_one_and_many(
    language: str, text: str, goods: list[Row] | None, headline: str
) -> None:
    view = section(text, goods=goods, language=language)

    assert view.headline.replace("\N{NO-BREAK SPACE}", " ") == headline
    assert "{" not in words(view)


def test_the_category_that_lost_most_is_the_finding() -> None:
    view = section("a 2025-01-01 soap:90 towel:50\nb 2025-01-01 soap:10\na 2026-01-01 soap:40 towel:60")

    (finding,) = view.findings
    assert finding.text.startswith("Soap loses the most revenue: €60 less than in the twelve months before;")
    assert finding.text.endswith("; one customer buys it, customers before: 2.")
    assert section("a 2025-01-01 soap:40\na 2026-01-01 soap:40").findings == ()


def two_people(language: str) -> SectionView:
    ida, lines = sales("\n".join(f"i{number} 2026-01-01 soap:1 towel:1" for number in range(12)), sales_rep="Ida")
    jan, more = sales("\n".join(f"j{number} 2026-01-01 soap:1" for number in range(12)), sales_rep="Jan")
    for row in (*jan, *more):
        row["order_id"] = f"J{row['order_id']}"
    return shown([*ida, *jan], [*lines, *more], GOODS, language)


@pytest.mark.parametrize(
    ("language", "gap"),
    [("de", "Paper: 0 von 12 Kunden; Ida: 12 von 12"), ("en", "Paper: 0 of 12 customers; Ida: 12 of 12")],
)
def test_a_demonstrable_gap_is_named_and_asked_about(language: str, gap: str) -> None:
    view = two_people(language)
    rows = {row[0]: row[1] for row in table_texts(tables(view)["programme-sellers"])}

    assert rows["Jan"] == gap
    assert rows["Ida"] == {"de": "keine belegte", "en": "none shown"}[language]
    assert len(view.agenda) == 1
    assert len([block for row in view.rows for block in row.blocks if isinstance(block, Chart)]) == 2


def test_few_customers_make_no_gap_and_no_heat_map() -> None:
    view = section("a 2026-01-01 soap:1", sales_rep="Ida")

    assert len([block for row in view.rows for block in row.blocks if isinstance(block, Chart)]) == 1


@pytest.mark.parametrize("language", ["de", "en"])
def test_orders_that_differ_from_their_lines_are_said(language: str) -> None:
    orders, lines = sales("a 2026-01-01 soap:9")
    orders[0]["amount"] = "12"
    view = shown(orders, lines, GOODS, language)

    notes = [block.note for row in view.rows for block in row.blocks if isinstance(block, Chart)]
    assert {"de": "weichen um 3", "en": "differ by €3"}[language] in notes[0]


@pytest.mark.parametrize("language", ["de", "en"])
def test_without_order_lines_the_section_only_says_what_is_missing(language: str) -> None:
    orders, _ = sales("a 2026-01-01 soap:9")
    client = Client("test", "Test", language=language, history_complete=True)
    data = dataset(orders, quarter="2026-Q3", client=client)
    view = present_programme(context(data, programme(data), language=language))

    assert (view.rows, view.headline, view.findings) == ((), "", ())
    assert len(view.missing) == 1
    assert "order_lines" in view.missing[0]
