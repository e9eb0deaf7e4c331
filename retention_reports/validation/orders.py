"""Orders and their lines: one row an order whatever the export looks like, and what each order amounts to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retention_reports.model.schema import ORDER_LINES, ORDERS
from retention_reports.reading.problems import shown
from retention_reports.validation.line_amounts import CARRIERS, set_line_amounts
from retention_reports.validation.tables import CheckedTable, check_table, numbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.tables import SourceTable

_ADDED_UP = ("amount", "cost")
_SAME_WITHIN_AN_ORDER = ("customer_id", "ordered_on")


def check_orders(source: SourceTable, log: ProblemLog, start_month: int, *, lines_elsewhere: bool) -> CheckedTable:
    """Return one row an order. `lines_elsewhere`: a file of order lines may carry the money instead."""
    settings = source.settings
    by_line = settings.rows == "order_line"
    required = {"customer_id", "ordered_on"}
    if not settings.number_rows:
        required.add("order_id")
    carried = lines_elsewhere or "unit_price" in source.cells
    if "amount" in source.cells or not carried:
        required.add("amount")
    may_be_empty = {"customer_id", *({"ordered_on", "amount"} if by_line else ())}
    table = check_table(source, log, start_month, required=required, may_be_empty=may_be_empty)
    if settings.number_rows:
        numbers = pd.RangeIndex(1, source.row_count + 1).astype("str")
        table.frame["order_id"] = pd.Series(numbers, index=table.frame.index, dtype="str")
        table.derived_columns = frozenset({"order_id"})
    return table


def one_row_an_order(rows: CheckedTable, log: ProblemLog) -> CheckedTable:
    """Add up a file that has several rows an order; each other column's first value that is given counts."""
    if not len(rows.frame):
        return CheckedTable(ORDERS, rows.source, rows.frame[list(ORDERS.column_names)], log)
    ids = rows.frame["order_id"]
    given = rows.frame.copy()
    for name, cells in rows.source.cells.items():
        given[name] = given[name].mask(cells.empty)
    grouped = given.groupby(ids.to_numpy(), sort=False)
    orders = grouped.first()
    for name in _ADDED_UP:
        orders[name] = grouped[name].sum(min_count=1)
    first_rows = ids.index[~ids.duplicated()]
    orders = orders.set_index(first_rows).assign(order_id=ids.loc[first_rows])
    orders["status"] = orders["status"].fillna("completed")
    for column in ORDERS.columns:
        if orders[column.name].dtype == "str":
            orders[column.name] = orders[column.name].fillna("")
    _report_contradictions(rows, given, orders, log)
    _report_empty_orders(rows, orders, log)
    table = CheckedTable(ORDERS, rows.source, orders[list(ORDERS.column_names)], log)
    table.complete = rows.complete
    table.file_rows[first_rows] = ids.value_counts(sort=False).loc[ids.loc[first_rows]].to_numpy()
    return table


def lines_of(rows: CheckedTable, log: ProblemLog) -> CheckedTable | None:
    """Return the order lines that a file with several rows an order also holds, where it names products."""
    if "product_id" not in rows.source.cells:
        return None
    frame = rows.frame[[name for name in ORDER_LINES.column_names if name in rows.frame.columns]].copy()
    lines = CheckedTable(ORDER_LINES, rows.source, frame, log)
    lines.complete = rows.complete
    set_line_amounts(lines, prefer_price=True)
    return lines


def check_order_lines(source: SourceTable, log: ProblemLog, start_month: int) -> CheckedTable:
    """Return the rows of the order lines' own file, with the amount of each."""
    carriers = {"amount"} if "amount" in source.cells or "unit_price" not in source.cells else CARRIERS
    required = {"order_id", "product_id", *carriers}
    if "discount" in source.cells and carriers is CARRIERS:
        required.add("discount")
    lines = check_table(source, log, start_month, required=required, may_be_empty={"discount"})
    set_line_amounts(lines, prefer_price=False)
    return lines


def set_marks(orders: CheckedTable, lists: Sequence[SourceTable], statuses: Sequence[str], log: ProblemLog) -> None:
    """Give the orders that other files list the status which those lists stand for."""
    known = orders.frame["order_id"]
    for source, status in zip(lists, statuses, strict=True):
        listed = pd.Series(source.cells["order_id"].texts if "order_id" in source.cells else [], dtype="str")
        for row, order in numbered(listed[~listed.isin(known) & (listed != "")]):
            message = f"there is no order {shown(order)} (mend the list)"
            log.warning(source.location(row, "order_id"), "unknown order", message)
        marked = orders.frame["order_id"].isin(listed)
        orders.frame["status"] = orders.frame["status"].mask(marked, status)
        orders.derived_columns |= {"status"}


def check_currency(orders: CheckedTable, currency: str, log: ProblemLog) -> None:
    """Refuse orders in more than one currency, or in another one than the report would print."""
    if "currency" not in orders.given_columns:
        return
    given = orders.frame["currency"]
    given = given.loc[given != ""]
    for word, row in given.drop_duplicates().reset_index().set_index("currency")["index"].items():
        if word != currency:
            message = f'{shown(str(word))} is not the currency of client.toml ("{currency}"); only one can be reported'
            log.error(orders.location(int(row), "currency"), "other currency", message)


def _report_contradictions(rows: CheckedTable, given: pd.DataFrame, orders: pd.DataFrame, log: ProblemLog) -> None:
    by_order = orders.set_index("order_id")
    for name in (*_SAME_WITHIN_AN_ORDER, "status"):
        column = given[name]
        expected = rows.frame["order_id"].map(by_order[name])
        differing = column.notna() & (column != expected)
        for row, order in numbered(rows.frame.loc[differing, "order_id"]):
            location = rows.location(row, name)
            if name == "status":
                message = f"order {shown(order)} has another status in an earlier row (the first one counts)"
                log.warning(location, "contradiction within an order", message)
            else:
                message = f"order {shown(order)} has another {name} in an earlier row (an order has one)"
                log.error(location, "contradiction within an order", message)


def _report_empty_orders(rows: CheckedTable, orders: pd.DataFrame, log: ProblemLog) -> None:
    needed = ["ordered_on", *(["amount"] if "amount" in rows.source.cells else [])]
    for name in needed:
        if name not in rows.source.cells:
            continue
        readable = rows.source.cells[name].empty[orders.index]
        for row, order in numbered(orders.loc[orders[name].isna() & readable, "order_id"]):
            message = f"no row of order {shown(order)} has a value here (one has to)"
            log.error(rows.location(row, name), "missing value", message)
