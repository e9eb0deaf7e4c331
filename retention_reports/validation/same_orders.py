"""The same orders in two files under other ids, as two systems export them."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.messages import say
from retention_reports.model.money import in_cents

if TYPE_CHECKING:
    from decimal import Decimal

    import numpy.typing as npt
    import pandas as pd

    from retention_reports.reading.problems import ProblemLog
    from retention_reports.validation.tables import CheckedTable

_FEWEST = 3
_NEARLY_ALL = 0.9
_SAME = ["customer_id", "ordered_on", "amount"]


def warn_of_orders_under_other_ids(orders: CheckedTable, log: ProblemLog) -> None:
    """Tell of a file whose orders nearly all stand in another with the same customer, day and amount."""
    parts = orders.source.parts
    if len(parts) == 1:
        return
    frame = orders.frame.loc[orders.frame["customer_id"] != "", _SAME]
    numbers = orders.source.part_numbers(frame.index.to_numpy(dtype=np.intp))
    told: set[int] = set()
    for own, other in permutations(range(len(parts)), 2):
        rows = frame.loc[numbers == own]
        if len(rows) < _FEWEST or other in told or own in told:
            continue
        same = _standing_in(rows, frame.loc[numbers == other])
        if same.mean() < _NEARLY_ALL:
            continue
        told.add(own)
        adds = in_cents(int(rows.loc[same, "amount"].sum()))
        words: dict[str, int | Decimal] = {"count": int(same.sum()), "of": len(rows), "adds": adds}
        page = say("repeated.under_other_ids_page", file=parts[own].path.rpartition("/")[2], **words)
        message = say("repeated.under_other_ids", file=parts[other].path.rpartition("/")[2], **words)
        place = orders.location(int(rows.index[int(np.argmax(same))]), "order_id")
        log.warning(place, "orders under other ids", message, on_first_page=page)


def _standing_in(rows: pd.DataFrame, others: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell for each row whether the others hold one of the same customer, day and amount, as often."""
    ours = rows.assign(times=rows.groupby(_SAME).cumcount())
    theirs = others.assign(times=others.groupby(_SAME).cumcount())
    found = ours.merge(theirs, on=[*_SAME, "times"], how="left", indicator=True)
    return (found["_merge"] == "both").to_numpy(dtype=np.bool_)
