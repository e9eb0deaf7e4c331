"""The client's tables as they were known on a quarter's last day, each cut when somebody first asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.model.entry_days import known_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_reports.model.folder import ClientFolder
    from retention_reports.model.ledger import Flags
    from retention_reports.model.quarters import Quarter

LATER_DAYS = {
    "customers": ("notice_on",),
    "orders": ("delivered_on",),
    "offers": ("decided_on", "followed_up_on"),
    "losses": ("passed_on",),
    "feedback": ("resolved_on",),
}
"""Days of events that may follow the row's own day; beyond the cut-off they are not known yet.

Days that are plans (`promised_on`, `decision_due_on`, `due_on`) are known when the row is.
"""


class KnownTables(Mapping[str, pd.DataFrame]):
    """The tables of a folder without rows that entered later and without later days, by name."""

    def __init__(self, folder: ClientFolder, quarter: Quarter) -> None:
        """Cut nothing yet."""
        self._folder = folder
        self._quarter = quarter
        self._cut: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a table as it was known.

        Raises:
            KeyError: the client has no such file.
        """
        if name not in self._cut:
            self._cut[name] = _as_known(name, self._folder.with_follow_up[name], self._known(name), self._quarter)
        return self._cut[name]

    def __iter__(self) -> Iterator[str]:
        """Return the names of the tables."""
        return iter(self._folder.with_follow_up)

    def __len__(self) -> int:
        """Return how many tables there are."""
        return len(self._folder.with_follow_up)

    def _known(self, name: str) -> Flags:
        """Tell which rows were known. A line is known when its order is; one of no order never is."""
        if name != "order_lines":
            return known_by(name, self._folder.with_follow_up[name], self._quarter)
        orders, places = self._known("orders"), self._folder.orders_of_lines
        known: Flags = (places >= 0) & orders[places] if len(orders) else np.zeros(len(places), dtype=np.bool_)
        return known


def _as_known(name: str, table: pd.DataFrame, known: Flags, quarter: Quarter) -> pd.DataFrame:
    cut_off = pd.Timestamp(quarter.last_day)
    table = table.copy(deep=False) if known.all() else table.loc[known].reset_index(drop=True)
    if name == "offers":
        table["state"] = table["state"].mask(table["decided_on"] > cut_off, "open")
    for column in table.columns.intersection(list(LATER_DAYS.get(name, ()))):
        table[column] = table[column].where(table[column] <= cut_off)
    return table
