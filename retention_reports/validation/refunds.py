"""The same refund twice: what was returned has the status, and is deducted by a row of its own as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.messages import say
from retention_reports.model.money import in_cents
from retention_reports.model.order_status import has_status
from retention_reports.reading.problems import shown

if TYPE_CHECKING:
    import pandas as pd

    from retention_reports.validation.tables import CheckedTable


def warn_of_refunds_twice(orders: CheckedTable) -> None:
    """Tell of orders that were returned and deducted: a later credit note of the same customer and amount."""
    if not has_status(orders.frame, "returned").any():
        return
    frame = orders.frame.loc[orders.frame["customer"] >= 0, ["customer", "amount", "status", "ordered_on"]]
    tell_refunds_twice(orders, frame.rename(columns={"customer": "whose"}))


def tell_refunds_twice(table: CheckedTable, rows: pd.DataFrame) -> None:
    """Tell of returned rows that a completed one of the same owner and amount deducts, on the day or later.

    `rows` has for each row of the table that is looked at `whose` it is, `amount`, `status` and `ordered_on`.
    """
    amounts = rows["amount"].to_numpy(dtype=np.int64)
    returned, deducted = has_status(rows, "returned") & (amounts > 0), has_status(rows, "completed") & (amounts < 0)
    if not returned.any() or not deducted.any():
        return
    facts = rows.assign(size=np.abs(amounts), row=rows.index)
    pairs = _numbered(facts.loc[returned]).merge(_numbered(facts.loc[deducted]), on=["whose", "size", "time"])
    pairs = pairs.loc[~(pairs["ordered_on_y"] < pairs["ordered_on_x"])]
    if not len(pairs):
        return
    row = int(pairs["row_y"].min())
    amount = in_cents(int(pairs["size"].sum()))
    message = say(
        "orders.refund_twice", n=len(pairs), amount=amount, order=shown(str(table.frame.loc[row, "order_id"]))
    )
    page = say("orders.refund_twice_page", n=len(pairs), amount=amount)
    table.log.warning(table.location(row, "amount"), "refund counted twice", message, on_first_page=page)


def _numbered(rows: pd.DataFrame) -> pd.DataFrame:
    """Number rows of the same owner and amount by their days, so that each finds one other only."""
    ordered = rows.sort_values(["ordered_on", "row"])
    return ordered.assign(time=ordered.groupby(["whose", "size"]).cumcount())
