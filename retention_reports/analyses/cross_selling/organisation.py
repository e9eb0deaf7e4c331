"""Cross-selling as an organisation: contacts that customers begin, who talks to them, and which products suit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.analyses.cross_selling.cross_selling_results import (
    DepartmentContacts,
    Organisation,
    SuitableProduct,
)
from retention_reports.model.acquisition import known_newcomers
from retention_reports.model.events import Events
from retention_reports.model.figures import Rate
from retention_reports.model.ledger import NEVER, day_numbers
from retention_reports.model.schema import SUITABILITIES

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags
    from retention_reports.model.product_lines import ProductLines

OFFERED_WITHIN_DAYS = 14
"""An offer so many days after a contact (or on its day) counts as what followed it."""


def organisation(dataset: Dataset) -> Organisation:
    """Look at the contacts of the last twelve months, and at all purchases of products with a declared suitability."""
    lines = dataset.product_lines
    followed, departments = _contacts(dataset)
    return Organisation(followed, departments, () if lines is None else _suitability(dataset, lines))


def _contacts(dataset: Dataset) -> tuple[Rate | None, tuple[DepartmentContacts, ...]]:
    table = dataset.table("touchpoints")
    if table is None:
        return None, ()
    recent = (table["date"] > pd.Timestamp(dataset.year_ago)) & (table["state"] == "done") & (table["customer"] >= 0)
    rows = table.loc[recent]
    begun: Flags = (rows["initiated_by"] == "customer").to_numpy(dtype=np.bool_)
    offered = _offered(dataset, rows)
    recorded = dataset.has_column("touchpoints", "initiated_by")
    names = rows["department"].to_numpy(dtype=object)
    named = sorted(set(names.tolist())) if dataset.has_column("touchpoints", "department") else []
    found = []
    for name in named:
        own: Flags = names == name
        followed = Rate(int((own & begun & offered).sum()), int((own & begun).sum())) if offered is not None else None
        found.append(
            DepartmentContacts(
                department=name,
                contacts=int(own.sum()),
                begun=int((own & begun).sum()) if recorded else None,
                followed=followed if recorded else None,
            )
        )
    found.sort(key=lambda one: (-one.contacts, one.department))
    whole = Rate(int((begun & offered).sum()), int(begun.sum())) if recorded and offered is not None else None
    return whole, tuple(found)


def _offered(dataset: Dataset, contacts: pd.DataFrame) -> Flags | None:
    """Tell which contacts an offer to the customer followed; None without offers."""
    offers = dataset.table("offers")
    if offers is None:
        return None
    known = offers.loc[offers["customer"] >= 0]
    made = Events(known["customer"].to_numpy(dtype=np.int64), day_numbers(known["offered_on"]))
    days = day_numbers(contacts["date"])
    following = made.following(contacts["customer"].to_numpy(dtype=np.int64), days - 1, missing=NEVER)
    soon: Flags = (following != NEVER) & (following <= days + OFFERED_WITHIN_DAYS)
    return soon


def _suitability(dataset: Dataset, lines: ProductLines) -> tuple[SuitableProduct, ...]:
    newcomers = known_newcomers(dataset)
    counted = lines.bought & (lines.customer >= 0) & newcomers[np.maximum(lines.customer, 0)]
    found = []
    for place, product in enumerate(lines.products):
        if not product.suitability:
            continue
        own = counted & (lines.product == place)
        first_day = np.full(dataset.ledger.customer_count, np.iinfo(np.int64).max, dtype=np.int64)
        np.minimum.at(first_day, lines.customer[own], lines.day[own])
        buyers = np.unique(lines.customer[own])
        later = first_day[buyers] > dataset.ledger.first_purchase[buyers]
        rate = Rate(int(later.sum()), len(buyers))
        found.append(SuitableProduct(product.identifier, product.name, product.suitability, rate))
    order = {word: rank for rank, word in enumerate(SUITABILITIES)}
    return tuple(sorted(found, key=lambda one: (order[one.suitability], one.product_id)))
