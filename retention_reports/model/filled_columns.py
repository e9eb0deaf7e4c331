"""Which columns say anything: one that no row fills tells as little as one that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.entry_days import known_by
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

    def __init__(self, tables: Mapping[str, pd.DataFrame], quarter: Quarter) -> None:
        """Look at nothing yet."""
        self._tables = tables
        self._quarter = quarter
        self._found: dict[tuple[str, str], bool] = {}

    def says_anything(self, name: str, column: str) -> bool:
        """Tell whether a column of a table is filled."""
        place = (name, column)
        if place in _TOLD_BY_GAPS:
            return True
        if place not in self._found:
            table = self._tables[name]
            values = table[column].array[known_by(name, table, self._quarter)]
            kind = TABLE_BY_NAME[name].column(column).kind
            if kind in (Kind.IDENTIFIER, Kind.TEXT, Kind.CHOICE):
                self._found[place] = any(word not in _SAYS_NOTHING for word in values.unique())
            else:
                self._found[place] = not values.isna().all()
        return self._found[place]
