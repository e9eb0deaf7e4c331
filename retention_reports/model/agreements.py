"""Agreements that fix a customer's prices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.model.known_data import KnownData


def agreements(known: KnownData) -> list[date | None]:
    """Return until when each customer's prices are fixed, where that lasts beyond the cut-off; None elsewhere."""
    days = known.customers["price_fixed_until"]
    lasting = (days > pd.Timestamp(known.cut_off)).tolist()
    return [day.date() if lasts else None for day, lasts in zip(days, lasting, strict=True)]
