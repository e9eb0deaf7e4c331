"""Customers who have another id than before: their orders tell, or their names and e-mail addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

_MOSTLY = 0.5
_ROW = ["order_id", "ordered_on", "amount"]


@record
class KnownCustomers:
    """Who a client's customers are in one state of the data.

    `customers` has `customer_id`, `name`, `email` ("" where unknown; a name may be the id); `orders` has `order_id`,
    `customer_id` and, where both states have them, `ordered_on` and `amount`.
    """

    customers: pd.DataFrame
    orders: pd.DataFrame


def renumbered_customers(then: KnownCustomers, now: KnownCustomers) -> dict[str, str]:
    """Return the new id of each customer who has another one now, in the order of the old ids.

    An id that differs in leading zeros alone is the same one; so is one that a customer was merged into.
    """
    found = _by_orders(then, now)
    for column in ("email", "name"):
        found = _by_texts(then.customers, now.customers, column) | found
    return {old: new for old, new in sorted(found.items()) if old.lstrip("0") != new.lstrip("0")}


def _by_texts(then: pd.DataFrame, now: pd.DataFrame, column: str) -> dict[str, str]:
    """Return whose name or address stands at another id: texts that several customers share tell nothing."""
    before, after = (_ids_by_text(table, column) for table in (then, now))
    return {old: after[text] for text, old in before.items() if after.get(text, old) != old}


def _ids_by_text(table: pd.DataFrame, column: str) -> Mapping[str, str]:
    texts = table[column].str.casefold()
    own = (texts != "") & (table[column] != table["customer_id"]) & ~texts.duplicated(keep=False)
    return dict(zip(texts[own], table.loc[own, "customer_id"], strict=True))


def _by_orders(then: KnownCustomers, now: KnownCustomers) -> dict[str, str]:
    """Return to whom all orders of a customer have gone that are still there: to an id that was nobody's before.

    Where most orders have another customer, ids were dealt out anew, so that they may have been others' before.
    """
    shared = [column for column in _ROW if column in then.orders.columns and column in now.orders.columns]
    both = then.orders.merge(now.orders, on=shared, suffixes=("_then", "_now"))
    both = both.loc[(both["customer_id_then"] != "") & (both["customer_id_now"] != "")]
    if both.empty:
        return {}
    moved = both["customer_id_then"] != both["customer_id_now"]
    if not moved.any():
        return {}
    targets = both.groupby("customer_id_then")["customer_id_now"].agg(["nunique", "first"])
    gone = targets.loc[(targets["nunique"] == 1) & (targets["first"] != targets.index), "first"]
    known = set(then.customers["customer_id"])
    anew = float(moved.mean()) > _MOSTLY
    return {str(old): new for old, new in gone.items() if anew or new not in known}
