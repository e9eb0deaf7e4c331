"""Rows that can be read and may still be wrong: told, counted, and never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.messages import say
from retention_reports.model.money import in_cents
from retention_reports.model.order_status import has_status
from retention_reports.reading.problems import shown, suggestion
from retention_reports.validation.day_order import warn_of_days_out_of_order, warn_of_early_days
from retention_reports.validation.line_amounts import warn_of_orders_without_lines
from retention_reports.validation.potentials import warn_of_other_scales
from retention_reports.validation.refunds import warn_of_refunds_twice
from retention_reports.validation.same_orders import warn_of_orders_under_other_ids
from retention_reports.validation.unknown_customers import (
    warn_of_collective_accounts,
    warn_of_orders_without_customer,
)
from retention_reports.validation.unpaid_orders import warn_of_unpaid_orders

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from retention_reports.reading.problems import ProblemLog
    from retention_reports.validation.tables import CheckedTable

_FEWEST_ORDERS = 5
_FEWEST_OF_NOTHING = 3
_TIMES_MEDIAN = 10
_UPPER_SHARE = 0.99


def warn_of_suspicions(tables: Mapping[str, CheckedTable], segments: Mapping[str, int], log: ProblemLog) -> None:
    """Check what the tables say against each other and against what is usual."""
    orders, customers = tables["orders"], tables["customers"]
    warn_of_orders_without_customer(orders, log)
    warn_of_collective_accounts(customers, orders, log)
    warn_of_days_out_of_order(tables, log)
    warn_of_early_days(orders, log)
    _warn_of_returned_pieces(tables.get("order_lines"), log)
    warn_of_orders_without_lines(orders, tables.get("order_lines"), log)
    warn_of_other_scales(customers, orders, log)
    _tell_amounts_of_nothing(orders, log)
    _warn_of_returned_credit_notes(orders, log)
    warn_of_refunds_twice(orders)
    warn_of_unpaid_orders(orders, log)
    warn_of_orders_under_other_ids(orders, log)
    bought = _purchases(orders)
    _warn_of_early_notices(customers, bought, log)
    _warn_of_unusual_amounts(orders, bought, log)
    _warn_of_unused_segments(customers, segments, log)


def _warn_of_returned_credit_notes(orders: CheckedTable, log: ProblemLog) -> None:
    """A returned order brings no revenue: what a credit note is to take away, it takes away as a completed one."""
    for row in np.flatnonzero(has_status(orders.frame, "returned") & (orders.frame["amount"].to_numpy() < 0)).tolist():
        message = say("doubts.returned_credit_note")
        log.warning(orders.location(row, "amount"), "credit note not deducted", message)


def _tell_amounts_of_nothing(orders: CheckedTable, log: ProblemLog) -> None:
    """Refuse orders that all amount to nothing, as formulas that no program has worked out do; warn of most of them."""
    amounts = orders.frame["amount"].to_numpy()
    count = int(np.count_nonzero(amounts == 0))
    if len(amounts) < _FEWEST_OF_NOTHING or 2 * count <= len(amounts):
        return
    first = orders.location(int(orders.frame.index[int(np.argmax(amounts == 0))]), "amount")
    if count == len(amounts):
        log.error(first, "amounts of nothing", say("doubts.all_nothing", count=count))
        return
    page = say("doubts.mostly_nothing_page", count=count, of=len(amounts))
    log.warning(first, "amounts of nothing", say("doubts.mostly_nothing", count=count, of=len(amounts)), page)


def _warn_of_returned_pieces(lines: CheckedTable | None, log: ProblemLog) -> None:
    """Warn of lines that take back pieces and count an amount above zero all the same."""
    if lines is None or not {"quantity", "amount"} <= lines.source.cells.keys() or not len(lines.frame):
        return
    quantities, amounts = lines.frame["quantity"].to_numpy(), lines.frame["amount"].to_numpy()
    wrong = (quantities < 0) & (amounts > 0)
    if wrong.any() and (quantities > 0).any():
        count, adds = int(wrong.sum()), in_cents(2 * int(amounts[wrong].sum()))
        place = lines.location(int(lines.frame.index[int(np.argmax(wrong))]), "amount")
        page = say("doubts.returned_pieces_page", n=count, adds=adds)
        log.warning(place, "pieces taken back", say("doubts.returned_pieces", n=count, adds=adds), page)


def _warn_of_early_notices(customers: CheckedTable, bought: pd.DataFrame, log: ProblemLog) -> None:
    notices = customers.frame["notice_on"]
    if notices.isna().all():
        return
    noticed = bought.loc[notices.notna().to_numpy()[bought["customer"]]]
    firsts = noticed.groupby("customer")["ordered_on"].min().reindex(range(len(notices)))
    for row in notices.index[notices.to_numpy() < firsts.to_numpy()]:
        message = say("doubts.early_notice")
        log.warning(customers.location(int(row), "notice_on"), "notice before first purchase", message)


def _warn_of_unusual_amounts(orders: CheckedTable, bought: pd.DataFrame, log: ProblemLog) -> None:
    if not len(bought):
        return
    amounts, buyers = bought["amount"].to_numpy(), bought["customer"].to_numpy()
    large = bought.loc[amounts >= np.quantile(amounts, _UPPER_SHARE)]
    is_candidate = np.zeros(buyers.max() + 1, dtype=np.bool_)
    is_candidate[large["customer"]] = True
    usual = bought.loc[is_candidate[buyers]].groupby("customer")["amount"].median()
    median = large["customer"].map(usual)
    often = np.bincount(buyers)[large["customer"]] >= _FEWEST_ORDERS
    for row in large.index[often & (large["amount"] > _TIMES_MEDIAN * median)]:
        amount, usual = in_cents(int(large.loc[row, "amount"])), in_cents(int(median[row]))
        message = say("doubts.unusual_amount", amount=amount, times=_TIMES_MEDIAN, usual=usual)
        log.warning(orders.location(int(row), "amount"), "unusual amount", message)


def _purchases(orders: CheckedTable) -> pd.DataFrame:
    frame = orders.frame[["customer", "ordered_on", "amount"]]
    bought = (frame["customer"].to_numpy() >= 0) & (frame["amount"].to_numpy() > 0)
    bought &= ~has_status(orders.frame, "cancelled")
    return frame if bought.all() else frame.loc[bought]


def _warn_of_unused_segments(customers: CheckedTable, segments: Mapping[str, int], log: ProblemLog) -> None:
    present = set(customers.frame["segment"].unique()) - {""} if segments else set()
    for segment in sorted(set(segments) - present):
        message = say("doubts.unused_segment", segment=shown(segment), hint=suggestion(segment, present))
        log.warning(customers.source.column_location("segment"), "unused segment", message)
