"""By which day a row of a table is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from retention_reports.model.ledger import Flags
    from retention_reports.model.quarters import Quarter

ENTRY_DAY = {
    "orders": "ordered_on",
    "touchpoints": "date",
    "visits": "visited_on",
    "offers": "offered_on",
    "enquiries": "received_on",
    "losses": "noticed_on",
    "measures": "started_on",
    "feedback": "date",
    "price_changes": "date",
    "follow_up": "date",
}
"""The day by which a row enters a report."""


def entry_columns(name: str, table: pd.DataFrame) -> list[str]:
    """Return the column that tells by when a row is known; none where rows always were."""
    if name in ENTRY_DAY:
        return [ENTRY_DAY[name]]
    return ["quarter"] if "quarter" in table.columns else []


def known_by(name: str, table: pd.DataFrame, quarter: Quarter) -> Flags:
    """Tell which rows of a table had entered by the quarter's last day; rows without any day always had."""
    if name in ENTRY_DAY:
        return (table[ENTRY_DAY[name]] <= pd.Timestamp(quarter.last_day)).to_numpy(dtype=np.bool_)
    if "quarter" in table.columns:
        return (table["quarter"] <= quarter.ordinal).to_numpy(dtype=np.bool_)
    return np.ones(len(table), dtype=np.bool_)
