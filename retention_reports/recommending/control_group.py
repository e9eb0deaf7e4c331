"""Who is left alone for comparison, so that it can be told whether a measure works: drawn at random, by a seed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.model.measure_rows import SUCCESS_DAYS
from retention_reports.recommending.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

MEASURED_AS: Mapping[Kind, str] = {
    Kind.SAVE_CUSTOMER: "retention",
    Kind.WIN_BACK: "win_back",
    Kind.CROSS_SELL: "cross_selling",
    Kind.WISH_CUSTOMER: "acquisition",
    Kind.CONTACT: "retention",
    Kind.OVERDUE_ORDER: "retention",
    Kind.SECOND_PURCHASE: "retention",
    Kind.FOLLOW_UP_OFFER: "cross_selling",
}
"""Lists from which a control group may be drawn, and the kind of measure each is; the first of a kind is its own.

A complaint, a notice or a wrong address is seen to for everybody: nobody is left alone for a test there.
"""


def seed_of(measure_id: str) -> int:
    """Return the seed of a measure where none is given: always the same one."""
    return int.from_bytes(hashlib.sha256(measure_id.encode()).digest()[:4], "big")


def control_group(customers: Collection[str], share: float, seed: int) -> frozenset[str]:
    """Draw the control group: `share` of the customers, rounded, but never nobody and never everybody.

    The same seed draws the same group in whatever order the customers stand. There must be two or more.
    """
    size = min(max(round(share * len(customers)), 1), len(customers) - 1)
    ranked = sorted(customers, key=lambda name: hashlib.sha256(f"{seed}\0{name}".encode()).digest())
    return frozenset(ranked[:size])


def in_tests(measures: pd.DataFrame | None, customers: Sequence[str], on: date) -> dict[str, str]:
    """Return which of the customers are in another measure on that day, with its id: begun, planned, or still running.

    A measure runs for 180 days from its start, longer where its state is running. Dropped ones and ideas never began.
    """
    if measures is None:
        return {}
    rows = measures.loc[measures["customer_id"].isin(list(customers)) & ~measures["state"].isin(("idea", "dropped"))]
    recent = rows["started_on"] > pd.Timestamp(np.datetime64(on, "D") - SUCCESS_DAYS)
    rows = rows.loc[recent | (rows["state"] == "running")].sort_values(["customer_id", "measure_id"])
    return dict(zip(rows["customer_id"].tolist(), rows["measure_id"].tolist(), strict=True))
