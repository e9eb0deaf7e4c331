"""Rows whose customer stands in no list: why that may be, what settles it, and how much of the revenue it concerns."""

from __future__ import annotations

import re
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING

import pandas as pd

from retention_reports.messages import say
from retention_reports.model.order_status import has_status
from retention_reports.reading.problems import shown, shown_id
from retention_reports.records import record
from retention_reports.validation.id_spellings import (
    collective_ids,
    looks_collective,
    looks_tested,
    may_name_accounts,
    missing_ids,
)

if TYPE_CHECKING:
    from retention_reports.errors import Location
    from retention_reports.messages import Message
    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.settings import ClientSettings
    from retention_reports.validation.tables import CheckedTable

USUAL_SHARE = 0.05
"""Up to which share of the orders, or of their revenue, nobody asks whose they are."""
_STEP = 5
_MOSTLY = 0.5
_KIND = "unknown customer"
_BEFORE_DIGITS = re.compile(r"([^0-9]{1,20})[0-9]+$")
_ACCOUNTS = {"collective": "collective account", "test": "test account"}


@record
class Unassigned:
    """Orders that are nobody's: how many, and their shares of all orders and of revenue (0 to 1).

    Revenue is what completed and returned orders of positive amounts say: credit notes would hide it.
    """

    orders: int
    of_orders: float
    of_revenue: float

    @property
    def share(self) -> float:
        """The larger of the two shares."""
        return max(self.of_orders, self.of_revenue)

    @property
    def words(self) -> dict[str, int]:
        """The values of messages: the number of orders and both shares in per cent, rounded up."""
        return {"n": self.orders, "of_orders": _per_cent(self.of_orders), "of_revenue": _per_cent(self.of_revenue)}


def unassigned_share(orders: CheckedTable, rows: pd.Series) -> Unassigned:
    """Return what share the orders marked true have."""
    amounts = orders.frame["amount"].astype("float64").clip(lower=0).fillna(0).where(_counts(orders), 0)
    total = float(amounts.sum())
    return Unassigned(
        int(rows.sum()), float(rows.mean()) if len(rows) else 0.0, float(amounts[rows].sum()) / total if total else 0.0
    )


class UnknownCustomers:
    """Tells of ids that no customer has: in another case, a name where the id is meant, or nothing that is known."""

    def __init__(
        self, customers: CheckedTable, settings: ClientSettings, refused: frozenset[str], log: ProblemLog
    ) -> None:
        """Take the list of customers; ids that were refused before are not told again."""
        self._settings = settings
        self._refused = refused
        self._log = log
        self._frame = customers.frame

    @cached_property
    def _folded(self) -> frozenset[str]:
        return frozenset(name.casefold() for name in self._frame["customer_id"])

    @cached_property
    def _looked_up(self) -> dict[str, frozenset[str]]:
        texts = {column: self._frame[column].unique() for column in ("name", "email")}
        return {column: frozenset(text.casefold() for text in own) - {""} for column, own in texts.items()}

    def report(self, table: CheckedTable, ids: pd.Series) -> None:
        """Tell of a table's rows (given with their ids) that no customer has."""
        if not len(ids):
            return
        rest = ids.loc[~ids.isin(self._refused)]
        other_case = rest.str.casefold().isin(self._folded)
        self._tell(table, rest.loc[other_case], "other_case")
        rest = rest.loc[~other_case]
        heading = _quoted(table.location(0, "customer_id").column) if len(rest) else ""
        for column, texts in self._looked_up.items():
            found = rest.str.casefold().isin(texts)
            if found.any() and found.mean() >= _MOSTLY:
                self._tell(table, rest.loc[found], f"{column}_as_id", heading=heading)
                rest = rest.loc[~found]
        rest = self._without_prefixed(table, rest)
        if len(rest):
            self._report_others(table, rest)

    def _without_prefixed(self, table: CheckedTable, ids: pd.Series) -> pd.Series:
        """Tell of ids that the list of customers has with other letters before them, or none; return the others."""
        if not len(ids):
            return ids
        own, listed = _letters_before(ids), _letters_before(self._frame["customer_id"])
        for prefix, block, found in (
            (own, table.name, ids.str.removeprefix(own).isin(self._frame["customer_id"])),
            (listed, "customers", (listed + ids).isin(self._frame["customer_id"])),
        ):
            if prefix and found.mean() >= _MOSTLY:
                self._tell(table, ids.loc[found], "other_prefix", prefix=shown(prefix), block=f"[files.{block}]")
                return ids.loc[~found]
        return ids

    def _report_others(self, table: CheckedTable, ids: pd.Series) -> None:
        customers = len(ids.unique())
        if (table.source.settings.unknown_customers or self._settings.unknown_customers) == "error":
            self._tell(table, ids, "unknown", customers=customers, block=f"[files.{table.name}]")
            return
        if table.name != "orders":
            self._warn(table, ids, say("customers.unknown_left_out", n=len(ids), first=shown_id(ids.iloc[0])))
            return
        found = unassigned_share(table, table.frame.index.to_series().isin(ids.index))
        allowed = self._settings.unassigned_up_to
        if found.share > (USUAL_SHARE if allowed is None else allowed):
            enough = f"{min(100, _STEP * ceil(_per_cent(found.share) / _STEP)) / 100:g}"
            self._log.error(
                _first(table, ids),
                "too many unknown customers",
                say("customers.too_many_unknown", first=shown_id(ids.iloc[0]), enough=enough, **found.words),
            )
            return
        message = say("customers.unknown_unassigned", n=len(ids), first=shown_id(ids.iloc[0]))
        on_first_page = say("customers.first_page_unknown", **found.words) if found.share > USUAL_SHARE else None
        self._warn(table, ids, message, on_first_page)

    def _tell(self, table: CheckedTable, ids: pd.Series, key: str, **values: str | int) -> None:
        if len(ids):
            message = say(f"customers.{key}", n=len(ids), first=shown_id(ids.iloc[0]), **values)
            self._log.error(_first(table, ids), _KIND, message)

    def _warn(
        self, table: CheckedTable, ids: pd.Series, message: Message, on_first_page: Message | None = None
    ) -> None:
        self._log.warning(_first(table, ids), _KIND, message, on_first_page)


