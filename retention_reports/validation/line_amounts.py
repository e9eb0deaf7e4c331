"""What order lines amount to, and whether that is what their orders say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.messages import say
from retention_reports.model.money import in_cents
from retention_reports.model.order_status import has_status
from retention_reports.reading.problems import shown
from retention_reports.validation.columns import NUMBER_PLACES
from retention_reports.validation.line_status import order_statuses
from retention_reports.validation.numbers import round_half_up
from retention_reports.validation.tables import numbered

if TYPE_CHECKING:
    import numpy.typing as npt

    from retention_reports.reading.problems import ProblemLog
    from retention_reports.validation.tables import CheckedTable

CARRIERS = frozenset({"unit_price", "quantity"})
"""The columns that together tell an amount; a discount may come on top."""
CANCELLED_LINE = "cancelled_line"
_LARGEST_AMOUNT = 10**16
_LARGEST_TOTAL = 9 * 10**18
_CENT = 100
_LARGE_SHARE = 0.05
"""Of the orders' amounts; differences of postage lie below."""
_SCALE = 10**NUMBER_PLACES


def set_line_amounts(lines: CheckedTable) -> None:
    """Work out the amounts from price, quantity and discount where the file tells no amount of the line."""
    if "unit_price" in lines.source.cells and "amount" not in lines.source.cells:
        lines.frame = lines.frame.assign(amount=priced_amounts(lines))
        lines.derived_columns |= {"amount"}


def priced_amounts(lines: CheckedTable) -> pd.Series:
    """Return what price, quantity and discount make of each line; a gap where one of the first two is missing."""
    frame = lines.frame
    usable = frame["unit_price"].notna() & frame["quantity"].notna()
    prices = frame["unit_price"].fillna(0).astype("int64").to_numpy().astype(object)
    numerators = prices * _scaled(frame["quantity"]) * (_SCALE - _scaled(frame["discount"]))
    amounts = np.where(abs(numerators) < _LARGEST_AMOUNT * _SCALE**2, numerators, 0)
    for row in frame.index[(amounts != numerators).astype(bool)]:
        message = say("amounts.too_large_product")
        lines.log.error(lines.location(int(row), "unit_price"), "unreadable amount", message)
    rounded = pd.Series(round_half_up(amounts, _SCALE**2), index=frame.index, dtype="Int64")
    return rounded.mask(~usable)


def set_order_amounts(orders: CheckedTable, lines: CheckedTable | None, log: ProblemLog) -> None:
    """Take the orders' amounts from their lines where the orders' file has none; else compare the two."""
    if lines is not None:
        from_lines = _sums_of_lines(orders, lines)
        if "amount" in orders.given_columns:
            _warn_of_differences(orders, from_lines, log)
        else:
            if {"amount", "unit_price"} & lines.source.cells.keys():
                _report_orders_without_lines(orders, from_lines, log)
            orders.frame = orders.frame.assign(amount=from_lines)
            orders.derived_columns |= {"amount"}
    for table in (orders, lines):
        if table is not None:
            _finish(table, log)


def warn_of_orders_without_lines(orders: CheckedTable, lines: CheckedTable | None, log: ProblemLog) -> None:
    """Tell how much of revenue has no lines in their own file, so that no figure of products holds it."""
    if lines is None or lines.source is orders.source or lines.only_totals or "amount" not in orders.source.cells:
        return
    counts = has_status(orders.frame, "completed")
    without = counts & ~orders.frame["order_id"].isin(lines.frame["order_id"]).to_numpy(dtype=np.bool_)
    whole, missing = (int(orders.frame.loc[rows, "amount"].abs().sum()) for rows in (counts, without))
    if not len(lines.frame) or missing <= _LARGE_SHARE * whole:
        return
    row = int(orders.frame.index[int(np.argmax(without))])
    words = {"n": int(without.sum()), "of": int(counts.sum()), "share": round(100 * missing / whole)}
    page = say("amounts.without_lines_page", **words)
    log.warning(orders.location(row, "order_id"), "orders without lines", say("amounts.without_lines", **words), page)


