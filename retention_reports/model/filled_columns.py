"""Which columns say anything: one that no row fills tells as little as one that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.entry_days import entry_columns, known_by
from retention_reports.model.schema import TABLE_BY_NAME, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from retention_reports.model.quarters import Quarter

_SAYS_NOTHING = ("", "unknown")
_TOLD_BY_GAPS = frozenset({("feedback", "resolved_on"), ("offers", "followed_up_on")})
"""Days of what the client has to do: a file that has the column but no day says that it was not done yet."""


class FilledColumns:
    """The columns of a folder's tables that are filled in at least one row known by a quarter's last day.

    A day later than that counts as filled: the client keeps the column. So does a word that stands for an empty cell
    (an order without status is completed): whether the files say it at all is known by `given_columns`.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        """Look at nothing yet."""
        self._tables = tables
        self._found: dict[tuple[str, str], pd.DataFrame] = {}

    def says_anything(self, name: str, column: str, quarter: Quarter) -> bool:
        """Tell whether a column of a table was filled by the quarter's last day."""
        place = (name, column)
        if place in _TOLD_BY_GAPS:
            return True
        if place not in self._found:
            self._found[place] = self._earliest(name, column)
        return bool(known_by(name, self._found[place], quarter).any())

    def _earliest(self, name: str, column: str) -> pd.DataFrame:
        """Return the one row that fills the column and is known first; none where no row does."""
        table = self._tables[name]
        if TABLE_BY_NAME[name].column(column).kind in (Kind.IDENTIFIER, Kind.TEXT, Kind.CHOICE):
            words = table[column].to_numpy(dtype=object)
            filled = np.logical_and.reduce([words != word for word in _SAYS_NOTHING])
        else:
            filled = table[column].notna().to_numpy(dtype=np.bool_)
        rows: pd.DataFrame = table.loc[filled.astype(np.bool_), entry_columns(name, table)]
        return rows.sort_values(list(rows.columns)).head(1) if len(rows.columns) else rows.head(1)
