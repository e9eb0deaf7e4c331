"""Rows that add up those above them and look like any other: they have an id, a customer and a day of their own."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.messages import say
from retention_reports.model.money import in_cents
from retention_reports.records import record
from retention_reports.validation.totals_rows import TOTALS_ROW

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from retention_reports.validation.tables import CheckedTable

_GROUPS = ("order_id", "customer_id", "sales_rep", "channel", "product_id")
_FEWEST_ADDED = 2
"""One row below another of the same amount may well be another one."""
_FEWEST_SUMS = 2
_FEWEST_BELOW_ALL = 4
"""So many rows must a last one add up that stands alone."""
_CONTRADICTED = 0.05
_LOOKED_AT = 1_000


@record
class _Sums:
    """Which rows add up others, and of the first of them its place and how many it adds up."""

    rows: npt.NDArray[np.bool_]
    first: int
    added: int


def settle_subtotals(table: CheckedTable) -> None:
    """Refuse rows that are the sums of those above them, or leave them out where `subtotals` says so.

    They are known by arithmetic: below each customer's rows (or each order's, month's, …) stands their sum, or below
    all rows the sum of all.
    """
    settings = table.source.settings
    if settings.subtotals == "count" or "amount" not in table.source.cells or len(table.frame) <= _FEWEST_BELOW_ALL:
        return
    amounts = table.frame["amount"].fillna(0).to_numpy(dtype=np.int64)
    found = _found(table, amounts)
    if found is None:
        return
    if settings.subtotals != "leave_out":
        message = say(
            "totals.of_rows_above",
            n=int(found.rows.sum()),
            amount=in_cents(int(amounts[found.first])),
            rows=found.added,
            adds=in_cents(int(amounts[found.rows].sum())),
            table=table.name,
        )
        place = table.location(int(table.frame.index[found.first]), "amount")
        table.log.error(place, "totals row", message)
    table.leave_out(pd.Series(found.rows, index=table.frame.index), TOTALS_ROW)


def _found(table: CheckedTable, amounts: npt.NDArray[np.int64]) -> _Sums | None:
    whole = int(amounts.sum())
    last = int(amounts[-1])
    rows = np.zeros(len(amounts), dtype=np.bool_)
    for groups in _groups(table):
        # The sum of all may stand below the last group's.
        for end in (len(amounts), len(amounts) - 1):
            found = _of_groups(groups.iloc[:end], amounts[:end])
            if found is not None:
                rows[:end] = found.rows
                below_all = {int(amounts[:-1].sum()), int(amounts[:-1][~rows[:-1]].sum())}
                rows[-1] |= bool(last) and last in below_all
                return _Sums(rows, found.first, found.added)
    if last and 2 * last == whole:
        rows[-1] = True
        return _Sums(rows, len(amounts) - 1, len(amounts) - 1)
    return None


def _groups(table: CheckedTable) -> Iterator[pd.Series]:
    """Yield, for all rows, what may be added up together: what is the same in rows that follow each other."""
    for name in _GROUPS:
        if name in table.source.cells and name in table.frame:
            yield table.frame[name]
    if "ordered_on" in table.frame:
        days = table.frame["ordered_on"]
        yield days
        yield pd.Series(days.to_numpy().astype("datetime64[M]").astype(np.int64))


def _of_groups(column: pd.Series, amounts: npt.NDArray[np.int64]) -> _Sums | None:
    """Return the last row of each group where it adds up the others, if that holds for nearly all groups."""
    if not _may_end_in_sum(column.iloc[:_LOOKED_AT].to_numpy(), amounts):
        return None
    groups = column.to_numpy()
    starts = np.concatenate(([0], np.flatnonzero(groups[1:] != groups[:-1]) + 1))
    sizes = np.diff(np.append(starts, len(amounts)))
    ends = starts + sizes - 1
    sums = np.add.reduceat(amounts, starts)
    several = sizes > 1
    is_sum = several & (2 * amounts[ends] == sums) & (amounts[ends] != 0)
    telling = is_sum & (sizes > _FEWEST_ADDED)
    if telling.sum() < _FEWEST_SUMS or (several & ~is_sum).sum() > _CONTRADICTED * several.sum():
        return None
    rows = np.zeros(len(amounts), dtype=np.bool_)
    rows[ends[is_sum]] = True
    first = int(np.argmax(telling))
    return _Sums(rows, int(ends[first]), int(sizes[first]) - 1)


def _may_end_in_sum(groups: npt.NDArray[np.generic], amounts: npt.NDArray[np.int64]) -> bool:
    """Tell by the first group of several rows alone whether it is worth while to look at all of them."""
    starts = np.flatnonzero(groups[1:] != groups[:-1]) + 1
    bounds = [0, *starts.tolist(), *([len(amounts)] if len(groups) == len(amounts) else [])]
    for start, end in pairwise(bounds):
        if end - start > _FEWEST_ADDED:
            return bool(2 * amounts[end - 1] == amounts[start:end].sum())
    return False
