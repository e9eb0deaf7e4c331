"""Fiscal quarters and calendar months. There is no clock here: every day comes from the caller."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import pandas as pd

MONTHS_PER_QUARTER = 3
QUARTERS_PER_YEAR = 4
MONTHS_PER_YEAR = 12
_LABEL = re.compile(r"(\d{4})-Q([1-4])")


def months_before(day: date, months: int) -> date:
    """Subtract calendar months, clipped at the month's end: 30 June - 3 = 30 March; 29 February 2024 - 12 = 28."""
    index = day.year * MONTHS_PER_YEAR + day.month - 1 - months
    year, month = divmod(index, MONTHS_PER_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, order=True)
class Quarter:
    """A fiscal quarter. `year` is the calendar year in which the fiscal year starts."""

    year: int
    number: int
    start_month: int = 1

    @classmethod
    def parse(cls, label: str, start_month: int = 1) -> Self:
        """Read `2026-Q3`.

        Raises:
            ValueError: the label has another form.
        """
        match = _LABEL.fullmatch(label)
        if match is None:
            message = f'"{label}" is not a quarter (write it as 2026-Q3)'
            raise ValueError(message)
        return cls(int(match[1]), int(match[2]), start_month)

    @classmethod
    def of(cls, day: date, start_month: int = 1) -> Self:
        """Return the fiscal quarter in which the day lies."""
        months = day.year * MONTHS_PER_YEAR + day.month - start_month
        year, month = divmod(months, MONTHS_PER_YEAR)
        return cls(year, month // MONTHS_PER_QUARTER + 1, start_month)

    @property
    def first_day(self) -> date:
        """The first day of the quarter."""
        months = self.year * MONTHS_PER_YEAR + self.start_month - 1 + (self.number - 1) * MONTHS_PER_QUARTER
        year, month = divmod(months, MONTHS_PER_YEAR)
        return date(year, month + 1, 1)

    @property
    def last_day(self) -> date:
        """The cut-off: the last day of the quarter."""
        return self.plus(1).first_day - timedelta(days=1)

    @property
    def ordinal(self) -> int:
        """A whole number that grows by one from quarter to quarter."""
        return self.year * QUARTERS_PER_YEAR + self.number - 1

    def plus(self, quarters: int) -> Quarter:
        """Return the quarter so many quarters later (earlier where negative)."""
        year, index = divmod(self.ordinal + quarters, QUARTERS_PER_YEAR)
        return Quarter(year, index + 1, self.start_month)

    @property
    def previous(self) -> Quarter:
        """The quarter before."""
        return self.plus(-1)

    @property
    def year_before(self) -> Quarter:
        """The same quarter of the fiscal year before."""
        return self.plus(-QUARTERS_PER_YEAR)

    def __str__(self) -> str:
        """Return the label, `2026-Q3`."""
        return f"{self.year:04d}-Q{self.number}"


def quarter_ordinals(days: pd.Series, start_month: int) -> pd.Series:
    """Return `Quarter.ordinal` for each day of a datetime column without gaps."""
    months = days.dt.year * MONTHS_PER_YEAR + days.dt.month - start_month
    ordinals: pd.Series = months // MONTHS_PER_QUARTER
    return ordinals


def quarter_from_ordinal(ordinal: int, start_month: int) -> Quarter:
    """Return the quarter with this ordinal."""
    year, index = divmod(ordinal, QUARTERS_PER_YEAR)
    return Quarter(year, index + 1, start_month)
