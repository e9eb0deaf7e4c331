"""Well-known data sets: what is published about them must come out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from retention_reports.validation.folder import load_client_folder
from tests.support import real_data

if TYPE_CHECKING:
    from pathlib import Path

    from retention_reports.model.folder import ClientFolder

pytestmark = pytest.mark.skipif(not real_data.SHARED.is_dir(), reason="the data sets are not here")


def _revenue(folder: ClientFolder) -> int:
    """Whole cents, as published."""
    return round(int(folder.tables["orders"]["amount"].sum()) / 100)


def _sizes(folder: ClientFolder) -> dict[str, int]:
    return {name: len(table) for name, table in folder.tables.items()}


def test_northwind(tmp_path: Path) -> None:
    folder = load_client_folder(real_data.northwind(tmp_path))

    orders = folder.tables["orders"]
    assert _sizes(folder) == {"customers": 91, "orders": 830, "order_lines": 2155, "products": 77}
    assert orders["customer"].nunique() == 89
    assert _revenue(folder) == 126_579_304
    assert (orders["ordered_on"].min().date(), folder.newest_order) == (date(1996, 7, 4), date(1998, 5, 6))
    lines = folder.tables["order_lines"].merge(folder.tables["products"], on="product_id")
    by_category = lines.groupby("category")["amount"].sum()
    assert round(by_category["Beverages"] / 100) == 26_786_818
    assert round(by_category["Seafood"] / 100) == 13_126_174


def test_superstore(tmp_path: Path) -> None:
    folder = load_client_folder(real_data.superstore(tmp_path))

    orders = folder.tables["orders"]
    assert _sizes(folder) == {"customers": 793, "orders": 5009, "order_lines": 9994, "products": 1862}
    assert _revenue(folder) == 229_720_086
    assert int((orders["status"] == "returned").sum()) == 296
    assert sum(warning.kind == "contradiction" for warning in folder.warnings) == 32
    assert [(account.rows_in, account.rows_used) for account in folder.accounts] == [
        (9994, 793),
        (9994, 9994),
        (9994, 9994),
        (9994, 1862),
    ]


def test_cdnow_master(tmp_path: Path) -> None:
    folder = load_client_folder(real_data.cdnow_master(tmp_path))

    assert _sizes(folder) == {"customers": 23_570, "orders": 69_659}
    assert _revenue(folder) == 250_031_563
    assert int((folder.tables["orders"]["amount"] == 0).sum()) == 80
    assert folder.tables["customers"]["customer_id"].iloc[0] == "00001"


def test_cdnow_sample(tmp_path: Path) -> None:
    folder = load_client_folder(real_data.cdnow_sample(tmp_path))

    assert _sizes(folder) == {"customers": 2357, "orders": 6919}
    assert _revenue(folder) == 24_409_194
