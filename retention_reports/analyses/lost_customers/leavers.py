"""What leavers tell, whether it reaches the departments, and the five benefits of winning them back.

Benefits of win-back after Stauss and Friege, and Schüller: earnings, loyalty, reputation, competition, knowledge.
"""

from __future__ import annotations

from datetime import date
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.lost_customers.leaver_results import Brought, LeaversTell, PassedOn, WinBackBenefits
from retention_reports.model.figures import Rate
from retention_reports.model.ledger import NEVER, day_number, day_numbers
from retention_reports.model.referrals import referrers_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.lost_customers.lost_customer import LostCustomer
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.lapses import Lapses
    from retention_reports.model.ledger import Integers


def leavers_tell(dataset: Dataset, customers: Sequence[LostCustomer]) -> LeaversTell:
    """Sort the words of lost customers by department, and follow the notes to where something can be done."""
    words = sorted(
        (one for one in customers if one.note.remark), key=lambda one: (not one.note.department, _place(one))
    )
    if not dataset.has_column("losses", "passed_on"):
        return LeaversTell(tuple(words), None, ())
    actable = [one for one in customers if one.note.department]
    names = sorted({one.note.department for one in actable})
    groups = [_passed_on([one for one in actable if one.note.department == name], name) for name in names]
    groups.sort(key=lambda one: (-one.reached.n, one.department))
    return LeaversTell(tuple(words), _passed_on(actable, ""), tuple(groups))


def win_back_benefits(dataset: Dataset, lapses: Lapses, loyalty: Rate, knowledge: Rate | None) -> WinBackBenefits:
    """Work out what came of customers who returned; `loyalty` and `knowledge` are told elsewhere, too."""
    recent = lapses.returned_between(dataset.year_ago, dataset.cut_off)
    return WinBackBenefits(
        earnings=_since_return(dataset, lapses.customer[recent], lapses.returned_on[recent]),
        loyalty=loyalty,
        reputation=_referred_by_returned(dataset, lapses),
        competition=_back_from_competitors(dataset),
        knowledge=knowledge,
    )


def _place(entry: LostCustomer) -> tuple[str, int, str]:
    return (entry.note.department, -entry.revenue_year, entry.customer_id)


def _passed_on(customers: Sequence[LostCustomer], department: str) -> PassedOn:
    days = [one.note.days_to_department for one in customers if one.note.days_to_department is not None]
    return PassedOn(department, Rate(len(days), len(customers)), median(days) if days else None)


def _since_return(dataset: Dataset, customers: Integers, returns: Integers) -> Brought:
    """Add up the revenue from the first return on; a customer who came back twice counts once."""
    first = np.full(dataset.ledger.customer_count, day_number(dataset.cut_off), dtype=np.int64)
    np.minimum.at(first, customers, returns - 1)
    until = np.full(dataset.ledger.customer_count, day_number(dataset.cut_off), dtype=np.int64)
    who = np.unique(customers)
    return Brought(len(who), int(dataset.ledger.revenue.between_each(first, until)[who].sum()))


def _referred_by_returned(dataset: Dataset, lapses: Lapses) -> Brought | None:
    if not dataset.has_column("customers", "referred_by"):
        return None
    ledger, referrers = dataset.ledger, referrers_of(dataset)
    back = np.full(ledger.customer_count, np.iinfo(np.int64).max, dtype=np.int64)
    returned = lapses.returned_on != NEVER
    np.minimum.at(back, lapses.customer[returned], lapses.returned_on[returned])
    brought = (referrers >= 0) & (ledger.first_purchase >= back[np.maximum(referrers, 0)])
    return Brought(int(brought.sum()), int(ledger.revenue.between(date.min, dataset.cut_off)[brought].sum()))


def _back_from_competitors(dataset: Dataset) -> Rate | None:
    losses = dataset.table("losses")
    if losses is None or not dataset.has_column("losses", "competitor"):
        return None
    rows = losses.loc[(losses["competitor"] != "") & (losses["customer"] >= 0)]
    customers, days = rows["customer"].to_numpy(dtype=np.int64), day_numbers(rows["noticed_on"])
    back = dataset.ledger.purchase_events.following(customers, days, missing=NEVER) != NEVER
    return Rate(len(np.unique(customers[back])), len(np.unique(customers)))
