"""Tables for wider circulation add up groups below five customers, and tell amounts of single customers in bands."""

from __future__ import annotations

from retention_reports.model.money import UNIT
from retention_reports.presentation.circulation import for_circulation
from retention_reports.presentation.context import Context
from retention_reports.presentation.formats import Formats
from retention_reports.presentation.tables import customer_cell, customers_cell, money_cell, text_cell, text_columns
from retention_reports.presentation.view import Cell, Row, SectionView, Table
from tests.support.datasets import dataset, orders
from tests.support.presenting import context as plain_context
from tests.support.presenting import table_texts, tables


def _context() -> Context:
    made = plain_context(dataset(orders("K1 2026-01-05 10"), quarter="2026-Q1"))
    formats = Formats(made.wording, "GBP", in_bands=True)
    return Context(made.dataset, made.results, made.wording, formats, made.register)


def _shown(*rows: tuple[Cell, ...]) -> Table:
    table = Table("t", "Title", text_columns("a", "b", "c"), rows)
    return tables(for_circulation(_context(), SectionView("key", "Title", "", rows=(Row((table,)),))))["t"]


def _group(name: str, customers: int, revenue: int) -> tuple[Cell, ...]:
    context = _context()
    return text_cell(name), customers_cell(context, customers), money_cell(context, revenue * UNIT)


def test_small_groups_are_added_up_behind_the_others() -> None:
    shown = _shown(_group("A", 3, 1234), _group("B", 20, 5678), _group("C", 2, 111))

    assert table_texts(shown) == [
        ["B", "20", "5,678"],
        ["2 groups of fewer than five customers each", "5", "1,345"],
    ]


def test_what_is_still_small_or_alone_is_told_in_bands() -> None:
    assert table_texts(_shown(_group("A", 3, 1234), _group("B", 20, 5678)))[0] == ["A", "3", "1,000 to 2,000"]
    assert table_texts(_shown(_group("A", 1, 1234), _group("B", 2, 111)))[0][1:] == ["3", "1,000 to 2,000"]


def test_a_single_customers_amount_is_nowhere_in_its_row() -> None:
    row = (customer_cell("Customer X", "X"), text_cell("-"), money_cell(_context(), 12_345_600))

    (shown,) = _shown(row).rows

    assert shown[2].text == "1,000 to 2,000"
    assert "12345" not in repr(shown)