def _sums_of_lines(orders: CheckedTable, lines: CheckedTable) -> pd.Series:
    """Return what the lines of each order come to, and let lines that tell statuses settle those of their orders.

    Lines that were cancelled leave their order, unless it is cancelled as a whole.
    """
    frame = lines.frame
    if has_status(frame, "completed").all():
        by_order = frame.groupby("order_id")["amount"].sum(min_count=1)
        return orders.frame["order_id"].map(by_order).astype("Int64")
    numbers, ids = pd.factorize(frame["order_id"])
    statuses = frame["status"].to_numpy(dtype=object)
    of_order = order_statuses(statuses, frame["amount"], numbers, len(ids))
    by_order = frame["amount"].where(statuses == of_order[numbers]).groupby(frame["order_id"]).sum(min_count=1)
    settled = orders.frame["order_id"].map(pd.Series(of_order, index=ids, dtype="str"))
    is_open = (orders.frame["status"] == "completed") & settled.notna()
    orders.frame = orders.frame.assign(status=orders.frame["status"].mask(is_open, settled))
    orders.derived_columns |= {"status"}
    gone = (statuses == "cancelled") & (of_order[numbers] != "cancelled")
    lines.leave_out(pd.Series(gone, index=frame.index), CANCELLED_LINE)
    return orders.frame["order_id"].map(by_order).astype("Int64")


def _scaled(numbers: pd.Series) -> npt.NDArray[np.object_]:
    scaled: npt.NDArray[np.object_] = np.rint(numbers.fillna(0).to_numpy() * _SCALE).astype(np.int64).astype(object)
    return scaled


def _report_orders_without_lines(orders: CheckedTable, amounts: pd.Series, log: ProblemLog) -> None:
    for row, order in numbered(orders.frame.loc[amounts.isna(), "order_id"]):
        message = say("amounts.no_line", order=shown(order))
        log.error(orders.location(row, "order_id"), "missing amount", message)


def _warn_of_differences(orders: CheckedTable, from_lines: pd.Series, log: ProblemLog) -> None:
    amounts = orders.frame["amount"]
    both = amounts.notna() & from_lines.notna()
    differing = both & ((_cents(amounts) - _cents(from_lines)).abs() > 1)
    if not differing.any():
        return
    row = int(differing.index[differing.to_numpy(dtype=bool, na_value=False)][0])
    message = say(
        "amounts.differ",
        n=int(differing.sum()),
        count=int(both.sum()),
        order=shown(str(orders.frame.loc[row, "order_id"])),
        amount=in_cents(amounts[row]),
        lines=in_cents(from_lines[row]),
    )
    apart = int((amounts - from_lines)[differing].abs().sum())
    is_large = apart > _LARGE_SHARE * int(amounts[both].abs().sum())
    page = say("amounts.differ_page", n=int(differing.sum()), apart=in_cents(apart)) if is_large else None
    log.warning(orders.location(row, "amount"), "orders differ from lines", message, on_first_page=page)


def _cents(amounts: pd.Series) -> pd.Series:
    sizes = (amounts.abs() + _CENT // 2) // _CENT
    return sizes.where(amounts >= 0, -sizes)


def _finish(table: CheckedTable, log: ProblemLog) -> None:
    for row in table.frame.index[table.frame["amount"].isna()] if not log.has_errors else ():
        message = say("amounts.none")
        log.error(table.location(int(row), "amount"), "missing amount", message)
    amounts = table.frame["amount"].fillna(0).astype("int64")
    if amounts.abs().astype("float64").sum() > _LARGEST_TOTAL:
        message = say("amounts.too_large_total")
        log.error(table.source.column_location("amount"), "unreadable amount", message)
    table.frame = table.frame.assign(amount=amounts)
