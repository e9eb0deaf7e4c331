"""What a newer state of a client's data no longer says, or says in another way than it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.messages import say, unless_it_names
from retention_reports.model.money import UNIT
from retention_reports.model.order_status import has_status
from retention_reports.model.quarters import quarter_from_ordinal, quarter_ordinals
from retention_reports.model.renumbering import KnownCustomers, renumbered_customers
from retention_reports.model.schema import TABLE_BY_NAME
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from retention_reports.messages import Message, Private
    from retention_reports.model.folder import ClientFolder
    from retention_reports.model.quarters import Quarter

_LEAST_RISE = 0.01
_SHOWN_COLUMNS = 5


@record
class DataChange:
    """One thing that is told of a table ("" of all of them): its kind, and the sentence."""

    table: str
    kind: str
    message: Message


def data_changes(then: ClientFolder, now: ClientFolder, since: str, closed: Quarter) -> tuple[DataChange, ...]:
    """Compare two states of a client: what has vanished, been renumbered or changed in quarters that were over.

    `since` names the earlier state in sentences; `closed` is the newest quarter that was complete in it.
    """
    renumbered = renumbered_customers(known_customers(then), known_customers(now))
    found = [
        *_vanished_tables(then, now, since),
        *_vanished_rows(then, now, since),
        *_vanished_columns(then, now, since),
        *_unassigned(then, now, since),
        *_closed_quarters(then, now, since, closed),
    ]
    return (*renumbering(renumbered, since), *found)


def known_customers(folder: ClientFolder) -> KnownCustomers:
    """Return who the customers of a checked folder are."""
    return KnownCustomers(
        folder.tables["customers"][["customer_id", "name", "email"]],
        folder.tables["orders"][["order_id", "customer_id", "ordered_on", "amount"]],
    )


def renumbering(renumbered: dict[str, str], since: str) -> Iterator[DataChange]:
    """Tell of customers who have another id than before."""
    if renumbered:
        old, new = next(iter(renumbered.items()))
        message = say("since_last.renumbered", n=len(renumbered), since=since, old=_quoted(old), new=_quoted(new))
        yield DataChange("customers", "customers renumbered", message)


def _quoted(identifier: str) -> str | Private:
    return unless_it_names(identifier, f'"{identifier}"')


def _vanished_tables(then: ClientFolder, now: ClientFolder, since: str) -> Iterator[DataChange]:
    for name in then.tables:
        if name not in now.tables:
            yield DataChange(name, "file vanished", say("since_last.table_gone", since=since, table=name))


def _vanished_rows(then: ClientFolder, now: ClientFolder, since: str) -> Iterator[DataChange]:
    """Tell of rows that are gone; not of customers: they may be merged or excluded, and their orders tell of them."""
    for name in [name for name in then.tables if name in now.tables and name != "customers"]:
        key, before, after = TABLE_BY_NAME[name].key, then.tables[name], now.tables[name]
        if not key:
            fewer = len(before) - len(after)
            if fewer > 0:
                message = say("since_last.fewer_rows", n=fewer, since=since, before=len(before), now=len(after))
                yield DataChange(name, "rows vanished", message)
            continue
        gone = before.loc[~before[key].isin(after[key])]
        if "customer_id" in gone.columns:
            gone = gone.loc[~gone["customer_id"].isin(now.client.excluded_customers)]
        if len(gone):
            yield DataChange(name, "rows vanished", _gone(name, gone, key, since, now.client.currency))


def _gone(name: str, gone: pd.DataFrame, key: str, since: str, currency: str) -> Message:
    first = _quoted(gone[key].iloc[0])
    if name != "orders":
        return say("since_last.rows_gone", n=len(gone), since=since, first=first)
    days = gone["ordered_on"]
    return say(
        "since_last.orders_gone",
        n=len(gone),
        since=since,
        first=first,
        revenue=_units(int(_revenue(gone).sum())),
        currency=currency,
        oldest=days.min().date().isoformat(),
        newest=days.max().date().isoformat(),
    )


def _vanished_columns(then: ClientFolder, now: ClientFolder, since: str) -> Iterator[DataChange]:
    for name, columns in then.given_columns.items():
        lost = columns - now.given_columns.get(name, columns)
        gone = [column for column in TABLE_BY_NAME[name].column_names if column in lost]
        if gone:
            shown = ", ".join(gone[:_SHOWN_COLUMNS]) + (", …" if len(gone) > _SHOWN_COLUMNS else "")
            message = say("since_last.columns_gone", n=len(gone), since=since, columns=shown)
            yield DataChange(name, "columns vanished", message)


def _unassigned(then: ClientFolder, now: ClientFolder, since: str) -> Iterator[DataChange]:
    before, after = (_unassigned_shares(folder.tables["orders"]) for folder in (then, now))
    for what, earlier, later in zip(("orders", "revenue"), before, after, strict=True):
        if later - earlier >= _LEAST_RISE:
            shares = {"before": round(earlier * 100), "now": round(later * 100)}
            message = say(f"since_last.unassigned_{what}", since=since, **shares)
            yield DataChange("orders", "more orders without customer", message)
            return


def _unassigned_shares(orders: pd.DataFrame) -> tuple[float, float]:
    nobody = orders["customer"] < 0
    revenue = _revenue(orders).clip(lower=0)
    return float(nobody.mean()), float(revenue[nobody].sum()) / max(float(revenue.sum()), 1.0)


def _closed_quarters(then: ClientFolder, now: ClientFolder, since: str, closed: Quarter) -> Iterator[DataChange]:
    before, after = (_revenue_by_quarter(folder, closed) for folder in (then, now))
    changes = {quarter: after.get(quarter, 0) - before.get(quarter, 0) for quarter in sorted({*before, *after})}
    changed = {quarter: abs(change) for quarter, change in changes.items() if abs(change) >= UNIT}
    if not changed:
        return
    quarter = max(changed, key=changed.__getitem__)
    message = say(
        "since_last.closed_quarters",
        n=len(changed),
        since=since,
        quarter=str(quarter_from_ordinal(quarter, closed.start_month)),
        before=_units(before.get(quarter, 0)),
        now=_units(after.get(quarter, 0)),
        currency=now.client.currency,
    )
    yield DataChange("orders", "closed quarters changed", message)


def _revenue_by_quarter(folder: ClientFolder, closed: Quarter) -> dict[int, int]:
    """Return the revenue of each quarter (by its ordinal) up to the newest closed one, in ten-thousandths."""
    orders = folder.tables["orders"]
    quarters = quarter_ordinals(orders["ordered_on"], closed.start_month)
    sums = _revenue(orders).groupby(quarters.to_numpy()).sum()
    found = dict(zip(sums.index.tolist(), sums.astype("int64").tolist(), strict=True))
    return {quarter: revenue for quarter, revenue in found.items() if quarter <= closed.ordinal}


def _revenue(orders: pd.DataFrame) -> pd.Series:
    return orders["amount"].where(has_status(orders, "completed"), 0)


def _units(amount: int) -> int:
    return round(amount / UNIT)
