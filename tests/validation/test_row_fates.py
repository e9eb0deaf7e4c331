"""Every row of a file is used, left out or refused, and in exactly one of these ways."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retention_reports.validation.folder import check_rows
from tests.support.folders import write_client

if TYPE_CHECKING:
    from retention_reports.validation.row_fates import RejectedRow

GALLERY = Path(__file__).parents[1] / "errors"
HEAD = "order_id,customer_id,ordered_on,amount,kind\n"


def _reasons(rows: tuple[RejectedRow, ...]) -> list[tuple[int, str, str, str]]:
    return [(row.location.line, row.location.column, row.fate, row.reason) for row in rows]


def test_each_kind_of_row_is_named_with_its_cells(tmp_path: Path) -> None:
    client = """name = "C"
        exclude_customers = ["K2"]
        [files.orders.skip_rows]
        kind = "Summe"
        """
    orders = (
        f"{HEAD}1,K1,2026-01-05,5,a\n2,K2,2026-01-05,5,a\n3,K1,2026-02-31,5,a\n,,,,\n"
        "4,K1,2026-01-05,5\n1,K1,2026-01-06,6,a\n,,,21,Summe\n"
    )

    fates = check_rows(write_client(tmp_path, client, orders=orders))

    of_orders = tuple(row for row in fates.rejected if row.table == "orders")
    assert _reasons(of_orders) == [
        (3, "", "left_out", "excluded_customer"),
        (4, "ordered_on", "refused", "unreadable day"),
        (5, "", "left_out", "blank_row"),
        (6, "", "refused", "ragged row"),
        (7, "order_id", "refused", "duplicate id"),
        (8, "", "left_out", "skipped"),
    ]
    assert of_orders[1].cells == ("3", "K1", "2026-02-31", "5", "a")
    assert of_orders[1].identifier == "3"
    (file,) = (file for file in fates.files if file.table == "orders")
    assert (file.rows_in, file.used, file.left_out, file.refused) == (7, 1, 3, 3)


@pytest.mark.parametrize("case", sorted(path.name for path in GALLERY.iterdir() if (path / "orders.csv").exists()))
def test_no_row_of_a_bad_folder_is_lost_or_counted_twice(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(GALLERY)

    fates = check_rows(Path(case))

    assert [file for file in fates.files if file.rows_in != file.used + file.left_out + file.refused] == []
    assert len(fates.rejected) == sum(file.left_out + file.refused for file in fates.files)


def test_the_rows_of_an_order_share_its_fate(tmp_path: Path) -> None:
    client = 'name = "C"\nexclude_customers = ["K2"]\n[files.orders]\nrows = "order_line"\n'
    orders = f"{HEAD}1,K1,2026-01-05,5,a\n2,K2,2026-01-05,5,a\n1,K1,2026-01-05,6,b\n2,K2,2026-01-05,7,b\n"

    fates = check_rows(write_client(tmp_path, client, orders=orders))

    of_orders = tuple(row for row in fates.rejected if row.table == "orders")
    assert _reasons(of_orders) == [(3, "", "left_out", "excluded_customer"), (5, "", "left_out", "excluded_customer")]


def test_rows_that_are_told_of_at_once_are_all_refused(tmp_path: Path) -> None:
    client = 'name = "C"\n[files.orders.sign]\ncolumn = "kind"\na = 1\n'
    orders = f"{HEAD}1,K1,2026-01-05,5,a\n2,K1,2026-01-05,5,b\n3,K1,2026-01-05,5,c\n"

    fates = check_rows(write_client(tmp_path, client, orders=orders))

    assert [(row.location.line, row.location.column, row.reason) for row in fates.rejected] == [
        (3, "kind", "word without a sign"),
        (4, "kind", "word without a sign"),
    ]


_CELLS = (
    st.sampled_from(["1", "2", "3", "4", ""]),
    st.sampled_from(["K1", "K2", "K9", ""]),
    st.sampled_from(["2026-01-05", "2026-02-31", ""]),
    st.sampled_from(["5", "-5", "viel", ""]),
    st.sampled_from(["a", "b", "Summe", "", "x,y"]),
)
_SETTINGS = (
    "",
    'skip_rows = { kind = "Summe" }\n',
    'only = { kind = ["a", ""] }\n',
    'rows = "order_line"\n',
    'rows = "order_line"\nskip_rows = { kind = "Summe" }\n',
    "number_rows = true\n",
    'sign = { column = "kind", a = 1, b = 0, Summe = -1 }\n',
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(*_CELLS), min_size=1, max_size=8),
    st.sampled_from(_SETTINGS),
    st.sampled_from(["", 'exclude_customers = ["K2"]\n']),
)
def test_rows_in_are_rows_used_left_out_and_refused(
    tmp_path: Path, rows: list[tuple[str, ...]], words: str, excluded: str
) -> None:
    orders = HEAD + "".join(",".join(row) + "\n" for row in rows)

    fates = check_rows(write_client(tmp_path, f'name = "C"\n{excluded}[files.orders]\n{words}', orders=orders))

    for file in fates.files:
        named = [
            row.location.line for row in fates.rejected if (row.location.path, row.table) == (file.path, file.table)
        ]
        assert len(named) == len(set(named)) == file.left_out + file.refused
        assert file.rows_in == file.used + file.left_out + file.refused
        assert file.rows_in == (len(rows) if file.table == "orders" else 2)
