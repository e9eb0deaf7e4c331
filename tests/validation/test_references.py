from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from retention_reports.errors import DataError
from retention_reports.validation.folder import load_client_folder
from tests.support.folders import CLIENT, load, problems, write_client

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd
    import pytest

    from retention_reports.model.folder import RowAccount

BY_LINE = '[files.orders]\nrows = "order_line"\n'
HEADER = "order_id,customer_id,ordered_on,amount\n"


def test_a_merged_customer_buys_as_the_one_it_was_merged_into(tmp_path: Path) -> None:
    folder = load(
        tmp_path,
        customers="customer_id,merged_into,referred_by\nK1,K2,\nK2,K3,\nK3,,\nK4,,K1\n",
        orders=HEADER + "1,K1,2026-01-05,1\n2,K4,2026-01-05,1\n",
    )

    assert folder.tables["customers"]["customer_id"].tolist() == ["K3", "K4"]
    assert folder.tables["customers"]["referred_by"].tolist() == ["", "K3"]
    assert folder.tables["orders"]["customer_id"].tolist() == ["K3", "K4"]
    assert folder.tables["orders"]["customer"].tolist() == [0, 1]
    account = folder.accounts[0]
    assert [(part.reason, part.rows) for part in account.left_out] == [("merged_customer", 2)]


def test_excluded_customers_are_gone_from_every_table(tmp_path: Path) -> None:
    folder = load(
        tmp_path,
        'exclude_customers = ["K1", "9999"]\n' + CLIENT,
        customers="customer_id,merged_into\nK1,\nK2,\nK3,K1\n",
        orders=HEADER + "1,K1,2026-01-05,1\n2,K2,2026-01-05,1\n3,9999,2026-01-05,1\n4,K3,2026-01-05,1\n",
        order_lines="order_id,product_id,amount\n1,P1,1\n2,P1,1\n",
        visits="customer_id,visited_on\nK3,2026-01-05\nK2,2026-01-05\n",
    )

    assert {name: len(table) for name, table in folder.tables.items()} == {
        "customers": 1, "orders": 1, "order_lines": 1, "visits": 1,
    }  # fmt: skip
    assert folder.tables["visits"]["customer"].tolist() == [0]
    assert [sum(part.rows for part in account.left_out) for account in folder.accounts] == [2, 3, 1, 1]
    assert folder.warnings == ()


def test_unknown_customers_may_be_declared_unassigned(tmp_path: Path) -> None:
    folder = load(
        tmp_path,
        'unknown_customers = "unassigned"\nunassigned_up_to = 0.5\n' + CLIENT,
        orders=HEADER + "1,K1,2026-01-05,1\n2,K9,2026-01-05,1\n",
        visits="customer_id,visited_on\nK9,2026-01-05\nK2,2026-01-05\n",
    )

    assert folder.tables["orders"]["customer"].tolist() == [0, -1]
    assert folder.tables["visits"]["customer"].tolist() == [1]
    assert [(part.reason, part.rows) for part in folder.accounts[2].left_out] == [("unknown_customer", 1)]
    assert [warning.kind for warning in folder.warnings] == ["unknown customer"] * 2


def test_a_customer_that_could_not_be_read_is_not_called_unknown(tmp_path: Path) -> None:
    told = problems(tmp_path, customers="customer_id,name\nK1,Anna,x\nK2,Bernd\n")

    assert [line.split(": ")[0] for line in told] == ["customers.csv:2"]


def test_customers_can_be_cut_out_of_the_orders(tmp_path: Path) -> None:
    folder = load(
        tmp_path,
        CLIENT + '[files.customers]\npath = "orders.csv"\ndistinct = true\n',
        customers=None,
        orders=HEADER + "1,K1,2026-01-05,1\n2,K1,2026-01-06,1\n3,,2026-01-06,1\n4,K2,2026-01-06,1\n",
    )

    assert folder.tables["customers"]["name"].tolist() == ["K1", "K2"]
    account = folder.accounts[0]
    assert (account.rows_in, account.rows_used) == (4, 2)
    assert [(part.reason, part.rows) for part in account.left_out] == [("repeated_key", 1), ("without_key", 1)]


CUSTOMER = st.sampled_from(["K1", "K2", "K3", "K4", ""])
ROW = st.tuples(st.sampled_from(["1", "2", "3", ""]), CUSTOMER, st.sampled_from(["5", "-1.5", ""]))


class Export(NamedTuple):
    rows: list[tuple[str, str, str]]
    visits: list[str]
    settings: str
    excluded: set[str]


EXPORTS = st.builds(
    Export,
    rows=st.lists(ROW, max_size=8),
    visits=st.lists(CUSTOMER.filter(bool), max_size=5),
    settings=st.sampled_from(["", BY_LINE]),
    excluded=st.sets(st.sampled_from(["K1", "K3"])),
)


@settings(deadline=None, max_examples=60)
@given(EXPORTS, st.sampled_from(["", 'unknown_customers = "unassigned"\nunassigned_up_to = 1.0\n']))
def test_every_row_of_every_file_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, export: Export, unknown: str
) -> None:
    lines = [f"{order},{customer},{'2026-01-05' if order else ''},{amount}" for order, customer, amount in export.rows]
    folder = write_client(
        tmp_path_factory.mktemp("account"),
        f"{unknown}exclude_customers = {sorted(export.excluded)}\n{CLIENT}{export.settings}",
        customers="customer_id,merged_into\nK1,\nK2,K1\nK3,\n",
        orders=HEADER + "9,K3,2026-01-05,1\n" + "\n".join(lines) + "\n",
        visits="customer_id,visited_on\n" + "".join(f"{name},2026-01-05\n" for name in export.visits) + ",\n",
    )
    accounts: tuple[RowAccount, ...] = ()
    tables: Mapping[str, pd.DataFrame] = {}
    with suppress(DataError):
        loaded = load_client_folder(folder)
        accounts, tables = loaded.accounts, loaded.tables

    files = {"customers": 3, "orders": 1 + len(export.rows), "visits": 1 + len(export.visits)}
    for account in accounts:
        assert account.rows_in == files[account.table]
        assert account.rows_used + sum(part.rows for part in account.left_out) == account.rows_in
        if account.table != "orders" or not export.settings:
            assert account.rows_used == len(tables[account.table])
