"""A file that has several rows an order: the orders that its rows make, and the lines that they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.messages import say
from retention_reports.model.money import in_cents
from retention_reports.model.schema import ORDER_LINES, ORDERS
from retention_reports.reading.problems import shown
from retention_reports.records import record
from retention_reports.validation.line_amounts import priced_amounts
from retention_reports.validation.line_status import line_statuses, order_statuses
from retention_reports.validation.order_totals import is_of_the_order, once_an_order
from retention_reports.validation.refunds import tell_refunds_twice
from retention_reports.validation.tables import CheckedTable, numbered

if TYPE_CHECKING:
    from retention_reports.validation.line_status import Flags, Objects, Places

_ONE_OF_EACH = ("customer_id", "ordered_on")
_LAST_OF_EACH = ("promised_on", "delivered_on")
_OF_THE_LARGEST_PART = ("channel", "sales_rep")
_CENT = 100


@record
class _Lines:
    """The rows of a file, with the number of the order that each belongs to.

    `given` is the frame with gaps where the file tells nothing. `counts` marks the lines that an order consists of: of
    a completed order the completed ones, of a returned one the returned ones. `priced` holds the amounts that prices
    tell, where there are prices.
    """

    rows: CheckedTable
    given: pd.DataFrame
    orders: Places
    count: int
    statuses: Objects
    order_statuses: Objects
    counts: Flags
    priced: pd.Series | None


def orders_and_lines(rows: CheckedTable) -> tuple[CheckedTable, CheckedTable | None]:
    """Return one row an order, and the order lines where the file names products and tells what each amounts to.

    Amounts and costs are added up over the lines that were neither cancelled nor (while others were kept) returned. Of
    several days the last counts, of several channels or sales people that of the larger amount.
    """
    if not len(rows.frame):
        return CheckedTable(ORDERS, rows.source, rows.frame[list(ORDERS.column_names)], rows.log), None
    lines = _lines(rows)
    total_once = is_of_the_order("amount", rows, lines.orders, lines.priced)
    orders = _orders(lines, total_once=total_once)
    _warn_of_returned_credits(lines)
    _warn_of_refunds_twice(lines)
    return orders, _order_lines(lines, total_once=total_once)


def _lines(rows: CheckedTable) -> _Lines:
    frame = rows.frame
    orders = pd.factorize(rows.told_apart("order_id")[0])[0]
    count = int(orders.max()) + 1
    given = frame.copy()
    for name, cells in rows.source.cells.items():
        given[name] = given[name].mask(cells.empty[frame.index])
    priced = priced_amounts(rows) if "unit_price" in rows.source.cells else None
    if priced is not None and "amount" not in rows.source.cells:
        given["amount"] = priced
    statuses = line_statuses(rows, orders)
    of_order = order_statuses(statuses, given["amount"] if priced is None else priced, orders, count)
    return _Lines(rows, given, orders, count, statuses, of_order, statuses == of_order[orders], priced)


def _orders(lines: _Lines, *, total_once: bool) -> CheckedTable:
    rows, ids = lines.rows, lines.rows.frame["order_id"]
    first_rows = ids.index[~pd.Series(lines.orders).duplicated().to_numpy()]
    orders = lines.given.groupby(lines.orders).first()
    _report_contradictions(lines, orders)
    orders["amount"] = _totals_once(lines) if total_once else _added_up(lines, "amount")
    orders["cost"] = _costs(lines)
    orders["status"] = lines.order_statuses
    there = (lines.statuses != "cancelled") | (lines.order_statuses[lines.orders] == "cancelled")
    for name in _LAST_OF_EACH:
        orders[name] = lines.given[name].where(there).groupby(lines.orders).max()
    for name in _OF_THE_LARGEST_PART:
        _settle_by_amount(lines, orders, name)
    orders = orders.set_index(first_rows).assign(order_id=ids.loc[first_rows])
    for column in ORDERS.columns:
        if orders[column.name].dtype == "str":
            orders[column.name] = orders[column.name].fillna("")
    _report_empty_orders(rows, orders)
    table = CheckedTable(ORDERS, rows.source, orders[list(ORDERS.column_names)], rows.log)
    table.complete, table.left_out = rows.complete, dict(rows.left_out)
    table.row_of = np.full(rows.source.row_count, -1, dtype=np.intp)
    table.row_of[rows.frame.index] = first_rows.to_numpy()[lines.orders]
    if lines.priced is not None:
        table.derived_columns |= {"amount"}
    return table


def _order_lines(lines: _Lines, *, total_once: bool) -> CheckedTable | None:
    rows = lines.rows
    if "product_id" not in rows.source.cells or (total_once and lines.priced is None):
        return None
    frame = rows.frame[[name for name in ORDER_LINES.column_names if name in rows.frame.columns]]
    frame = frame.assign(status=pd.Series(lines.statuses, index=frame.index, dtype="str"))
    table = CheckedTable(ORDER_LINES, rows.source, frame, rows.log)
    table.complete, table.left_out = rows.complete, dict(rows.left_out)
    if lines.priced is not None:
        table.frame = frame.assign(amount=lines.priced)
        table.derived_columns |= {"amount"}
    return table


def _added_up(lines: _Lines, name: str) -> pd.Series:
    counted = lines.given[name].where(lines.counts)
    return counted.groupby(lines.orders).sum(min_count=1)


def _costs(lines: _Lines) -> pd.Series:
    """Add up the costs; what an order cost that only some lines are left of is unknown where it is told as a whole."""
    if not is_of_the_order("cost", lines.rows, lines.orders, None):
        return _added_up(lines, "cost")
    costs = once_an_order(lines.given["cost"], lines.orders).groupby(lines.orders).sum(min_count=1)
    return costs.mask(_mixed(lines))


def _mixed(lines: _Lines) -> Flags:
    """Tell which orders have lines that do not count."""
    mixed: Flags = np.bincount(lines.orders[~lines.counts], minlength=lines.count) > 0
    return mixed


def _totals_once(lines: _Lines) -> pd.Series:
    """Return the orders' totals, less what was cancelled or returned where prices tell that a total holds it."""
    totals = once_an_order(lines.given["amount"], lines.orders).groupby(lines.orders).sum(min_count=1)
    mixed = _mixed(lines)
    if not mixed.any():
        return totals
    unclear = mixed
    if lines.priced is not None:
        kept = lines.priced.where(lines.counts).groupby(lines.orders).sum(min_count=1)
        whole = lines.priced.groupby(lines.orders).sum(min_count=1)
        near = np.bincount(lines.orders) * _CENT
        is_kept = ((totals - kept).abs() <= near).fillna(value=False).to_numpy(dtype=np.bool_)
        is_whole = ((totals - whole).abs() <= near).fillna(value=False).to_numpy(dtype=np.bool_)
        totals = totals.mask(mixed & is_whole & ~is_kept, kept)
        unclear = mixed & ~is_kept & ~is_whole
    if unclear.any():
        row = int(lines.rows.frame.index[(unclear[lines.orders]) & ~lines.counts][0])
        order = shown(str(lines.rows.frame.loc[row, "order_id"]))
        message = say("orders.total_of_mixed_order", n=int(unclear.sum()), order=order)
        lines.rows.log.error(lines.rows.location(row, "status"), "status of an order or of a line", message)
    return totals


