"""Who is meant: customers merged, excluded and found in every table; orders and products that others name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.messages import say
from retention_reports.reading.problems import shown_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeAlias

    from retention_reports.errors import Location
    from retention_reports.messages import Message
    from retention_reports.reading.problems import ProblemLog
    from retention_reports.validation.tables import CheckedTable

    Report: TypeAlias = Callable[[Location, str, Message], None]

EXCLUDED = "excluded_customer"
MERGED = "merged_customer"
UNKNOWN = "unknown_customer"


class CustomerDirectory:
    """Finds the row of a customer, after mergers and exclusions."""

    def __init__(self, customers: CheckedTable, excluded: Iterable[str], log: ProblemLog) -> None:
        """Resolve mergers and take excluded customers out of the table."""
        self._log = log
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

    def assign(self, table: CheckedTable) -> pd.Series:
        """Give the table its `customer` column, the row number in customers (-1: not assignable).

        Returns the ids that no customer has, by row; rows of other tables than orders that have one are left out.
        """
        words = table.told_apart("customer_id")[1].tolist()
        if not self._excluded.isdisjoint(words):
            table.leave_out(table.frame["customer_id"].isin(self._excluded), EXCLUDED)
        numbers, words = table.told_apart("customer_id")
        ids = self._renamed(table.frame["customer_id"])
        places = self._index.get_indexer(self._renamed(pd.Series(words, dtype="str")))[numbers]
        table.frame = table.frame.assign(customer_id=ids, customer=places.astype(np.int64))
        if (places >= 0).all():
            return ids.iloc[:0]
        unknown = pd.Series(places < 0, index=ids.index) & (ids != "")
        if table.name != "orders":
            table.leave_out(unknown, UNKNOWN)
        return ids.loc[unknown] if self._complete else ids.iloc[:0]

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

    def _settle_referrers(self, customers: CheckedTable) -> None:
        if "referred_by" not in customers.given_columns:
            return
        referrers = self._renamed(customers.frame["referred_by"])
        own = referrers == customers.frame["customer_id"]
        gone = referrers.isin(self._excluded)
        unknown = (referrers != "") & ~referrers.isin(self._index) & ~gone
        for key, found in (("own_referrer", own), ("unknown_referrer", unknown & ~own)):
            _tell(self._log.warning, customers, referrers.loc[found], "unknown referrer", f"customers.{key}")
        customers.frame = customers.frame.assign(referred_by=referrers.mask(own | gone | unknown, ""))


def check_order_references(lines: CheckedTable, orders: CheckedTable, all_orders: pd.Series, log: ProblemLog) -> None:
    """Every line belongs to an order; lines of excluded customers' orders go with them."""
    ids = lines.frame["order_id"]
    unknown = ~ids.isin(all_orders)
    if orders.complete:
        _tell(log.error, lines, ids.loc[unknown & (ids != "")], "unknown order", "customers.line_without_order")
    lines.leave_out(~ids.isin(orders.frame["order_id"]) & ~unknown, EXCLUDED)


def check_product_references(tables: Mapping[str, CheckedTable], log: ProblemLog) -> None:
    """Every line's product is listed where there is a list; price changes and visits may name what is unknown."""
    products = tables.get("products")
    if products is not None and products.complete:
        known = products.frame["product_id"]
        _report_unknown(tables.get("order_lines"), "product_id", known, log.error)
        _report_unknown(tables.get("price_changes"), "product_id", known, log.warning)
    _report_unknown(tables.get("visits"), "order_id", tables["orders"].frame["order_id"], log.warning)


def _report_unknown(table: CheckedTable | None, column: str, known: pd.Series, report: Report) -> None:
    if table is not None:
        names = table.frame[column]
        word = column.removesuffix("_id")
        unknown = names.loc[(names != "") & ~names.isin(known)]
        _tell(report, table, unknown, f"unknown {word}", f"customers.unknown_{word}")


def _tell(report: Report, table: CheckedTable, names: pd.Series, kind: str, key: str) -> None:
    """Report rows of one cause as one problem, at the first of them."""
    if len(names):
        location = table.location(int(names.index[0]), str(names.name))
        report(location, kind, say(key, n=len(names), first=shown_id(names.iloc[0])))


def _final_targets(customers: CheckedTable, log: ProblemLog) -> dict[str, str]:
    if "merged_into" not in customers.given_columns:
        return {}
    frame = customers.frame
    targets = frame.loc[frame["merged_into"] != "", "merged_into"]
    ids = frame.loc[targets.index, "customer_id"].rename("merged_into")
    direct = dict(zip(ids, targets, strict=True))
    known = frozenset(frame["customer_id"]) if direct else frozenset()
    final, unknown, circular = {}, [], []
    for row, old, first in zip(targets.index.tolist(), ids, targets, strict=True):
        new, seen = first, {old}
        while new in direct and new not in seen:
            seen.add(new)
            new = direct[new]
        if first not in known:
            unknown.append(row)
        elif new in seen:
            circular.append(row)
        else:
            final[old] = new
    _tell(log.error, customers, targets.loc[unknown], "unknown merger", "customers.unknown_merger")
    _tell(log.error, customers, ids.loc[circular], "circular merger", "customers.circular_merger")
    return final
