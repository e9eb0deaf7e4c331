"""Why customers were lost, and who can do something about it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.analyses.lost_customers.lost_customer import LossNote, LostCustomer
from retention_reports.analyses.lost_customers.lost_customer_results import LossShare, ReasonGroup
from retention_reports.analyses.lost_customers.three_questions import last_value_classes
from retention_reports.model.figures import Rate
from retention_reports.model.ledger import day_number, days_of
from retention_reports.model.loss_reasons import CATALOGUE, UNKNOWN
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retention_reports.analyses.lost_customers.three_questions import Losses
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.loss_reasons import LossReason, LossRecords

AVOIDABILITY = {True: "avoidable", False: "unavoidable", None: "unknown"}


@record
class Reasons:
    """The reasons of the lost customers; as the same fields of `LostCustomers`."""

    reasons: tuple[ReasonGroup, ...]
    known: Rate | None
    known_before: Rate | None
    by_avoidability: tuple[LossShare, ...]
    departments: tuple[LossShare, ...]
    competitors: tuple[LossShare, ...]


def reasons(customers: tuple[LostCustomer, ...], earlier: tuple[LossReason, ...] | None, losses: Losses) -> Reasons:
    """Group lost customers by reason; `earlier` are the reasons of those lost in the year before, None if unknown."""
    before = None if earlier is None else Counter(reason.key for reason in earlier)
    known = None if earlier is None else Rate(sum(one is not UNKNOWN for one in earlier), len(earlier))

    def shares(name: Callable[[LostCustomer], str]) -> tuple[LossShare, ...]:
        return _shares(customers, name, priced=losses.priced)

    return Reasons(
        reasons=_groups(customers, before, priced=losses.priced),
        known=Rate(sum(one.note.reason is not UNKNOWN for one in customers), len(customers)) if losses.known else None,
        known_before=known,
        by_avoidability=shares(lambda one: AVOIDABILITY[one.note.reason.avoidable]),
        departments=shares(lambda one: one.note.department),
        competitors=shares(lambda one: one.note.competitor),
    )


def reasons_then(records: LossRecords, dataset: Dataset, losses: Losses) -> tuple[LossReason, ...] | None:
    """Return the reasons of the customers lost in the year up to a cut-off as known on that day; None if unknown."""
    if not losses.known:
        return None
    rows = np.flatnonzero(losses.lost)
    places = _places(records, dataset, losses, rows)
    return tuple(UNKNOWN if place < 0 else records.reasons[place] for place in places)


def lost_customers_of(dataset: Dataset, losses: Losses, records: LossRecords | None) -> tuple[LostCustomer, ...]:
    """List the lost customers with their reasons, largest yearly revenue first; empty where the data is too young."""
    rows = np.flatnonzero(losses.lost) if losses.known else np.empty(0, dtype=np.int64)
    places = np.full(len(rows), -1) if records is None else _places(records, dataset, losses, rows)
    classes, last = last_value_classes(dataset, losses), dataset.ledger.last_purchase(losses.day)
    lines = [dataset.customer_lines.line(row) for row in rows.tolist()]
    listed = [
        LostCustomer(
            customer_id=line.customer_id,
            name=line.name,
            segment=line.segment,
            value_class=str(classes[row]),
            sales_rep=line.sales_rep,
            last_purchase=bought_on,
            by_notice=bool(losses.by_notice[row]),
            revenue_year=int(losses.value.revenue[row]),
            permission=line.permission,
            contact=line.contact,
            note=_note(records, place),
        )
        for row, line, place, bought_on in zip(rows.tolist(), lines, places.tolist(), days_of(last[rows]), strict=True)
    ]
    return tuple(sorted(listed, key=lambda one: (-one.revenue_year, one.customer_id)))


def _places(records: LossRecords, dataset: Dataset, losses: Losses, rows: np.ndarray) -> np.ndarray:
    since = dataset.ledger.last_purchase(losses.day)[rows]
    return records.latest(rows, since, np.full(len(rows), day_number(losses.day)))


def _note(records: LossRecords | None, place: int) -> LossNote:
    if records is None or place < 0:
        return LossNote()
    row, reason = records.rows.iloc[place], records.reasons[place]
    return LossNote(
        reason=reason,
        word=row["reason"],
        competitor=row["competitor"],
        recoverable=row["recoverable"],
        department=row["department"] or reason.department,
        remark=row["note"],
        noticed_on=row["noticed_on"].date(),
        passed_on=None if pd.isna(row["passed_on"]) else row["passed_on"].date(),
    )


def _groups(customers: Sequence[LostCustomer], before: Counter[str] | None, *, priced: bool) -> tuple[ReasonGroup, ...]:
    counts = Counter(one.note.reason.key for one in customers)
    revenue: Counter[str] = Counter()
    for one in customers:
        revenue[one.note.reason.key] += one.revenue_year
    groups = [
        ReasonGroup(
            reason=reason,
            customers=counts[reason.key],
            revenue_year=revenue[reason.key] if priced else None,
            customers_before=None if before is None else before[reason.key],
        )
        for reason in CATALOGUE
        if counts[reason.key] or (before is not None and before[reason.key])
    ]
    return tuple(sorted(groups, key=lambda group: (-(group.revenue_year or 0), -group.customers, group.reason.key)))


def _shares(
    customers: Sequence[LostCustomer], name_of: Callable[[LostCustomer], str], *, priced: bool
) -> tuple[LossShare, ...]:
    """Group by a name, largest yearly revenue first, leaving out customers for whom there is none."""
    counts: Counter[str] = Counter()
    revenue: Counter[str] = Counter()
    for customer in customers:
        name = name_of(customer)
        if name:
            counts[name] += 1
            revenue[name] += customer.revenue_year
    shares = [LossShare(name, count, revenue[name] if priced else None) for name, count in counts.items()]
    return tuple(sorted(shares, key=lambda one: (-(one.revenue_year or 0), -one.customers, one.name)))
