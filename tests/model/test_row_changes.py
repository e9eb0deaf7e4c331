"""Rows of two versions of a table, by their id or as a whole."""

import pandas as pd

from retention_reports.model.row_changes import How, RowChange, changed_rows
from retention_reports.model.schema import TABLE_BY_NAME
from tests.support.folders import load

ORDERS = "order_id,customer_id,ordered_on,amount\n"


def visits(*rows: tuple[str, str]) -> dict[str, pd.DataFrame]:
    """Return visits of customers on days, with all standard columns."""
    columns = {column: [""] * len(rows) for column in TABLE_BY_NAME["visits"].column_names}
    frame = pd.DataFrame(columns | {"customer_id": [row[0] for row in rows]})
    frame["visited_on"] = pd.to_datetime(pd.Series([row[1] for row in rows], dtype=object))
    for name, kind in ((column.name, column.kind) for column in TABLE_BY_NAME["visits"].columns):
        if kind in ("money", "number", "fraction", "quarter"):
            frame[name] = pd.Series([float("nan")] * len(rows))
        elif kind == "day" and name != "visited_on":
            frame[name] = pd.Series([pd.NaT] * len(rows), dtype="datetime64[s]")
    return {"visits": frame}


def test_rows_with_an_id_are_added_corrected_and_deleted(tmp_path: object) -> None:
    then = load(tmp_path / "then", orders=ORDERS + "1,K1,2026-01-05,100.00\n2,K2,2026-02-06,50.50\n")  # type: ignore[operator]
    now = load(tmp_path / "now", orders=ORDERS + "3,K2,2026-02-07,1.00\n1,K2,2026-01-06,100.00\n")  # type: ignore[operator]

    found = changed_rows(then.tables, now.tables)

    assert [(entry.table, entry.added, entry.corrected, entry.deleted) for entry in found] == [("orders", 1, 1, 1)]
    assert found[0].rows == (
        RowChange("orders", How.ADDED, "3"),
        RowChange("orders", How.CORRECTED, "1", "customer_id", "K1", "K2"),
        RowChange("orders", How.CORRECTED, "1", "ordered_on", "2026-01-05", "2026-01-06"),
        RowChange("orders", How.DELETED, "2"),
    )


def test_another_order_of_rows_is_no_change(tmp_path: object) -> None:
    rows = ["1,K1,2026-01-05,100.00\n", "2,K2,2026-02-06,50.50\n"]
    then = load(tmp_path / "then", orders=ORDERS + "".join(rows))  # type: ignore[operator]
    now = load(tmp_path / "now", orders=ORDERS + "".join(reversed(rows)))  # type: ignore[operator]

    assert changed_rows(then.tables, now.tables) == ()


def test_rows_without_an_id_are_counted_though_they_are_equal() -> None:
    then = visits(("K1", "2026-01-05"), ("K1", "2026-01-05"), ("K2", "2026-01-06"))
    now = visits(("K1", "2026-01-05"), ("K3", "2026-01-07"))

    found = changed_rows(then, now)[0]

    assert (found.added, found.corrected, found.deleted) == (1, 0, 2)
    assert found.rows[0] == RowChange("visits", How.ADDED, "K3 · 2026-01-07")


def test_a_table_that_is_new_or_gone_is_all_added_or_deleted() -> None:
    table = visits(("K1", "2026-01-05"))

    assert [entry.added for entry in changed_rows({}, table)] == [1]
    assert [entry.deleted for entry in changed_rows(table, {})] == [1]
