from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.folders import CLIENT, load

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "order_id,customer_id,ordered_on,amount,status\n"
RETURNED = "309,K1,2026-01-10,107,returned\n"


def test_a_refund_told_by_status_and_by_row_is_told_with_its_amount(tmp_path: Path) -> None:
    folder = load(tmp_path, orders=HEAD + RETURNED + "310,K1,2026-01-20,-107,completed\n311,K2,2026-02-20,50,\n")

    told = [warning for warning in folder.warnings if warning.kind == "refund counted twice"]
    assert [warning.location.line for warning in told] == [3]
    assert told[0].on_first_page is not None
    assert told[0].on_first_page.said_in("de").endswith("Der Umsatz ist um 107,00 zu niedrig.")


@pytest.mark.parametrize(
    "other", ["310,K2,2026-01-20,-107,\n", "310,K1,2026-01-20,-106,\n", "310,K1,2026-01-09,-107,\n"]
)
def test_other_credit_notes_are_no_refund_of_a_returned_order(tmp_path: Path, other: str) -> None:
    folder = load(tmp_path, orders=HEAD + RETURNED + other)

    assert [warning for warning in folder.warnings if warning.kind == "refund counted twice"] == []


def test_each_refund_finds_one_order(tmp_path: Path) -> None:
    rows = "309,K1,2026-01-10,7,returned\n" + "".join(f"{number},K1,2026-02-10,-7,\n" for number in range(3))

    folder = load(tmp_path, orders=HEAD + rows)

    assert [str(warning.on_first_page) for warning in folder.warnings if warning.kind == "refund counted twice"] == [
        (
            "One refund is deducted twice: the order counts as returned, and a credit note of the same customer takes "
            "it off once more. Revenue is 7.00 too low."
        )
    ]


def test_a_refund_among_the_lines_of_an_order_is_found(tmp_path: Path) -> None:
    rows = "1,K1,2026-01-10,60,\n1,K1,2026-01-10,40,returned\n1,K1,2026-01-10,-40,\n2,K2,2026-01-10,5,\n"

    folder = load(tmp_path, CLIENT + '[files.orders]\nrows = "order_line"\n', orders=HEAD + rows)

    assert [warning.kind for warning in folder.warnings] == ["refund counted twice"]


@pytest.mark.parametrize(
    ("first", "then", "revenue"), [("cancelled", "completed", "niedrig"), ("completed", "cancelled", "hoch")]
)
def test_a_cancellation_told_by_status_and_by_row_is_told_whichever_row_counts(
    tmp_path: Path, first: str, then: str, revenue: str
) -> None:
    rows = f"1,K1,2026-01-10,107,{first}\n2,K1,2026-01-20,-107,{then}\n3,K2,2026-02-20,50,\n"

    told = [one for one in load(tmp_path, orders=HEAD + rows).warnings if one.kind == "refund counted twice"]

    assert [warning.location.line for warning in told] == [3]
    assert told[0].on_first_page is not None
    assert f"107,00 zu {revenue}" in told[0].on_first_page.said_in("de")


@pytest.mark.parametrize("status", ["completed", "cancelled"])
def test_both_rows_of_a_cancellation_in_one_status_are_as_they_should_be(tmp_path: Path, status: str) -> None:
    rows = f"1,K1,2026-01-10,107,{status}\n2,K1,2026-01-20,-107,{status}\n3,K2,2026-02-20,50,\n"

    assert not [one for one in load(tmp_path, orders=HEAD + rows).warnings if one.kind == "refund counted twice"]
