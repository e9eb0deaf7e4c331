from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retention_reports.model.email_addresses import addresses_in
from tests.support.folders import CLIENT, load, problems

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("cell", "addresses"),
    [
        ("a@example.org; b@example.org", ["a@example.org", "b@example.org"]),
        ("Berta Beispiel <berta@example.org>", ["berta@example.org"]),
        ("cora@example.org.", ["cora@example.org"]),
        ("mailto:dora@example.org", ["dora@example.org"]),
        ("a@example.org/b@example.org", []),
        ("none", []),
        ("a@b", []),
    ],
)
def test_addresses_are_found_among_the_words_of_a_cell(cell: str, addresses: list[str]) -> None:
    assert addresses_in(cell) == addresses


def test_one_address_of_each_cell_counts_and_the_others_are_told(tmp_path: Path) -> None:
    customers = "customer_id,email\nK1,a@example.org; b@example.org\nK2,\nK3,C <c@example.org>\nK4,nobody\n"
    folder = load(tmp_path, customers=customers)

    assert folder.tables["customers"]["email"].tolist() == ["a@example.org", "", "c@example.org", "nobody"]
    assert [warning.location.line for warning in folder.warnings] == [2, 5]


def enquiries(*criteria: str) -> str:
    rows = [f'E{number},2026-01-05,"{cell}",yes' for number, cell in enumerate(criteria)]
    return "\n".join(["enquiry_id,received_on,criteria,won", *rows, ""])


@pytest.mark.parametrize(
    ("criteria", "severity"),
    [
        (["budget, need", "need"], "error"),
        (["budget | need", "date | need"], "error"),
        (["budget / need", "date"], "warning"),
        (["budget; need, soon", "need"], ""),
        (["budget", "need"], ""),
    ],
)
def test_another_separator_of_criteria_is_told(tmp_path: Path, criteria: list[str], severity: str) -> None:
    found = problems(tmp_path, enquiries=enquiries(*criteria))

    assert len(found) == bool(severity)


@pytest.mark.parametrize(("sign", "cells"), [(",", ["a, b", "b"]), ("|", ["a|b", "b"]), (";", ["a, b", "b"])])
def test_a_declared_separator_is_taken_as_it_is(tmp_path: Path, sign: str, cells: list[str]) -> None:
    client = f'{CLIENT}[files.enquiries.lists]\ncriteria = "{sign}"\n'
    folder = load(tmp_path, client, enquiries=enquiries(*cells))

    assert not folder.warnings
    assert folder.tables["enquiries"]["criteria"].tolist() == [cell.replace(sign, ";") for cell in cells]
