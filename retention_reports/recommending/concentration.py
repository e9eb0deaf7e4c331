"""How much hangs on one customer: of the change against a year ago, or of a year's revenue."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from retention_reports.model.figures import TOO_FEW
from retention_reports.model.quarters import MONTHS_PER_YEAR, months_before
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention_reports.analyses.revenue_bridge import RevenueBridge
    from retention_reports.model.dataset import Dataset
    from retention_reports.recommending.results import Entry

_LARGE_CHANGE = 1 / 3
"""From such a share of the change it is one customer's story more than the market's."""
_LARGE_REVENUE = 0.2


@record
class Concentration:
    """One customer's part in a whole, amounts in ten-thousandths, and what the register says of that customer.

    `of` is what the whole is: `growth` or `decline` of revenue against the same quarter a year ago, or `revenue` of
    twelve months. `part` may be more than `whole` of a change: without that customer it had gone the other way.
    """

    customer_id: str
    name: str
    of: str
    part: int
    whole: int
    entries: tuple[Entry, ...]


def concentration(dataset: Dataset, bridge: RevenueBridge, entries: Iterable[Entry]) -> Concentration | None:
    """Return the largest dependence on one customer; None where it is not large, or hardly anybody buys.

    A change of revenue goes before a share in revenue: it is what the quarter's meeting asks about.
    """
    if int(dataset.ledger.active(dataset.cut_off).sum()) < TOO_FEW:
        return None
    found = _of_change(bridge) or _of_revenue(dataset)
    if found is None:
        return None
    customer_id, name, of, part, whole = found
    own = tuple(entry for entry in entries if entry.customer_id == customer_id)
    return Concentration(customer_id, name, of, part, whole, own)


def _of_change(bridge: RevenueBridge) -> tuple[str, str, str, int, int] | None:
    """Return the customer with the largest part in the change's own direction, where it is large."""
    if bridge.start is None or bridge.end is None or not bridge.start > 0 < bridge.end:
        return None
    change = bridge.end - bridge.start
    along = [one for one in bridge.customers if one.difference * change > 0]
    if not along or abs(along[0].difference) < _LARGE_CHANGE * abs(change):
        return None
    of = "growth" if change > 0 else "decline"
    return along[0].customer_id, along[0].name, of, along[0].difference, change


def _of_revenue(dataset: Dataset) -> tuple[str, str, str, int, int] | None:
    """Return the largest customer of the last twelve months, where a fifth of revenue or more hangs on it."""
    after = months_before(dataset.cut_off, MONTHS_PER_YEAR)
    if not dataset.covers(after + timedelta(days=1)):
        return None
    amounts = dataset.revenue_between(after, dataset.cut_off)
    total = dataset.total_revenue_between(after, dataset.cut_off)
    names = dataset.customers["customer_id"].tolist()
    largest = max(range(len(names)), key=lambda row: (int(amounts[row]), names[row]))
    part = int(amounts[largest])
    if total <= 0 or part < _LARGE_REVENUE * total:
        return None
    return names[largest], str(dataset.customers["name"].iloc[largest]), "revenue", part, total
