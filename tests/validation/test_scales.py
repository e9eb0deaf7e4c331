from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from retention_reports.model.schema import FEEDBACK, ORDER_LINES
from retention_reports.validation.ranges import range_faults
from tests.support.folders import CLIENT, load, problems

if TYPE_CHECKING:
    from pathlib import Path

FEEDBACK_HEAD = "customer_id,date,kind,score\n"


def scores(*values: str) -> str:
    return FEEDBACK_HEAD + "".join(f"K1,2026-01-{day:02d},survey,{value}\n" for day, value in enumerate(values, 1))


@pytest.mark.parametrize(
    ("scale", "given", "expected"),
    [
        ("[1, 5]", ["1", "2", "5"], [0, 2.5, 10]),
        ("[6, 1]", ["6", "1", "3.5"], [0, 10, 5]),
        ("[0, 100]", ["80", "100"], [8, 10]),
        ("[0, 10]", ["3", "4"], [3, 4]),
    ],
)
def test_scores_of_a_declared_scale_are_taken_to_the_standard_one(
    tmp_path: Path, scale: str, given: list[str], expected: list[float]
) -> None:
    client = f"{CLIENT}[files.feedback.scale]\nscore = {scale}\n"
    folder = load(tmp_path, client, feedback=scores(*given))

    assert folder.tables["feedback"]["score"].tolist() == expected
    assert not folder.warnings


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (["5"], 0),
        (["5", "4"], 1),
        (["5", "6"], 0),
        (["7", "6"] * 5, 1),
        (["7", "8"] * 5, 0),
    ],
)
def test_scores_that_never_come_near_ten_are_told(tmp_path: Path, values: list[str], told: int) -> None:
    assert len(problems(tmp_path, feedback=scores(*values))) == told


def test_discounts_in_per_cent_are_read_by_their_scale_or_their_sign(tmp_path: Path) -> None:
    head = "order_id,product_id,quantity,unit_price,discount\n"
    orders = "order_id,customer_id,ordered_on\n1,K1,2026-01-05\n2,K2,2026-01-05\n"
    rows = "1,A,2,100.00,{}\n2,A,1,100.00,{}\n"
    scale = f"{CLIENT}[files.order_lines.scale]\ndiscount = [0, 100]\n"
    amounts = [
        load(tmp_path / "scale", scale, orders=orders, order_lines=head + rows.format("10", "0")),
        load(tmp_path / "sign", orders=orders, order_lines=head + rows.format("10 %", "0 %")),
        load(tmp_path / "both", scale, orders=orders, order_lines=head + rows.format("10 %", "0")),
    ]

    for folder in amounts:
        assert folder.tables["orders"]["amount"].tolist() == [1_800_000, 1_000_000]


def test_another_scale_is_proposed_only_where_it_cannot_misread_the_rest() -> None:
    score, discount = FEEDBACK.column("score"), ORDER_LINES.column("discount")

    def key(values: list[float], column: object = score) -> str:
        faults = range_faults(np.array(values), discount if column is discount else score)
        return next(iter(faults.values())).key if faults else ""

    assert key([8, 9, 80]) == "scales.outside"
    assert key([80, 95, 5]) == "scales.other"
    assert key([10, 0], discount) == "scales.other"
    assert key([10, 0.1], discount) == "scales.mixed"
    assert not key([0.5, np.nan], discount)


@pytest.mark.parametrize(
    ("percents", "is_told"),
    [(["0.05", "0.03"], True), (["-0.1"], True), (["0.5", "3"], False), (["0.5 %"], False), (["0"], False)],
)
def test_price_changes_below_one_per_cent_are_told(tmp_path: Path, percents: list[str], *, is_told: bool) -> None:
    rows = "".join(f"2025-0{month}-01,{percent}\n" for month, percent in enumerate(percents, start=1))

    told = [one for one in load(tmp_path, price_changes=f"date,percent\n{rows}").warnings if one.kind == "scale"]

    assert [one.on_first_page is not None for one in told] == [True] * is_told


@pytest.mark.parametrize(
    ("discounts", "is_told"),
    [(["0.9", "1", "0"], True), (["0.9", "0.1"], False), (["1"], False), (["90%", "80%"], False), (["0", ""], False)],
)
def test_discounts_of_half_the_price_and_more_are_told(tmp_path: Path, discounts: list[str], *, is_told: bool) -> None:
    rows = "".join(f"1,A,1,10.00,{discount}\n" for discount in discounts)
    lines = f"order_id,product_id,quantity,unit_price,discount\n{rows}"

    folder = load(tmp_path, orders="order_id,customer_id,ordered_on\n1,K1,2026-01-05\n", order_lines=lines)

    assert [one.on_first_page is not None for one in folder.warnings if one.kind == "scale"] == [True] * is_told
