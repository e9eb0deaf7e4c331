"""Days of one row that cannot follow each other: an answer before its question, a birthday that is still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.messages import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from retention_reports.reading.problems import ProblemLog
    from retention_reports.validation.tables import CheckedTable

_ORDER = (
    ("orders", "ordered_on", "delivered_on", "delivery before order"),
    ("orders", "ordered_on", "promised_on", "day before another"),
    ("offers", "offered_on", "decided_on", "day before another"),
    ("offers", "offered_on", "followed_up_on", "day before another"),
    ("offers", "offered_on", "decision_due_on", "day before another"),
    ("feedback", "date", "resolved_on", "day before another"),
    ("measures", "started_on", "due_on", "day before another"),
)
"""Table, the day that comes first, the one that follows it, and the kind of problem."""
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
