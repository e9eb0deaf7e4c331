"""Whether an amount in a file of order lines is the line's, or the order's, which then counts once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.messages import say
from retention_reports.model.money import in_cents
from retention_reports.reading.problems import shown
from retention_reports.validation.line_amounts import priced_amounts
from retention_reports.validation.line_status import continuing
from retention_reports.validation.repetitions import repetition

if TYPE_CHECKING:
    from retention_reports.messages import Message
    from retention_reports.validation.line_status import Places
    from retention_reports.validation.repetitions import Repetition
    from retention_reports.validation.tables import CheckedTable

_CENT = 100
_NEARLY_ALL = 0.95


def is_of_the_order(name: str, rows: CheckedTable, orders: Places, priced: pd.Series | None) -> bool:
    """Tell whether the amounts in a column are those of whole orders; `priced` holds what prices make of each line.

    What the file cannot tell, and neither `per_order` nor `per_line` says, is an error.
    """
    settings = rows.source.settings
    if name in settings.per_line or name not in rows.source.cells:
        return False
    values = rows.frame[name]
    if name in settings.per_order:
        _refuse_differences(name, rows, orders)
        return True
    found = repetition(values, orders)
    if not found.several.any():
        single = found.sizes > 1
        blank = values.isna().to_numpy() & single[orders]
        return bool(blank.any()) and bool(continuing(rows)[blank].all())
    if not found.is_usual:
        return False
    if name == "amount" and priced is not None:
        return _compared_with_prices(rows, orders, priced, found)
    _ask(name, rows, orders, found)
    return False


def once_an_order(values: pd.Series, orders: Places) -> pd.Series:
    """Return the first given value of each order in its row, and gaps in the others."""
    given = np.flatnonzero(values.notna().to_numpy())
    _, first = np.unique(orders[given], return_index=True)
    kept = np.zeros(len(values), dtype=np.bool_)
    kept[given[first]] = True
    return values.mask(~kept)


def settle_repeated_totals(orders: CheckedTable, lines: CheckedTable) -> None:
    """Take totals for what they are that a file of lines repeats on every line of their orders.

    Where the orders tell no amounts themselves, each total counts once. What a line amounts to is told by prices, or by
    nothing.
    """
    if not len(lines.frame):
        return
    numbers, ids = pd.factorize(lines.frame["order_id"])
    if "amount" in orders.given_columns:
        _settle_known_totals(orders, lines, numbers, ids)
        return
    priced = priced_amounts(lines) if "unit_price" in lines.source.cells else None
    if not is_of_the_order("amount", lines, numbers, priced):
        return
    totals = once_an_order(lines.frame["amount"], numbers)
    completed = (lines.frame["status"] == "completed").to_numpy(dtype=np.bool_)
    if priced is None:
        _refuse_mixed(lines, np.flatnonzero(~completed))
        lines.only_totals = True
        lines.frame = lines.frame.assign(amount=totals.fillna(0))
        return
    lines.frame = lines.frame.assign(amount=priced)
    lines.derived_columns |= {"amount"}
    if completed.all():
        by_order = totals.groupby(lines.frame["order_id"]).sum(min_count=1)
        orders.frame = orders.frame.assign(amount=orders.frame["order_id"].map(by_order).astype("Int64"))
        orders.derived_columns |= {"amount"}


def _settle_known_totals(orders: CheckedTable, lines: CheckedTable, numbers: Places, ids: pd.Index) -> None:
    """Find amounts of lines that are those of their whole orders, which the orders' file tells, too."""
    if "amount" not in lines.source.cells or "amount" in lines.source.settings.per_line:
        return
    found = repetition(lines.frame["amount"], numbers)
    if not (found.is_usual and found.is_certain):
        return
    amounts = pd.Series(orders.frame["amount"].to_numpy(), index=orders.frame["order_id"]).groupby(level=0).first()
    known = amounts.reindex(ids).astype("float64").to_numpy()
    proven = found.same & (np.abs(found.amounts - known) <= _CENT)
    if proven.sum() < _NEARLY_ALL * found.same.sum():
        return
    row, message = _message("orders.totals_on_lines", "amount", lines, numbers, found)
    page = say("orders.totals_on_lines_page")
    if "unit_price" in lines.source.cells:
        lines.frame = lines.frame.assign(amount=priced_amounts(lines))
        lines.derived_columns |= {"amount"}
        lines.log.warning(lines.location(row, "amount"), "repeated total", message)
        return
    lines.only_totals = True
    lines.frame = lines.frame.assign(amount=once_an_order(lines.frame["amount"], numbers).fillna(0))
    lines.log.warning(lines.location(row, "amount"), "repeated total", message, on_first_page=page)


