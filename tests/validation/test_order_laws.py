"""However an export cuts orders into rows and files, they are the same orders."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.folders import CLIENT, load

if TYPE_CHECKING:
    from pathlib import Path

    from retention_reports.model.folder import ClientFolder

HEAD = "order_id,customer_id,ordered_on,amount,status,sales_rep,delivered_on,product_id\n"
BY_LINE = CLIENT + '[files.orders]\npath = "o*.csv"\nrows = "order_line"\nper_line = ["amount", "status"]\n'
WHOLE = HEAD.replace(",product_id", "")

_PARTS = st.lists(st.integers(1, 90_000), min_size=1, max_size=4)
_ORDERS = st.lists(
    st.tuples(_PARTS, st.sampled_from(["K1", "K2"]), st.sampled_from(["completed", "cancelled", "returned"])),
    min_size=1,
    max_size=6,
)
_laws = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)


def _lines(orders: list[tuple[list[int], str, str]]) -> list[str]:
    return [
        f"{number},{customer},2026-01-{number + 1:02},{part / 100:.2f},{status},R{number},2026-02-1{number},P{place}\n"
        for number, (parts, customer, status) in enumerate(orders)
        for place, part in enumerate(parts)
    ]


def _orders(folder: ClientFolder) -> pd.DataFrame:
    return folder.tables["orders"].sort_values("order_id", ignore_index=True)


def _place(tmp_path_factory: object) -> Path:
    place: Path = tmp_path_factory.mktemp("law")  # type: ignore[attr-defined]
    return place


@_laws
@given(_ORDERS)
def test_an_order_split_into_lines_is_the_same_order(
    tmp_path_factory: object, orders: list[tuple[list[int], str, str]]
) -> None:
    rows = [line.rpartition(",")[0] + "\n" for line in _lines([([sum(parts)], *rest) for parts, *rest in orders])]  # type: ignore[misc]

    whole = load(_place(tmp_path_factory), orders=WHOLE + "".join(rows))
    split = load(_place(tmp_path_factory), BY_LINE, orders=None, o1=HEAD + "".join(_lines(orders)))

    pd.testing.assert_frame_equal(_orders(whole), _orders(split))


@_laws
@given(_ORDERS, st.integers(0, 2**32), st.integers(1, 3))
def test_neither_the_order_of_lines_nor_their_files_matter(
    tmp_path_factory: object, orders: list[tuple[list[int], str, str]], seed: int, files: int
) -> None:
    lines = _lines(orders)
    mixed = random.Random(seed).sample(lines, len(lines))
    parts = {f"o{number}": HEAD + "".join(mixed[number::files]) for number in range(files)}

    one = load(_place(tmp_path_factory), BY_LINE, orders=None, o1=HEAD + "".join(lines))
    several = load(_place(tmp_path_factory), BY_LINE, orders=None, **parts)

    pd.testing.assert_frame_equal(_orders(one), _orders(several))
    columns = ["order_id", "product_id", "amount", "status"]
    sold, sold_again = (
        folder.tables["order_lines"][columns].sort_values(columns, ignore_index=True) for folder in (one, several)
    )
    pd.testing.assert_frame_equal(sold, sold_again)


@_laws
@given(_ORDERS, st.integers(1, 90_000))
def test_a_cancelled_line_changes_nothing(
    tmp_path_factory: object, orders: list[tuple[list[int], str, str]], amount: int
) -> None:
    lines = _lines(orders)
    cancelled = [
        f"{number},{customer},2026-01-{number + 1:02},{amount / 100:.2f},cancelled,R{number},2026-03-01,X\n"
        for number, (_, customer, status) in enumerate(orders)
        if status != "cancelled"
    ]

    before = load(_place(tmp_path_factory), BY_LINE, orders=None, o1=HEAD + "".join(lines))
    after = load(_place(tmp_path_factory), BY_LINE, orders=None, o1=HEAD + "".join(cancelled + lines))

    pd.testing.assert_frame_equal(_orders(before), _orders(after))
    pd.testing.assert_frame_equal(before.tables["order_lines"], after.tables["order_lines"])
