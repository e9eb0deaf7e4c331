"""Tells of orders years before or after all others: they decide neither where the data begins nor where it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.messages import say
from retention_reports.model.entry_days import ENTRY_DAY
from retention_reports.model.far_off_days import lie_apart, usual_span
from retention_reports.reading.day_forms import EXCEL

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import numpy.typing as npt

    from retention_reports.reading.problems import ProblemLog
    from retention_reports.validation.tables import CheckedTable

_BETWEEN_SYSTEMS = 1_462
"""Days from the day that spreadsheets count as 0 of 1900 to the first of 1904."""
_NEAR = 45


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


def warn_of_other_day_systems(tables: Mapping[str, CheckedTable], log: ProblemLog) -> None:
    """Warn of a file whose days end four years and a day before those of another, or after them.

    So far apart are the two systems in which spreadsheets count days.
    """
    orders = tables["orders"]
    newest = _last_day(orders)
    for name, column in ENTRY_DAY.items():
        if name == "orders" or name not in tables or not len(tables[name].frame):
            continue
        other = tables[name]
        apart = (_last_day(other) - newest).astype(int)
        if abs(abs(apart) - _BETWEEN_SYSTEMS) > _NEAR:
            continue
        early, late = (orders, other) if apart > 0 else (other, orders)
        own = "ordered_on" if early is orders else column
        words: dict[str, date | str] = {
            "last": _day(_last_day(early)),
            "other": _day(_last_day(late)),
            "file": late.source.parts[0].path,
        }
        forms = early.source.settings.day_forms_of(own)
        key = "days.other_system_counted" if EXCEL in forms else "days.other_system"
        page = say("days.other_system_page", **words, table=early.source.parts[0].path.rpartition("/")[2])
        log.warning(early.source.column_location(own), "far-off day", say(key, table=early.name, **words), page)
        return


def _last_day(table: CheckedTable) -> np.datetime64:
    days = table.frame[ENTRY_DAY[table.name]].dropna().to_numpy()
    last = usual_span(days)[1] if len(days) else np.datetime64("NaT")
    found: np.datetime64 = last.astype("datetime64[D]")
    return found


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
