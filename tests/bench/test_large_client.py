from pathlib import Path

import pandas as pd

from retention_reports.validation.folder import load_client_folder
from tests.bench.large_client import Size, write_large_client

SIZE = Size(orders=600, customers=80, lines=3, categories=7, sales_people=5, segments=4)


def test_a_large_client_is_written_the_same_again(tmp_path: Path) -> None:
    for name in ("first", "second"):
        write_large_client(tmp_path / name, SIZE)
    files = sorted(path.name for path in (tmp_path / "first").iterdir())
    assert files == ["client.toml", "customers.csv", "order_lines.csv", "orders.csv", "products.csv"]
    for name in files:
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()


def test_a_large_client_has_the_size_asked_for_and_is_read_without_a_doubt(tmp_path: Path) -> None:
    write_large_client(tmp_path, SIZE)
    folder = load_client_folder(tmp_path)
    tables = folder.tables
    assert {name: len(table) for name, table in tables.items()} == {
        "customers": 80,
        "orders": 600,
        "order_lines": 1_800,
        "products": 21,
    }
    assert not folder.warnings
    lines = tables["order_lines"].groupby("order_id")["amount"].sum()
    orders = tables["orders"].set_index("order_id")["amount"]
    pd.testing.assert_series_equal(lines.sort_index(), orders.sort_index(), check_names=False, check_dtype=False)
    assert set(tables["orders"]["customer"]) == set(range(80))
