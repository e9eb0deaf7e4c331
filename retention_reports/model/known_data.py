"""The client's data as it was known on a quarter's last day, and nothing later: what all that is derived rests on."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np
import pandas as pd

from retention_reports.errors import QuarterError
from retention_reports.messages import say
from retention_reports.model.by_day import frozen
from retention_reports.model.figures import Unknown
from retention_reports.model.known_tables import KnownTables
from retention_reports.model.ledger import DailyTotals, day_numbers
from retention_reports.model.order_status import has_status
from retention_reports.model.quarters import Quarter, months_before
from retention_reports.model.value_classes import value_classes
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import numpy.typing as npt

    from retention_reports.model.client import Client
    from retention_reports.model.folder import ClientFolder
    from retention_reports.model.ledger import Flags, Integers, Ledger


_CLASSES_KEPT = 16


@record
class KnownData:
    """One client as of one cut-off.

    `tables` are as in `ClientFolder`, without rows that entered later and without later days; absent files are absent.
    """

    folder: ClientFolder
    quarter: Quarter
    tables: Mapping[str, pd.DataFrame]

    @classmethod
    def at(cls, folder: ClientFolder, quarter: Quarter) -> Self:
        """Cut the folder at the quarter's last day.

        Raises:
            QuarterError: nobody has bought anything up to the cut-off.
        """
        known_data = cls(folder, quarter, KnownTables(folder, quarter))
        if not known_data.known_customers.any():
            day = quarter.last_day.isoformat()
            raise QuarterError(say("quarters.no_purchase", client=folder.client.key, day=day, quarter=str(quarter)))
        return known_data

    @property
    def client(self) -> Client:
        """Who the client is, and the rules."""
        return self.folder.client

    @cached_property
    def cut_off(self) -> date:
        """The last day of the quarter; nothing later is known."""
        return self.quarter.last_day

    @cached_property
    def year_ago(self) -> date:
        """The cut-off four quarters before; the last twelve months are the days after it."""
        return self.quarter.year_before.last_day

    @property
    def customers(self) -> pd.DataFrame:
        """One row a customer; the row number is the `customer` of all other tables."""
        return self.tables["customers"]

    @property
    def orders(self) -> pd.DataFrame:
        """All orders up to the cut-off, cancelled and returned ones included."""
        return self.tables["orders"]

    def table(self, name: str) -> pd.DataFrame | None:
        """Return an optional table, or None where the client has no such file, or it tells nothing up to the cut-off.

        `lacks` tells which.
        """
        table = self.tables.get(name)
        return None if table is None or table.empty else table

    def has_column(self, table: str, column: str) -> bool:
        """Tell whether the client's file carries the column, and any row known by the cut-off fills it."""
        given = column in self.folder.given_columns.get(table, frozenset())
        return (
            given
            and f"{table}.{column}" not in self.folder.withheld
            and self.folder.filled.says_anything(table, column, self.quarter)
        )

    def lacks(self, needed: str) -> tuple[Unknown, str] | None:
        """Return why something cannot be told, as reason and detail; None where it can.

        `needed` is a file (`feedback`), a column (`feedback.score`), or several of these parted by ` | `, of which one
        is enough. A file without a row up to the cut-off tells nothing, nor does a column that no row fills.
        """
        reasons = [self._lacks_one(one) for one in needed.split(" | ")]
        found = [reason for reason in reasons if reason is not None]
        if len(found) < len(reasons):
            return None
        first = found[0][0]
        return first, ", ".join(dict.fromkeys(detail for reason, detail in found if reason is first))

    def _lacks_one(self, needed: str) -> tuple[Unknown, str] | None:
        name, _, column = needed.partition(".")
        if name not in self.tables:
            return Unknown.NO_FILE, name
        if self.tables[name].empty:
            return Unknown.NO_ROWS, name
        if needed in self.folder.withheld:
            return Unknown.WITHHELD, needed
        if column and not self.has_column(name, column):
            return Unknown.NO_COLUMN, needed
        return None

    @cached_property
    def ledger(self) -> Ledger:
        """Purchases, revenue and notices by customer and day."""
        return self.folder.ledger.until(self.cut_off)

    @cached_property
    def purchases(self) -> pd.DataFrame:
        """Orders that count as purchases: not cancelled, amount above zero; customer known or not."""
        orders = self.orders
        return orders.loc[~has_status(orders, "cancelled") & (orders["amount"] > 0)]

    @cached_property
    def revenue_rows(self) -> pd.DataFrame:
        """Orders that count as revenue: completed, credit notes included; customer known or not."""
        return self.orders.loc[self._is_revenue]

    @cached_property
    def data_from(self) -> date:
        """The first day that the data covers."""
        if self.client.data_from is not None:
            return self.client.data_from
        return self.folder.first_order

    def covers(self, first_day: date) -> bool:
        """Tell whether a window that begins on this day lies within the data, so that its figure can be known."""
        return self.client.history_complete or first_day >= self.data_from

    def covers_in(self, file: str, column: str, first_day: date) -> bool:
        """Tell whether a window lies within the data of a file, which may begin earlier than the orders do.

        It is within where a row of the file has a day as early in the column.
        """
        rows = self.table(file)
        if self.covers(first_day) or rows is None:
            return self.covers(first_day)
        return bool((rows[column] <= pd.Timestamp(first_day)).any())

    def covers_activity_on(self, day: date) -> bool:
        """Tell whether the data reaches back far enough to know who was active on the day."""
        return self.covers(self.activity_window_start(day))

    def activity_window_start(self, day: date) -> date:
        """Return the first day of the window in which a purchase makes a customer active on the day."""
        months = int(self.ledger.lapse_months[self.known_customers].max())
        return months_before(day, months) + timedelta(days=1)

    def in_quarter(self, days: pd.Series, quarter: Quarter) -> pd.Series:
        """Tell which days lie in the quarter."""
        first, last = pd.Timestamp(quarter.first_day), pd.Timestamp(quarter.last_day)
        return (days >= first) & (days <= last)

    def revenue_between(self, after: date, until: date) -> Integers:
        """Return each customer's revenue on the days after `after` up to `until`, in ten-thousandths."""
        return self.ledger.revenue.between(after, until)

    def total_revenue_between(self, after: date, until: date) -> int:
        """Return all revenue of those days, whether a customer is known or not, in ten-thousandths."""
        return self._daily_revenue.between(after, until)

    @cached_property
    def completed_purchases(self) -> DailyTotals:
        """Completed purchases by day, customer known or not: how many, and their amounts in ten-thousandths."""
        amounts = self.orders["amount"].to_numpy(dtype=np.int64)
        counted = self._is_revenue & (amounts > 0)
        return DailyTotals(day_numbers(self.orders["ordered_on"])[counted], amounts[counted])

    @cached_property
    def _daily_revenue(self) -> DailyTotals:
        amounts = self.orders["amount"].to_numpy(dtype=np.int64)
        return DailyTotals(day_numbers(self.orders["ordered_on"])[self._is_revenue], amounts[self._is_revenue])

    @cached_property
    def _is_revenue(self) -> Flags:
        return has_status(self.orders, "completed")

    def value_classes(self, day: date) -> npt.NDArray[np.str_]:
        """Return each customer's value class (A, B, C or "") by revenue of the twelve months up to a cut-off."""
        if day > self.cut_off:
            return self._value_classes(day)
        return self.folder.memory.get("classes", day, lambda: self._value_classes(day), most=_CLASSES_KEPT)

    def _value_classes(self, day: date) -> npt.NDArray[np.str_]:
        year_before = Quarter.of(day, self.quarter.start_month).year_before.last_day
        revenue = self.revenue_between(year_before, day)
        return frozen(value_classes(revenue, self.customers["customer_id"].to_numpy(dtype=object)))

    @cached_property
    def known_customers(self) -> Flags:
        """Tell which customers have bought on or before the cut-off."""
        return self.ledger.bought_by(self.cut_off)
