"""Give before you ask: who hears from the client only when it sells or bills."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.model.figures import Figure, Missing, Rate, Unknown
from retention_reports.model.money import share
from retention_reports.model.occasions import is_business
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers


@record
class NothingGiven:
    """An active customer without a giving contact on record.

    `contacts` counts the contacts that sell or bill; revenue is in ten-thousandths.
    """

    customer_id: str
    name: str
    segment: str
    contacts: int
    revenue_year: int


@record
class Giving:
    """The balance of contacts with active customers.

    `customers` had offers and bills at most: no visit and no done touchpoint of another kind is on record for them
    (largest revenue of the last twelve months first). `giving` and `business` contacts and `purchase_days` are of the
    last twelve months; None where the data does not cover them.
    """

    customers: tuple[NothingGiven, ...]
    active: int
    giving: int | None
    business: int | None
    purchase_days: int | None

    @property
    def only_business(self) -> Rate:
        """Active customers who had offers and bills at most."""
        return Rate(len(self.customers), self.active)

    @property
    def giving_per_purchase(self) -> float | None:
        """Giving contacts for each purchase day, with six decimals."""
        if self.giving is None or self.purchase_days is None:
            return None
        return share(self.giving, self.purchase_days)

    def figures(self) -> dict[str, Figure]:
        """Return `reachability.giving`."""
        return {
            **self.only_business.figures("only_business"),
            "giving_contacts": self.giving,
            "business_contacts": self.business,
            "purchase_days": self.purchase_days,
            "giving_per_purchase": self.giving_per_purchase,
        }


def giving(dataset: Dataset) -> Giving | Missing:
    """Split done touchpoints by what they are for; visits give, a touchpoint without an occasion gives, too."""
    touchpoints = dataset.table("touchpoints")
    if touchpoints is None:
        return Missing("giving", Unknown.NO_FILE, "touchpoints")
    if not (touchpoints["occasion"] != "").any():
        return Missing("giving", Unknown.NO_COLUMN, "touchpoints.occasion")
    if not dataset.covers_activity_on(dataset.cut_off):
        return Missing("giving", Unknown.BEFORE_START_OF_DATA)
    contacts = _contacts(dataset, touchpoints)
    active = dataset.ledger.active(dataset.cut_off)
    known = dataset.covers(dataset.year_ago + timedelta(days=1))
    recent = contacts.loc[(contacts["day"] > pd.Timestamp(dataset.year_ago)) & active[contacts["customer"].to_numpy()]]
    return Giving(
        customers=_nothing_given(dataset, contacts, active),
        active=int(active.sum()),
        giving=int((~recent["business"]).sum()) if known else None,
        business=int(recent["business"].sum()) if known else None,
        purchase_days=_purchase_days(dataset, active) if known else None,
    )


def _contacts(dataset: Dataset, touchpoints: pd.DataFrame) -> pd.DataFrame:
    """Return `customer`, `day`, and `business` of all done touchpoints and visits of known customers."""
    rows = touchpoints.loc[(touchpoints["state"] == "done") & (touchpoints["customer"] >= 0)]
    words = {word: is_business(word) for word in rows["occasion"].unique()}
    columns = {"customer": rows["customer"], "day": rows["date"], "business": rows["occasion"].map(words).astype(bool)}
    found = pd.DataFrame(columns)
    visits = dataset.table("visits")
    if visits is None:
        return found
    seen = visits.loc[visits["customer"] >= 0]
    visited = pd.DataFrame({"customer": seen["customer"], "day": seen["visited_on"], "business": False})
    return pd.concat([found, visited], ignore_index=True)


def _nothing_given(dataset: Dataset, contacts: pd.DataFrame, active: Flags) -> tuple[NothingGiven, ...]:
    count = dataset.ledger.customer_count
    given = _count(contacts.loc[~contacts["business"]], count)
    asked = _count(contacts.loc[contacts["business"]], count)
    revenue = dataset.revenue_between(dataset.year_ago, dataset.cut_off)
    identifiers, names, segments = (dataset.customers[key].to_numpy() for key in ("customer_id", "name", "segment"))
    found = [
        NothingGiven(identifiers[row], names[row], segments[row], int(asked[row]), int(revenue[row]))
        for row in np.flatnonzero(active & (given == 0)).tolist()
    ]
    return tuple(sorted(found, key=lambda entry: (-entry.revenue_year, entry.customer_id)))


def _count(contacts: pd.DataFrame, count: int) -> Integers:
    numbers: Integers = np.bincount(contacts["customer"].to_numpy(dtype=np.int64), minlength=count)
    return numbers


def _purchase_days(dataset: Dataset, active: Flags) -> int:
    days = dataset.ledger.purchase_days(dataset.cut_off) - dataset.ledger.purchase_days(dataset.year_ago)
    return int(days[active].sum())