def _settle_by_amount(lines: _Lines, orders: pd.DataFrame, name: str) -> None:
    named = lines.given[name].notna().to_numpy()
    words, known = pd.factorize(lines.given[name].to_numpy(dtype=object)[named], sort=True)
    pairs = pd.DataFrame({"order": lines.orders[named], "word": words}).drop_duplicates()
    several = pairs.loc[pairs["order"].duplicated(), "order"].unique()
    if not len(several):
        return
    amounts = lines.given["amount"].fillna(0).to_numpy(dtype=np.int64)[named]
    parts = pd.DataFrame({"order": lines.orders[named], "word": words, "amount": amounts})
    sums = parts.groupby(["order", "word"])["amount"].sum().reset_index()
    largest = sums.sort_values("amount", ascending=False, kind="stable").drop_duplicates("order").set_index("order")
    orders.loc[several, name] = known[largest.loc[several, "word"].to_numpy()]
    differing = np.isin(lines.orders[named], several)
    row = int(lines.rows.frame.index[named][differing][0])
    order = shown(str(lines.rows.frame.loc[row, "order_id"]))
    message = say("orders.several_names", n=len(several), order=order, name=name)
    lines.rows.log.warning(lines.rows.location(row, name), "contradiction within an order", message)


def _report_contradictions(lines: _Lines, orders: pd.DataFrame) -> None:
    for name in _ONE_OF_EACH:
        column = lines.given[name]
        expected = orders[name].to_numpy()[lines.orders]
        differing = (column.notna() & (column != expected)).to_numpy(dtype=np.bool_)
        if differing.any():
            row = int(lines.rows.frame.index[differing][0])
            count = len(np.unique(lines.orders[differing]))
            order = shown(str(lines.rows.frame.loc[row, "order_id"]))
            message = say("orders.contradiction", n=count, order=order, name=name)
            lines.rows.log.error(lines.rows.location(row, name), "contradiction within an order", message)


def _report_empty_orders(rows: CheckedTable, orders: pd.DataFrame) -> None:
    needed = ["ordered_on", *(["amount"] if "amount" in rows.source.cells else [])]
    for name in needed:
        if name not in rows.source.cells:
            continue
        readable = rows.source.cells[name].empty[orders.index]
        for row, order in numbered(orders.loc[orders[name].isna() & readable, "order_id"]):
            message = say("orders.no_value", order=shown(order))
            rows.log.error(rows.location(row, name), "missing value", message)


def _warn_of_returned_credits(lines: _Lines) -> None:
    """A returned line brings nothing: what a line below zero is to take away, it takes away as a completed one."""
    amounts = lines.given["amount"] if lines.priced is None else lines.priced
    below = (amounts.fillna(0) < 0).to_numpy(dtype=np.bool_)
    ignored = below & (lines.statuses == "returned") & (lines.order_statuses[lines.orders] != "cancelled")
    ignored &= lines.order_statuses[lines.orders] != "returned"
    if ignored.any():
        row = int(lines.rows.frame.index[ignored][0])
        sum_ignored = in_cents(-int(amounts[ignored].sum()))
        message = say("orders.returned_below_zero", n=int(ignored.sum()), amount=sum_ignored)
        page = say("orders.returned_below_zero_page", n=int(ignored.sum()), amount=sum_ignored)
        lines.rows.log.warning(
            lines.rows.location(row, "amount"), "credit note not deducted", message, on_first_page=page
        )


def _warn_of_refunds_twice(lines: _Lines) -> None:
    """A returned line brings nothing; a line of its order that deducts the same amount deducts it twice."""
    amounts = lines.given["amount"] if lines.priced is None else lines.priced
    statuses = np.where(lines.counts | (lines.statuses == "returned"), lines.statuses, "cancelled")
    rows = lines.rows.frame[["ordered_on"]].assign(
        whose=lines.orders, amount=amounts.fillna(0).astype("int64"), status=statuses
    )
    tell_refunds_twice(lines.rows, rows)
