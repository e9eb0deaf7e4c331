"""Reachability: whom the client can and may write to, and who only hears from it when it sells or bills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.reachability.addresses import addresses
from retention_reports.analyses.reachability.giving import giving
from retention_reports.model.figures import Figure, Missing, missing_figures, rate_figures
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.analyses.reachability.addresses import Addresses
    from retention_reports.analyses.reachability.giving import Giving
    from retention_reports.model.dataset import Dataset


@record
class Reachability:
    """Addresses and permissions of all customers who have bought, and the balance of contacts (None: not known)."""

    addresses: Addresses
    giving: Giving | None
    missing: tuple[Missing, ...]

    def figures(self) -> dict[str, Figure]:
        """Return the section `reachability` of `figures.json`."""
        everyone = self.addresses.everyone
        return {
            **rate_figures("reachable", everyone.reachable if everyone else None),
            "address": everyone.address if everyone else None,
            "permission": everyone.permission if everyone else None,
            "groups": [group.figures() for group in self.addresses.groups],
            "giving": None if self.giving is None else self.giving.figures(),
            "missing": missing_figures(self.missing),
        }


def reachability(dataset: Dataset) -> Reachability:
    """Tell whom one can write to and whom the client gives anything but offers and bills."""
    found, balance = addresses(dataset), giving(dataset)
    known = None if isinstance(balance, Missing) else balance
    unknown = (balance,) if isinstance(balance, Missing) else ()
    return Reachability(found, known, (*found.missing, *unknown))