def _refuse_mixed(lines: CheckedTable, rows: Places) -> None:
    """Refuse totals beside lines that do not count: what is left of the total, nothing tells."""
    if len(rows):
        row = int(lines.frame.index[rows[0]])
        order = shown(str(lines.frame.loc[row, "order_id"]))
        message = say("orders.total_of_mixed_order", n=len(set(lines.frame["order_id"].iloc[rows])), order=order)
        lines.log.error(lines.location(row, "status"), "status of an order or of a line", message)


def _compared_with_prices(rows: CheckedTable, orders: Places, priced: pd.Series, found: Repetition) -> bool:
    lines = np.zeros(len(found.sizes), dtype=np.int64)
    np.add.at(lines, orders, priced.fillna(0).to_numpy(dtype=np.int64))
    once = np.abs(found.amounts - lines)
    each = np.abs(found.amounts * found.sizes - lines)
    nearer = found.same & (once < each)
    proven = nearer & (once <= _CENT * found.sizes)
    if 2 * nearer.sum() <= found.same.sum():
        return False
    if nearer.sum() == found.several.sum() and 2 * proven.sum() >= nearer.sum():
        _tell(rows, orders, found)
        return True
    _ask("amount", rows, orders, found)
    return False


def _message(key: str, name: str, rows: CheckedTable, orders: Places, found: Repetition) -> tuple[int, Message]:
    place = int(np.flatnonzero(found.same[orders])[0])
    row = int(rows.frame.index[place])
    return row, say(
        key,
        n=int(found.same.sum()),
        order=shown(str(rows.frame.loc[row, "order_id"])),
        amount=in_cents(int(found.amounts[orders[place]])),
        rows=int(found.sizes[orders[place]]),
        name=name,
        table=rows.source.schema.name,
    )


def _tell(rows: CheckedTable, orders: Places, found: Repetition) -> None:
    row, message = _message("orders.total_read_once", "amount", rows, orders, found)
    rows.log.warning(rows.location(row, "amount"), "repeated total", message)


def _ask(name: str, rows: CheckedTable, orders: Places, found: Repetition) -> None:
    row, message = _message("orders.repeated_total", name, rows, orders, found)
    if found.is_certain:
        rows.log.error(rows.location(row, name), "repeated total", message)
        return
    one, other, *_ = rows.frame.index[found.same[orders]].tolist()
    alike = rows.frame.loc[[one, other], sorted(rows.source.cells)].duplicated().any()
    if alike and rows.source.unread_in(one) == rows.source.unread_in(other):
        # The same row twice is told as that.
        return
    page = say("orders.repeated_total_page", amount=in_cents(found.added)) if name == "amount" else None
    rows.log.warning(rows.location(row, name), "repeated total", message, on_first_page=page)


def _refuse_differences(name: str, rows: CheckedTable, orders: Places) -> None:
    values = rows.frame[name]
    expected = once_an_order(values, orders).groupby(orders).transform("first")
    differing = values.notna() & (values != expected)
    if differing.any():
        row = int(differing.index[differing.to_numpy(dtype=np.bool_)][0])
        count = len(np.unique(orders[differing.to_numpy(dtype=np.bool_)]))
        message = say("orders.totals_differ", n=count, order=shown(str(rows.frame.loc[row, "order_id"])), name=name)
        rows.log.error(rows.location(row, name), "repeated total", message)
