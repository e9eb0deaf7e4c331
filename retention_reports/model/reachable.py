"""Whom one may write to: a valid e-mail address, and permission to use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.email_addresses import ADDRESS
from retention_reports.model.figures import Missing, Unknown
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags

_COLUMNS = ("email", "email_permission")


@record
class Reach:
    """One entry a customer: a valid address is on record; permission to write is given; both."""

    address: Flags
    permission: Flags

    @property
    def reachable(self) -> Flags:
        """Tell who can and may be written to."""
        both: Flags = self.address & self.permission
        return both


def reach(dataset: Dataset) -> Reach | None:
    """Tell which customers can and may be written to; None where the file lacks a column for it.

    The address is the customer's own; addresses of contact persons do not count, the permission is not theirs.
    A permission that is unknown is not given.
    """
    if missing_columns(dataset, "reachable"):
        return None
    customers = dataset.customers
    address = customers["email"].str.fullmatch(ADDRESS).to_numpy(dtype=np.bool_)
    return Reach(address, (customers["email_permission"] == "yes").to_numpy(dtype=np.bool_))


def missing_columns(dataset: Dataset, key: str) -> tuple[Missing, ...]:
    """Name the columns that keep the reachability figures from being known."""
    absent = [f"customers.{name}" for name in _COLUMNS if not dataset.has_column("customers", name)]
    return (Missing(key, Unknown.NO_COLUMN, ", ".join(absent)),) if absent else ()
