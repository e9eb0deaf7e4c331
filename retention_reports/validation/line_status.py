"""What became of each line of an order, and of the order that the lines make."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.messages import say
from retention_reports.reading.problems import shown

if TYPE_CHECKING:
    from typing import TypeAlias

    import numpy.typing as npt

    from retention_reports.validation.tables import CheckedTable

    Flags: TypeAlias = npt.NDArray[np.bool_]
    Objects: TypeAlias = npt.NDArray[np.object_]
    Places: TypeAlias = npt.NDArray[np.intp]

_OF_THE_ORDER = ("customer_id", "ordered_on")


def line_statuses(rows: CheckedTable, orders: Places) -> Objects:
    """Return what became of each row's line; `orders` numbers the order of each row.

    A blank cell is `completed`. Only in a row that tells nothing of its order (no customer and no day, or no amount
    where prices tell those of the lines) it is what the order's first row says, unless such rows tell statuses too.
    """
    words: Objects = rows.frame["status"].to_numpy(dtype=object)
    if "status" not in rows.source.cells:
        return words
    told = ~rows.source.cells["status"].empty[rows.frame.index]
    if told.all():
        return words
    if "status" in rows.source.settings.per_order:
        return _followed(words, told, ~told, orders)
    follows = continuing(rows)
    if (told & follows).any():
        return words
    if "status" not in rows.source.settings.per_line:
        _ask_whose_status(rows, words, told & ~follows, orders)
    return _followed(words, told, follows, orders)


def continuing(rows: CheckedTable) -> Flags:
    """Tell which rows say nothing of their order but its id: what stands in the order's first row holds for them."""
    cells, places = rows.source.cells, rows.frame.index
    named = [cells[name].empty[places] for name in _OF_THE_ORDER if name in cells]
    nothing: Flags = np.logical_and.reduce(named) if named else np.zeros(len(places), dtype=np.bool_)
    if "unit_price" in cells and "amount" in cells:
        nothing |= cells["amount"].empty[places]
    return nothing


def order_statuses(statuses: Objects, amounts: pd.Series, orders: Places, count: int) -> Objects:
    """Return the status of each of so many orders.

    An order is cancelled where all its lines are, and returned where nothing of worth was kept of what was not
    cancelled. An unknown amount counts as one above zero.
    """
    positive = amounts.isna().to_numpy() | (amounts.fillna(0).to_numpy(dtype=np.int64) > 0)

    def having(rows: Flags) -> Flags:
        return np.bincount(orders[rows], minlength=count) > 0

    completed, returned = statuses == "completed", statuses == "returned"
    result = np.full(count, "cancelled", dtype=object)
    result[having(returned)] = "returned"
    result[having(completed)] = "completed"
    result[having(returned & positive) & ~having(completed & positive)] = "returned"
    return result


def _followed(words: Objects, told: Flags, follows: Flags, orders: Places) -> Objects:
    """Return the words, with that of the order's first row that tells one in the rows that follow it."""
    rows = np.flatnonzero(told)
    first = pd.Series(words[rows], index=orders[rows])
    first = first.loc[~first.index.duplicated()]
    taken = follows & ~told
    result = words.copy()
    result[taken] = first.reindex(orders[taken]).fillna("completed").to_numpy(dtype=object)
    return result


def _ask_whose_status(rows: CheckedTable, words: Objects, told: Flags, orders: Places) -> None:
    """Refuse a file of complete rows in which every order tells its status once: it may be the order's or a line's."""
    count = int(orders.max()) + 1
    complete = np.bincount(orders[~continuing(rows)], minlength=count)
    tells = np.bincount(orders[told], minlength=count)
    several = complete > 1
    if not several.any() or (tells != 1).any():
        return
    asked = told & several[orders] & (words != "completed")
    if asked.any():
        row = int(rows.frame.index[asked][0])
        message = say(
            "orders.whose_status",
            n=int(asked.sum()),
            order=shown(str(rows.frame.loc[row, "order_id"])),
            status=shown(rows.source.cells["status"][row]),
        )
        rows.log.error(rows.location(row, "status"), "status of an order or of a line", message)
