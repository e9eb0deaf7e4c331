"""The same refund twice: what was returned has the status, and is deducted by a row of its own as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.messages import say
from retention_reports.model.money import in_cents
from retention_reports.model.order_status import has_status
from retention_reports.reading.problems import shown

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from retention_reports.validation.tables import CheckedTable


def warn_of_refunds_twice(orders: CheckedTable) -> None:
    """Tell of orders that were returned or cancelled and deducted: a later credit note of the customer and amount."""
    if has_status(orders.frame, "completed").all():
        return
    frame = orders.frame.loc[orders.frame["customer"] >= 0, ["customer", "amount", "status", "ordered_on"]]
    tell_refunds_twice(orders, frame.rename(columns={"customer": "whose"}))


def tell_refunds_twice(table: CheckedTable, rows: pd.DataFrame) -> None:
    """Tell of returned or cancelled rows that a completed one of the same owner and amount deducts, the day or later.

    The other way about, a cancelled row below zero takes nothing away from the row that it was to cancel.
    `rows` has for each row of the table that is looked at `whose` it is, `amount`, `status` and `ordered_on`.
    """
    amounts = rows["amount"].to_numpy(dtype=np.int64)
    completed, cancelled = has_status(rows, "completed"), has_status(rows, "cancelled")
    returned = has_status(rows, "returned")
    _tell(table, rows, returned & (amounts > 0), completed & (amounts < 0), "orders.refund_twice")
    _tell(table, rows, cancelled & (amounts > 0), completed & (amounts < 0), "orders.cancelled_twice")
    _tell(table, rows, completed & (amounts > 0), cancelled & (amounts < 0), "orders.cancellation_lost")


def _tell(
    table: CheckedTable, rows: pd.DataFrame, first: npt.NDArray[np.bool_], then: npt.NDArray[np.bool_], key: str
) -> None:
    if not first.any() or not then.any():
        return
    facts = rows.assign(size=np.abs(rows["amount"].to_numpy(dtype=np.int64)), row=rows.index)
    pairs = _numbered(facts.loc[first]).merge(_numbered(facts.loc[then]), on=["whose", "size", "time"])
    pairs = pairs.loc[~(pairs["ordered_on_y"] < pairs["ordered_on_x"])]
    if not len(pairs):
        return
    row = int(pairs["row_y"].min())
    amount = in_cents(int(pairs["size"].sum()))
    message = say(key, n=len(pairs), amount=amount, order=shown(str(table.frame.loc[row, "order_id"])))
    page = say(f"{key}_page", n=len(pairs), amount=amount)
    table.log.warning(table.location(row, "amount"), "refund counted twice", message, on_first_page=page)


def _numbered(rows: pd.DataFrame) -> pd.DataFrame:
    """Number rows of the same owner and amount by their days, so that each finds one other only."""
    ordered = rows.sort_values(["ordered_on", "row"])
    return ordered.assign(time=ordered.groupby(["whose", "size"]).cumcount())
