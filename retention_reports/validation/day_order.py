"""Days of one row that cannot follow each other: an answer before its question, a birthday that is still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.errors import Location
from retention_reports.messages import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import numpy.typing as npt

    from retention_reports.reading.problems import ProblemLog
    from retention_reports.validation.tables import CheckedTable

_ORDER = (
    ("orders", "ordered_on", "delivered_on", "delivery before order"),
    ("orders", "ordered_on", "promised_on", "day before another"),
    ("offers", "offered_on", "decided_on", "day before another"),
    ("offers", "offered_on", "followed_up_on", "day before another"),
    ("offers", "offered_on", "decision_due_on", "day before another"),
    ("losses", "noticed_on", "passed_on", "day before another"),
    ("feedback", "date", "resolved_on", "day before another"),
    ("measures", "started_on", "due_on", "day before another"),
    ("measures", "idea_on", "started_on", "day before another"),
)
"""Table, the day that comes first, the one that follows it, and the kind of problem."""
_MONTHS = 12
_LOOKED_AT = 200
_FEWEST_DAYS, _FEWEST_KINDS = 10, 3
"""So many days, and days of the month and months among them, hardly lie before the thirteenth by chance."""
_ON_FIRST_PAGE = frozenset({"decided_on"})
"""What a sentence of the first page may rest on: how long decisions take, and in which quarter they fell."""


def warn_of_days_out_of_order(tables: Mapping[str, CheckedTable], log: ProblemLog) -> None:
    """Warn of rows with a day before the one that it follows, in one message for each two columns."""
    for name, first, following, kind in _ORDER:
        table = tables.get(name)
        if table is None or following not in table.given_columns:
            continue
        early = (table.frame[following] < table.frame[first]).to_numpy()
        if early.any():
            row, count = int(table.frame.index[early][0]), int(early.sum())
            words = {"later": table.location(row, following).column, "earlier": table.location(row, first).column}
            message = say("days.out_of_order", n=count, **words)
            page = say("days.out_of_order_page", n=count, table=say(f"days.rows.{name}"), **words)
            log.warning(
                table.location(row, following),
                kind,
                message,
                on_first_page=page if following in _ON_FIRST_PAGE else None,
            )
    _warn_of_coming_birthdays(tables, log)


def warn_of_early_days(orders: CheckedTable, log: ProblemLog) -> None:
    """Warn of a file none of whose days is after the twelfth of its month, as where the month is taken for the day."""
    rows = orders.frame.index.to_numpy()
    days_of_rows = orders.frame["ordered_on"].to_numpy()
    for part in orders.source.parts:
        own = days_of_rows[(rows >= part.first_row) & (rows < part.first_row + len(part.lines))]
        if (_of_month(own[:_LOOKED_AT]) > _MONTHS).any():
            continue
        days = np.unique(own).astype("datetime64[D]")
        of_month, months = _of_month(days), days.astype("datetime64[M]")
        if len(days) < _FEWEST_DAYS or (of_month > _MONTHS).any():
            continue
        if min(len(np.unique(of_month)), len(np.unique(months))) >= _FEWEST_KINDS:
            first, last = days[0].item(), days[-1].item()
            page = say("days.early_page", file=part.path.rpartition("/")[2], count=len(days))
            place = Location(part.path, 0, part.headings.get("ordered_on", "ordered_on"))
            message = say("days.early", count=len(days), first=first, last=last)
            log.warning(place, "days of other months", message, page)


def _of_month(days: npt.NDArray[np.datetime64]) -> npt.NDArray[np.int64]:
    """Return which day of its month each one is, from 1."""
    whole = days.astype("datetime64[D]")
    since_first: npt.NDArray[np.int64] = (whole - whole.astype("datetime64[M]")).astype(np.int64)
    return since_first + 1


def _warn_of_coming_birthdays(tables: Mapping[str, CheckedTable], log: ProblemLog) -> None:
    """Warn of birthdays after the last order, as years of two digits make them."""
    contacts, orders = tables.get("contacts"), tables["orders"]
    if contacts is None or "birthday" not in contacts.given_columns or not len(orders.frame):
        return
    coming = (contacts.frame["birthday"] > orders.frame["ordered_on"].max()).to_numpy()
    if coming.any():
        place = int(np.argmax(coming))
        day: date = contacts.frame["birthday"].to_numpy()[place].astype("datetime64[D]").item()
        message = say("days.coming_birthday", n=int(coming.sum()), day=day)
        log.warning(contacts.location(int(contacts.frame.index[place]), "birthday"), "birthday to come", message)
