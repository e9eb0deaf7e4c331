"""Sums of columns are taken apart as they are meant, also where names hold signs themselves."""

from __future__ import annotations

import pytest

from retention_reports.reading.formulas import Term, parse_terms, unknown_term

HEADER = ("Total", "Taxes", "Net - EUR", "Net", "EUR", "Versand (€)", "E-Mail", "E", "Mail", "")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Total - Taxes", (Term(0), Term(1, -1))),
        ("Total − Taxes + Versand (€)", (Term(0), Term(1, -1), Term(5, 1))),
        ("Net - EUR - Taxes", (Term(2), Term(1, -1))),
        ("[Net] - [EUR] - Taxes", (Term(3), Term(4, -1), Term(1, -1))),
        ("[Net - EUR] + [Total]", (Term(2), Term(0))),
    ],
)
def test_columns_are_added_and_subtracted(text: str, terms: tuple[Term, ...]) -> None:
    assert parse_terms(text, HEADER) == terms


@pytest.mark.parametrize(
    "text", ["Total", "E-Mail", "Total-Taxes", "Total - Tax", "- Total", "Total * Taxes", "Total -", ""]
)
def test_what_is_no_sum_of_columns_is_none(text: str) -> None:
    assert parse_terms(text, HEADER) == ()


def test_the_part_that_is_no_column_is_named() -> None:
    assert unknown_term("Total - Tax", HEADER) == "Tax"
    assert unknown_term("Vor - Nachname", HEADER) == ""
