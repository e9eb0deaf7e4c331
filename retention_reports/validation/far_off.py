"""Tells of orders years before or after all others: they decide neither where the data begins nor where it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.messages import say
from retention_reports.model.far_off_days import lie_apart, usual_span

if TYPE_CHECKING:
    from datetime import date

    import numpy.typing as npt

    from retention_reports.reading.problems import ProblemLog
    from retention_reports.validation.tables import CheckedTable


def warn_of_far_off_orders(orders: CheckedTable, log: ProblemLog) -> None:
    """Warn of orders far from all others, those before and those after in one message each."""
    days = orders.frame["ordered_on"].to_numpy()
    if not len(days):
        return
    if lie_apart(days):
        row = int(orders.frame.index[int(np.argmin(days))])
        words = {"first": _day(days.min()), "last": _day(days.max())}
        page = say("days.far_apart_page", **words)
        log.warning(orders.location(row, "ordered_on"), "far-off day", say("days.far_apart", **words), page)
    first, last = usual_span(days)
    _warn(orders, days < first, "days.far_before", first, log)
    _warn(orders, days > last, "days.far_after", last, log)


def _warn(orders: CheckedTable, far: npt.NDArray[np.bool_], key: str, bound: np.datetime64, log: ProblemLog) -> None:
    if not far.any():
        return
    place = int(np.argmax(far))
    day, other = _day(orders.frame["ordered_on"].to_numpy()[place]), _day(bound)
    count = int(far.sum())
    message = say(key, day=day, other=other, n=count)
    page = say(f"{key}_page", day=day, other=other, n=count)
    log.warning(orders.location(int(orders.frame.index[place]), "ordered_on"), "far-off day", message, page)


def _day(day: np.datetime64) -> date:
    found: date = day.astype("datetime64[D]").item()
    return found
