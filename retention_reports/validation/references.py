"""Who is meant: customers merged, excluded and found in every table; orders and products that others name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.reading.problems import shown
from retention_reports.validation.tables import numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from retention_reports.reading.problems import ProblemLog
    from retention_reports.validation.tables import CheckedTable

EXCLUDED = "excluded_customer"
MERGED = "merged_customer"
UNKNOWN = "unknown_customer"


class CustomerDirectory:
    """Finds the row of a customer, after mergers and exclusions."""

    def __init__(self, customers: CheckedTable, excluded: Iterable[str], log: ProblemLog, *, assign: bool) -> None:
        """Resolve mergers and take excluded customers out of the table.

        `assign`: rows of unknown customers are errors; else orders become "not assignable" and other rows are left out.
        """
        self._log = log
        self._assign = assign
        self._complete = customers.complete
        self._merged = _final_targets(customers, log)
        ids = customers.frame["customer_id"]
        self._all_ids = frozenset(ids.tolist())
        named = frozenset(excluded)
        self._excluded = named | {old for old, new in self._merged.items() if new in named}
        customers.leave_out(ids.isin(self._excluded), EXCLUDED)
        customers.leave_out(customers.frame["customer_id"].isin(self._merged), MERGED)
        # Repeated ids have been told by now; here they must only not be in the way.
        self._index = pd.Index(customers.frame["customer_id"]).drop_duplicates()
        self._settle_referrers(customers)

    def assign(self, table: CheckedTable) -> None:
        """Give the table its `customer` column, the row number in customers (-1: not assignable)."""
        words = table.told_apart("customer_id")[1].tolist()
        if not self._excluded.isdisjoint(words):
            table.leave_out(table.frame["customer_id"].isin(self._excluded), EXCLUDED)
        numbers, words = table.told_apart("customer_id")
        ids = self._renamed(table.frame["customer_id"])
        places = self._index.get_indexer(self._renamed(pd.Series(words, dtype="str")))[numbers]
        table.frame = table.frame.assign(customer_id=ids, customer=places.astype(np.int64))
        if (places >= 0).all():
            return
        unknown = pd.Series(places < 0, index=ids.index) & (ids != "")
        if self._complete:
            self._report_unknown(table, ids.loc[unknown])
        if table.name != "orders":
            table.leave_out(unknown, UNKNOWN)

    def unseen_exclusions(self, tables: Iterable[CheckedTable], excluded: Iterable[str]) -> list[str]:
        """Return the excluded customers that no table has ever named."""
        missing = set(excluded) - self._all_ids
        for table in tables if missing else ():
            named = table.source.cells.get("customer_id")
            if named is not None:
                missing -= set(named.words.tolist())
        return sorted(missing)

    def _renamed(self, ids: pd.Series) -> pd.Series:
        if not self._merged or not ids.isin(self._merged).any():
            return ids
        return ids.map(lambda old: self._merged.get(old, old)).astype("str")

    def _report_unknown(self, table: CheckedTable, ids: pd.Series) -> None:
        for row, name in numbered(ids):
            location = table.location(row, "customer_id")
            if self._assign:
                remedy = 'add it to customers, or write unknown_customers = "unassigned" in client.toml'
                self._log.error(location, "unknown customer", f"there is no customer {shown(name)} ({remedy})")
            else:
                fate = "counts as not assignable" if table.name == "orders" else "is left out"
                self._log.warning(location, "unknown customer", f"there is no customer {shown(name)}; the row {fate}")

    def _settle_referrers(self, customers: CheckedTable) -> None:
        if "referred_by" not in customers.given_columns:
            return
        referrers = self._renamed(customers.frame["referred_by"])
        own = referrers == customers.frame["customer_id"]
        gone = referrers.isin(self._excluded)
        unknown = (referrers != "") & ~referrers.isin(self._index) & ~gone
        for row, name in numbered(referrers.loc[own | unknown]):
            reason = "a customer cannot refer itself" if own[row] else f"there is no customer {shown(name)}"
            message = f"{reason}; the referral is left out (write an id of customers)"
            self._log.warning(customers.location(row, "referred_by"), "unknown referrer", message)
        customers.frame = customers.frame.assign(referred_by=referrers.mask(own | gone | unknown, ""))


def check_order_references(lines: CheckedTable, orders: CheckedTable, all_orders: pd.Series, log: ProblemLog) -> None:
    """Every line belongs to an order; lines of excluded customers' orders go with them."""
    ids = lines.frame["order_id"]
    unknown = ~ids.isin(all_orders)
    if orders.complete:
        for row, name in numbered(ids.loc[unknown & (ids != "")]):
            message = f"there is no order {shown(name)} (add it to orders, or delete the line)"
            log.error(lines.location(row, "order_id"), "unknown order", message)
    lines.leave_out(~ids.isin(orders.frame["order_id"]) & ~unknown, EXCLUDED)


def check_product_references(tables: Mapping[str, CheckedTable], log: ProblemLog) -> None:
    """Every line's product is listed where there is a list; price changes and visits may name what is unknown."""
    products = tables.get("products")
    if products is not None and products.complete:
        known = products.frame["product_id"]
        _report_unknown(tables.get("order_lines"), "product_id", known, log, is_error=True)
        _report_unknown(tables.get("price_changes"), "product_id", known, log, is_error=False)
    _report_unknown(tables.get("visits"), "order_id", tables["orders"].frame["order_id"], log, is_error=False)


def _report_unknown(
    table: CheckedTable | None, column: str, known: pd.Series, log: ProblemLog, *, is_error: bool
) -> None:
    if table is None:
        return
    names = table.frame[column]
    word = column.removesuffix("_id")
    for row, name in numbered(names.loc[(names != "") & ~names.isin(known)]):
        message = f"there is no {word} {shown(name)} (add it to {word}s)"
        report = log.error if is_error else log.warning
        report(table.location(row, column), f"unknown {word}", message)


def _final_targets(customers: CheckedTable, log: ProblemLog) -> dict[str, str]:
    if "merged_into" not in customers.given_columns:
        return {}
    frame = customers.frame
    rows = frame.loc[frame["merged_into"] != ""]
    direct = dict(zip(rows["customer_id"], rows["merged_into"], strict=True))
    known = frozenset(frame["customer_id"]) if direct else frozenset()
    final = {}
    for row, old, new in zip(rows.index.tolist(), rows["customer_id"], rows["merged_into"], strict=True):
        location = customers.location(row, "merged_into")
        if new not in known:
            log.error(location, "unknown merger", f"there is no customer {shown(new)} (write an id of customers)")
            continue
        seen = {old}
        while new in direct and new not in seen:
            seen.add(new)
            new = direct[new]  # noqa: PLW2901 - follows the chain of mergers to its end
        if new in seen:
            log.error(location, "circular merger", f"{shown(old)} is merged into itself (one of them must stay)")
        else:
            final[old] = new
    return final