def warn_of_orders_without_customer(orders: CheckedTable, log: ProblemLog) -> None:
    """Tell how many orders name no customer; on the first page, where they are more than few."""
    unknown = orders.frame["customer"].to_numpy() < 0
    if not unknown.any():
        return
    blank = pd.Series(unknown, index=orders.frame.index)
    blank[unknown] = (orders.frame.loc[unknown, "customer_id"] == "").to_numpy()
    if blank.any():
        found = unassigned_share(orders, blank)
        on_first_page = say("customers.first_page_blank", **found.words) if found.share > USUAL_SHARE else None
        message = say("customers.order_without_customer", n=found.orders)
        log.warning(_first(orders, blank.loc[blank]), "order without customer", message, on_first_page)


_ACCOUNTS = {"test": "test account", "collective": "collective account"}
"""The kinds of accounts that are nobody, as problems."""


def warn_of_collective_accounts(customers: CheckedTable, orders: CheckedTable, log: ProblemLog) -> None:
    """Warn of listed customers who are nobody, by a name such as guest, or by an id such as 0 without a name.

    Those who were made for a test are told apart from those who stand for many.
    """
    if "name" not in customers.given_columns:
        return
    ids, names = (customers.frame[column].tolist() for column in ("customer_id", "name"))
    if all(names) and not may_name_accounts(names):
        return
    mostly_named = names.count("") < _MOSTLY * len(names)
    odd_ids = collective_ids(ids) | missing_ids(ids)
    found: dict[str, list[int]] = {"test": [], "collective": []}
    for place, (identifier, name) in enumerate(zip(ids, names, strict=True)):
        if looks_tested(name):
            found["test"].append(place)
        elif looks_collective(name) or (mostly_named and not name and identifier in odd_ids):
            found["collective"].append(place)
    for kind, places in found.items():
        if places:
            _warn_of_accounts(customers, orders, kind, places, log)


def _warn_of_accounts(
    customers: CheckedTable, orders: CheckedTable, kind: str, places: list[int], log: ProblemLog
) -> None:
    frame = customers.frame
    share = unassigned_share(orders, orders.frame["customer"].isin(places))
    words: dict[str, int | str] = {
        **share.words,
        "n": len(places),
        "orders": share.orders,
        "id": shown(str(frame["customer_id"].iloc[places[0]])),
        "name": str(frame["name"].iloc[places[0]] or frame["customer_id"].iloc[places[0]]),
        "ids": ", ".join(_quoted(identifier) for identifier in frame["customer_id"].iloc[places]),
    }
    message, page = say(f"customers.{kind}_account", **words), say(f"customers.first_page_{kind}", **words)
    place = customers.location(int(frame.index[places[0]]), "customer_id")
    log.warning(place, _ACCOUNTS[kind], message, page if share.share > USUAL_SHARE else None)


def _letters_before(ids: pd.Series) -> str:
    """Return what stands before the digits of the first id."""
    found = _BEFORE_DIGITS.match(str(ids.iloc[0]) if len(ids) else "")
    return found[1] if found else ""


def _counts(orders: CheckedTable) -> pd.Series:
    cancelled = has_status(orders.frame, "cancelled")
    return orders.frame["amount"].notna() & ~cancelled


def _first(table: CheckedTable, rows: pd.Series) -> Location:
    return table.location(int(rows.index[0]), "customer_id")


def _per_cent(share: float) -> int:
    return ceil(round(share * 100, 6))


def _quoted(heading: str) -> str:
    return '"' + heading.replace("\\", "\\\\").replace('"', '\\"') + '"'
