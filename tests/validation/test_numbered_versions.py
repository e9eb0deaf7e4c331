"""Ids that end in the number of a version: told where they may mean that, and settled where `client.toml` says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.folders import load, problems

if TYPE_CHECKING:
    from pathlib import Path

    from retention_reports.model.folder import ClientFolder

HEAD = "order_id,customer_id,ordered_on,amount\n"
CLIENT = 'name = "Client"\n[files.orders]\n'


def _ids(folder: ClientFolder, table: str = "orders") -> list[str]:
    return list(folder.tables[table]["order_id"])


@pytest.mark.parametrize("mark", ["-R", "_v", "/Rev."])
def test_revisions_are_refused_with_the_mark_that_leaves_the_older_ones_out(tmp_path: Path, mark: str) -> None:
    orders = (
        f"{HEAD}A1,K1,2026-01-05,100\nA1{mark}1,K1,2026-01-06,120\nA1{mark}2,K1,2026-01-07,90\nA2,K2,2026-01-07,5\n"
    )

    (told,) = problems(tmp_path, orders=orders)

    assert f'ids such as "A1" and "A1{mark}2" look like versions of one order' in told
    assert "the 2 older ones add 220.00" in told
    folder = load(tmp_path, f'{CLIENT}version_mark = "{mark}"\n', orders=orders)
    assert _ids(folder) == [f"A1{mark}2", "A2"]
    account = next(account for account in folder.accounts if account.table == "orders")
    assert [(part.reason, part.rows) for part in account.left_out] == [("older_version", 2)]
    assert len(_ids(load(tmp_path, f'{CLIENT}version_mark = ""\n', orders=orders))) == 4


def test_numbers_alone_may_be_parts_and_are_told_on_the_first_page(tmp_path: Path) -> None:
    orders = f"{HEAD}7-1,K1,2026-01-05,100\n7-2,K1,2026-01-06,120\n8-1,K2,2026-01-07,5\n"

    (warning,) = load(tmp_path, orders=orders).warnings

    page = str(warning.on_first_page)
    assert page.startswith('The orders "7-1" and "7-2" may be versions of one order')
    assert page.endswith("revenue is 100.00 too high.")


@pytest.mark.parametrize(
    "orders",
    [
        "2026-1,K1,2026-01-05,1\n2026-2,K2,2026-01-06,2\n2026-3,K1,2026-01-06,2\n",
        "7-1,K1,2026-01-05,1\n7-2,K1,2026-03-06,2\n",
        "7-4,K1,2026-01-05,1\n7-9,K1,2026-01-06,2\n",
        "K1-1,K1,2026-01-05,1\n7-1,K1,2026-01-06,2\n",
        "7-1,K1,2026-01-05,1\n8-1,K1,2026-01-06,2\n",
    ],
    ids=["numbers of a year", "months apart", "not in turn", "different ones", "first parts alone"],
)
def test_other_numbers_with_a_dash_are_orders(tmp_path: Path, orders: str) -> None:
    assert problems(tmp_path, orders=HEAD + orders) == []


def test_numbers_counted_by_customer_are_orders(tmp_path: Path) -> None:
    customers = "customer_id,name\n101,Anna\n102,Bernd\n"
    orders = "101-1,101,2026-01-05,1\n101-2,101,2026-01-06,2\n102-1,102,2026-01-06,2\n"

    assert problems(tmp_path, customers=customers, orders=HEAD + orders) == []


def test_lines_of_older_versions_leave_with_them(tmp_path: Path) -> None:
    orders = f"{HEAD}7-1,K1,2026-01-05,100\n7-2,K1,2026-01-06,120\n"
    lines = "order_id,product_id,amount\n7-1,P1,100\n7-2,P1,80\n7-2,P2,40\n"

    folder = load(tmp_path, f'{CLIENT}version_mark = "-"\n', orders=orders, order_lines=lines)

    assert _ids(folder) == ["7-2"]
    assert _ids(folder, "order_lines") == ["7-2", "7-2"]
    assert folder.warnings == ()
