"""A preparation sheet for each customer: what speaks for the increase, what must be settled first, give and take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.analyses.prices.price_results import PriceSheet, Stance
from retention_reports.model.agreements import agreements
from retention_reports.model.ledger import NEVER, day_of
from retention_reports.model.product_lines import NO_CATEGORY
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.model.bootstrap import Numbers
    from retention_reports.model.customer_lines import CustomerLines
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers
    from retention_reports.model.product_lines import ProductLines

SATISFIED_FROM = 9
DISSATISFIED_TO = 6
DELIVERIES_FROM = 5
RELIABLE_FROM = 0.9
UNRELIABLE_BELOW = 0.8
GROWING_FROM = 1.1
FALLING_BELOW = 0.8

_WAYS = {"A": "in_person", "B": "by_phone"}


def price_sheets(dataset: Dataset, lines: ProductLines | None) -> tuple[PriceSheet, ...]:
    """Return the sheets of active customers, largest revenue of the last twelve months first."""
    facts = _gather(dataset, lines)
    made = dataset.customer_lines
    active = np.flatnonzero(dataset.ledger.active(dataset.cut_off))
    return tuple(_sheet(facts, row, made) for row, _ in made.by_revenue(active))


@record
class _Facts:
    """What is known of each customer; counts of twelve months. `categories` is 0 where it is not known."""

    rank: list[str]
    score: Numbers
    complaints: Integers
    open_complaints: Integers
    last_contact: Integers
    overdue: Flags
    deliveries: Integers
    on_time: Integers
    revenue: Integers
    revenue_before: Integers
    orders: Integers
    usual_order: float
    categories: Integers
    services: Flags
    fixed: list[date | None]


def _gather(dataset: Dataset, lines: ProductLines | None) -> _Facts:
    count = dataset.ledger.customer_count
    made = dataset.contacts
    score, complaints, unresolved = _feedback(dataset)
    deliveries, on_time = _deliveries(dataset)
    revenue = dataset.revenue_between(dataset.year_ago, dataset.cut_off)
    orders = dataset.ledger.purchases.between(dataset.year_ago, dataset.cut_off)
    bought = orders > 0
    categories, services = _assortment(dataset, lines)
    return _Facts(
        rank=dataset.customers["supplier_rank"].tolist(),
        score=score,
        complaints=complaints,
        open_complaints=unresolved,
        last_contact=np.full(count, NEVER, dtype=np.int64) if made is None else made.last,
        overdue=np.zeros(count, dtype=np.bool_) if made is None else made.overdue,
        deliveries=deliveries,
        on_time=on_time,
        revenue=revenue,
        revenue_before=dataset.revenue_between(dataset.quarter.plus(-8).last_day, dataset.year_ago),
        orders=orders,
        usual_order=float(np.median(revenue[bought] / orders[bought])) if bought.any() else 0.0,
        categories=categories,
        services=services,
        fixed=agreements(dataset),
    )


def _feedback(dataset: Dataset) -> tuple[Numbers, Integers, Integers]:
    """Return each customer's latest score (of one day the lowest), complaints of twelve months, and open complaints.

    Where no complaint is ever said to be settled, none counts as open.
    """
    count = dataset.ledger.customer_count
    score = np.full(count, np.nan)
    nothing = np.zeros(count, dtype=np.int64)
    table = dataset.table("feedback")
    if table is None:
        return score, nothing, nothing
    rows = table.loc[table["customer"] >= 0]
    scored = rows.loc[rows["score"].notna()].sort_values(["customer", "date", "score"], ascending=[True, False, True])
    latest = scored.drop_duplicates("customer")
    score[latest["customer"].to_numpy(dtype=np.int64)] = latest["score"].to_numpy(dtype=np.float64)
    made = rows.loc[rows["kind"] == "complaint"]
    recent = made.loc[made["date"] > pd.Timestamp(dataset.year_ago), "customer"]
    settled_known = dataset.has_column("feedback", "resolved_on")
    unresolved = made.loc[made["resolved_on"].isna() & settled_known, "customer"]
    return score, np.bincount(recent, minlength=count), np.bincount(unresolved, minlength=count)


def _deliveries(dataset: Dataset) -> tuple[Integers, Integers]:
    """Count each customer's deliveries of the last twelve months' purchases with a promise, and those in time."""
    rows = dataset.purchases
    rows = rows.loc[(rows["customer"] >= 0) & (rows["ordered_on"] > pd.Timestamp(dataset.year_ago))]
    rows = rows.loc[rows["promised_on"].notna() & rows["delivered_on"].notna()]
    in_time = rows.loc[rows["delivered_on"] <= rows["promised_on"], "customer"]
    count = dataset.ledger.customer_count
    return np.bincount(rows["customer"], minlength=count), np.bincount(in_time, minlength=count)


def _assortment(dataset: Dataset, lines: ProductLines | None) -> tuple[Integers, Flags]:
    """Count each customer's categories of the last twelve months, and tell who bought a service."""
    count = dataset.ledger.customer_count
    services = np.zeros(count, dtype=np.bool_)
    if lines is None:
        return np.zeros(count, dtype=np.int64), services
    recent = lines.within(dataset.year_ago, dataset.cut_off) & lines.bought & (lines.customer >= 0)
    is_service = np.array([product.kind == "service" for product in lines.products], dtype=np.bool_)
    services[lines.customer[recent & is_service[lines.product]]] = True
    named = recent & (lines.category != NO_CATEGORY)
    pairs = np.unique(lines.customer[named] * (len(lines.categories) + 1) + lines.category[named])
    return np.bincount(pairs // (len(lines.categories) + 1), minlength=count), services


def _sheet(facts: _Facts, row: int, made: CustomerLines) -> PriceSheet:
    line = made.line(row)
    cautions = _cautions(facts, row)
    score = float(facts.score[row])
    last = int(facts.last_contact[row])
    return PriceSheet(
        customer=line,
        supplier_rank=facts.rank[row],
        score=None if np.isnan(score) else score,
        last_contact=None if last == NEVER else day_of(last),
        complaints=int(facts.complaints[row]),
        open_complaints=int(facts.open_complaints[row]),
        stance=_stance(cautions),
        arguments=_arguments(facts, row),
        cautions=cautions,
        give=_give(cautions, line.value_class, int(facts.categories[row])),
        take=_take(facts, row, line.value_class),
        way=_WAYS.get(line.value_class, "in_writing"),
        fixed_until=facts.fixed[row],
    )


def _arguments(facts: _Facts, row: int) -> tuple[str, ...]:
    found = {
        "satisfied": facts.score[row] >= SATISFIED_FROM,
        "reliable": _on_time_share(facts, row) >= RELIABLE_FROM,
        "main_supplier": facts.rank[row] == "A",
        "services": facts.services[row],
        "growing": facts.revenue_before[row] > 0 and facts.revenue[row] >= GROWING_FROM * facts.revenue_before[row],
    }
    return tuple(key for key, holds in found.items() if holds)


def _cautions(facts: _Facts, row: int) -> tuple[str, ...]:
    found = {
        "open_complaint": facts.open_complaints[row] > 0,
        "low_score": facts.score[row] <= DISSATISFIED_TO,
        "late_deliveries": _on_time_share(facts, row) < UNRELIABLE_BELOW,
        "replaceable": facts.rank[row] == "C",
        "falling": facts.revenue_before[row] > 0 and facts.revenue[row] < FALLING_BELOW * facts.revenue_before[row],
        "contact_overdue": facts.overdue[row],
    }
    return tuple(key for key, holds in found.items() if holds)


def _on_time_share(facts: _Facts, row: int) -> float:
    """Return the share of deliveries in time; NaN (neither reliable nor late) with fewer than five."""
    deliveries = int(facts.deliveries[row])
    return facts.on_time[row] / deliveries if deliveries >= DELIVERIES_FROM else float("nan")


def _stance(cautions: tuple[str, ...]) -> Stance:
    if {"open_complaint", "low_score"} & set(cautions):
        return Stance.SETTLE_FIRST
    return Stance.EXPLAIN if cautions else Stance.READY


def _give(cautions: tuple[str, ...], value_class: str, categories: int) -> str:
    if {"open_complaint", "low_score"} & set(cautions):
        return "settlement"
    if "late_deliveries" in cautions:
        return "delivery_promise"
    if value_class == "A":
        return "price_guarantee"
    return "starter_terms" if categories == 1 else "early_notice"


def _take(facts: _Facts, row: int, value_class: str) -> str:
    if facts.categories[row] == 1:
        return "second_category"
    if facts.orders[row] and facts.revenue[row] / facts.orders[row] < facts.usual_order:
        return "larger_orders"
    if facts.rank[row] in ("B", "C"):
        return "larger_share"
    return "annual_agreement" if value_class == "A" else "acceptance"
