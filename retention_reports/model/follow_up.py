"""What became of recommendations, as told by those who followed up: contacts, reasons of losses, offers' results."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

NOT_REACHED, REASON = "not_reached", "reason"
_LEAVERS = frozenset({"ask_reason", "win_back", "answer_notice"})
"""Recommendations for customers who left: a reason told then is why they did."""
_OF_OFFERS = frozenset({"follow_up_offer", "decision_day"})
_DECIDED = {"bought": "won", "no": "lost"}
_CHANNEL = "follow_up"


@record
class FollowUp:
    """One row of the file. `kind` is the recommendation's, `reason` a standard key or the customer's own word."""

    recommendation_id: str
    customer_id: str
    date: date
    kind: str
    result: str
    reason: str = ""
    note: str = ""
    sales_rep: str = ""
    offer_id: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """By what a row replaces another: the recommendation and the day."""
        return self.recommendation_id, self.date.isoformat()


@record
class ReturnedWords:
    """How a list that comes back is understood, in any language (all words in small letters).

    `headings` gives the key of a column, `results` that of a result; `reason_marks` are the words that begin a reason,
    such as "reason:", and `reasons` gives the standard reason for each of its names.
    """

    headings: Mapping[str, str]
    results: Mapping[str, str]
    reason_marks: tuple[str, ...]
    reasons: Mapping[str, str]


def offer_of(kind: str, subject: str) -> str:
    """Return the offer that a recommendation is about, "" where it is about none."""
    return subject if kind in _OF_OFFERS else ""


def with_follow_up(
    tables: Mapping[str, pd.DataFrame], columns: Mapping[str, tuple[str, ...]]
) -> dict[str, pd.DataFrame]:
    """Return a client's tables with what followed: contacts, reasons of losses, and what became of open offers.

    Whoever was reached was contacted (once a day, in whatever file it stands). A reason counts where the customer had
    left. An offer was followed up on the first day; one still open in the client's file is won or lost where the
    customer said so. `columns` are those of `touchpoints` and `losses`, made anew where the client has no such file.
    """
    found = dict(tables)
    rows = tables.get("follow_up")
    if rows is None or rows.empty:
        return found
    reached = rows.loc[(rows["result"] != NOT_REACHED) & (rows["customer"] >= 0)]
    contacts = pd.DataFrame(
        {
            "customer_id": reached["customer_id"],
            "customer": reached["customer"],
            "date": reached["date"],
            "channel": _CHANNEL,
            "state": "done",
            "occasion": reached["kind"],
            "sales_rep": reached["sales_rep"],
        }
    ).drop_duplicates(["customer", "date"])
    found["touchpoints"] = _joined(tables.get("touchpoints"), _not_on_record(contacts, tables), columns["touchpoints"])
    told = reached.loc[(reached["result"] == REASON) & reached["kind"].isin(_LEAVERS)]
    reasons = pd.DataFrame(
        {
            "customer_id": told["customer_id"],
            "customer": told["customer"],
            "noticed_on": told["date"],
            "reason": told["reason"],
            "kind": "silent",
            "recoverable": "unknown",
            "note": told["note"],
            "passed_on": pd.NaT,
        }
    )
    if len(reasons):
        found["losses"] = _joined(tables.get("losses"), reasons, columns["losses"])
    if "offers" in tables:
        found["offers"] = _decided(tables["offers"], reached)
    return found


def _not_on_record(contacts: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    table = tables.get("touchpoints")
    if table is None:
        return contacts
    done = table.loc[table["state"] == "done"]
    known = set(zip(done["customer"].tolist(), done["date"].tolist(), strict=True))
    own = zip(contacts["customer"].tolist(), contacts["date"].tolist(), strict=True)
    return contacts.loc[[pair not in known for pair in own]]


def _joined(table: pd.DataFrame | None, rows: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    names = [*columns, "customer"]
    texts = {name: "" for name in names if name not in rows}
    added = rows.assign(**texts)[names]
    words = {name: "str" for name in names if name not in ("customer", "date", "noticed_on", "passed_on")}
    added = added.astype(words)
    if table is None:
        return added.reset_index(drop=True)
    return pd.concat([table, added], ignore_index=True)


def _decided(offers: pd.DataFrame, reached: pd.DataFrame) -> pd.DataFrame:
    own = reached.loc[reached["offer_id"] != ""].sort_values(["offer_id", "date"], kind="stable")
    if own.empty:
        return offers
    table = offers.copy()
    first = own.drop_duplicates("offer_id").set_index("offer_id")["date"]
    table["followed_up_on"] = table["followed_up_on"].fillna(table["offer_id"].map(first))
    said = own.loc[own["result"].isin(list(_DECIDED))].drop_duplicates("offer_id", keep="last").set_index("offer_id")
    settled = (table["state"] == "open") & table["offer_id"].isin(said.index)
    if not settled.any():
        return table
    ids = table.loc[settled, "offer_id"]
    table.loc[settled, "state"] = ids.map(said["result"]).map(_DECIDED)
    table.loc[settled, "decided_on"] = ids.map(said["date"])
    return table
