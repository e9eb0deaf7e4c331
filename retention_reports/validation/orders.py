"""Orders and their lines: one row an order whatever the export looks like, and what each order amounts to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retention_reports.messages import say
from retention_reports.reading.problems import shown
from retention_reports.validation.line_amounts import CARRIERS, set_line_amounts
from retention_reports.validation.subtotals import settle_subtotals
from retention_reports.validation.tables import CheckedTable, check_table, numbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.model.client import Client
    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.tables import SourceTable


def check_orders(source: SourceTable, log: ProblemLog, client: Client, *, lines_elsewhere: bool) -> CheckedTable:
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
    if "unit_price" in source.cells:
        carriers = {*CARRIERS, "discount"} & set(source.cells)
        required |= carriers
        may_be_empty |= carriers
    table = check_table(source, log, client, required=required, may_be_empty=may_be_empty)
    settle_subtotals(table)
    if settings.number_rows:
        numbers = pd.RangeIndex(1, table.source.row_count + 1).astype("str")
        table.frame["order_id"] = pd.Series(numbers, index=table.frame.index, dtype="str")
        table.derived_columns = frozenset({"order_id"})
    return table


def check_order_lines(source: SourceTable, log: ProblemLog, client: Client) -> CheckedTable:
    """Return the rows of the order lines' own file, with the amount of each."""
    carriers = {"amount"} if "amount" in source.cells or "unit_price" not in source.cells else CARRIERS
    required = {"order_id", "product_id", *carriers}
    if "discount" in source.cells and carriers is CARRIERS:
        required.add("discount")
    lines = check_table(source, log, client, required=required, may_be_empty={"discount"})
    settle_subtotals(lines)
    set_line_amounts(lines)
    return lines


def set_marks(orders: CheckedTable, lists: Sequence[SourceTable], statuses: Sequence[str], log: ProblemLog) -> None:
    """Give the orders that other files list the status which those lists stand for."""
    known = orders.frame["order_id"]
    for source, status in zip(lists, statuses, strict=True):
        listed = pd.Series(source.cells["order_id"].texts if "order_id" in source.cells else [], dtype="str")
        for row, order in numbered(listed[~listed.isin(known) & (listed != "")]):
            message = say("orders.unknown_in_list", order=shown(order))
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
            message = say("orders.other_currency", found=shown(str(word)), declared=shown(currency), cause=str(word))
            log.error(orders.location(int(row), "currency"), "other currency", message)
