"""A client's folder after reading and checking: every valid row, whatever its date."""

from __future__ import annotations

from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.model.days_bought import all_purchase_days
from retention_reports.model.far_off_days import usual_span
from retention_reports.model.filled_columns import FilledColumns
from retention_reports.model.follow_up import with_follow_up
from retention_reports.model.ledger import Ledger, day_numbers
from retention_reports.model.margins import margins_of
from retention_reports.model.memory import Memory
from retention_reports.model.order_status import has_status
from retention_reports.model.schema import TABLE_BY_NAME
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import numpy.typing as npt

    from retention_reports.errors import Problem
    from retention_reports.model.amendments import Amendments
    from retention_reports.model.client import Client
    from retention_reports.model.days_bought import PurchaseDays
    from retention_reports.model.margins import MarginTotals
    from retention_reports.model.questionnaire import Questionnaire


@record
class FileRead:
    """A file that the figures rest on: its path inside the client's folder, and the SHA-256 of its bytes."""

    path: str
    sha256: str
    size: int


@record
class LeftOut:
    """Rows of one table that no figure uses, and why (a stable reason code)."""

    reason: str
    rows: int


@record
class RowAccount:
    """Where the rows of one table went. `rows_in == rows_used + sum(left_out)` always holds."""

    table: str
    rows_in: int
    rows_used: int
    left_out: tuple[LeftOut, ...] = ()


@record
class Notes:
    """The consultant's Markdown for one quarter, cut at its level-1 headings (`""`: before the first heading)."""

    path: str
    texts: Mapping[str, str]


@record
class ClientFolder:
    """Everything known about a client.

    `tables` holds the tables whose file is present, by schema name, with *all* standard columns of the schema: kinds
    IDENTIFIER, TEXT, CHOICE are strings ("" where empty; optional CHOICE cells hold their default), MONEY is nullable
    `Int64` of ten-thousandths (`int64` for `orders.amount` and `order_lines.amount`), NUMBER and FRACTION are
    `float64` (NaN where empty), DAY is `datetime64[s]` (NaT where empty), QUARTER is the ordinal as `int64`.
    Every table that names a customer has `customer`, the row number in `tables["customers"]` (-1: not assignable);
    merged customers are replaced by the one they were merged into, excluded ones are gone. Tables keep the order of
    the files and have a fresh `RangeIndex`. `given_columns` tells which standard columns a table's files carry;
    CHOICE columns with a default are only given where any cell is filled.
    `notes` and `amendments` (the consultant's last word on decisions) are by quarter label.
    `outside_git` is what says who the customers are, and no commit is to hold; figures do not rest on it.
    `withheld` names the columns (`contacts.birthday`) that a version for wider circulation does not have.
    `remarks` say what is good to know of the files and no reason to worry, such as which columns nobody reads.
    """

    client: Client
    tables: Mapping[str, pd.DataFrame]
    given_columns: Mapping[str, frozenset[str]]
    questionnaire: Questionnaire
    notes: Mapping[str, Notes] = field(default_factory=dict)
    amendments: Mapping[str, Amendments] = field(default_factory=dict)
    accounts: tuple[RowAccount, ...] = ()
    warnings: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    files: tuple[FileRead, ...] = ()
    outside_git: tuple[FileRead, ...] = ()
    withheld: frozenset[str] = frozenset()

    @cached_property
    def with_follow_up(self) -> Mapping[str, pd.DataFrame]:
        """The tables, and in them what those who followed recommendations up report."""
        columns = {name: TABLE_BY_NAME[name].column_names for name in ("touchpoints", "losses")}
        return with_follow_up(self.tables, columns)

    @cached_property
    def memory(self) -> Memory:
        """What was worked out about past quarters."""
        return Memory()

    @cached_property
    def ledger(self) -> Ledger:
        """Purchases, revenue and notices by customer and day, whatever their date."""
        tables = self.with_follow_up
        customers, losses = tables["customers"], tables.get("losses")
        given = customers.loc[customers["notice_on"].notna(), "notice_on"]
        notices = [(given.index.to_numpy(dtype=np.int64), day_numbers(given))]
        if losses is not None:
            rows = losses.loc[(losses["kind"] == "notice") & (losses["customer"] >= 0)]
            notices.append((rows["customer"].to_numpy(dtype=np.int64), day_numbers(rows["noticed_on"])))
        codes, segments = pd.factorize(customers["segment"])
        months = np.array([self.client.lapse_months_of(name) for name in segments.tolist()], dtype=np.int64)
        return Ledger(tables["orders"], notices, months[codes])

    @cached_property
    def filled(self) -> FilledColumns:
        """Which columns said anything by when."""
        return FilledColumns(self.with_follow_up)

    @cached_property
    def customer_rows(self) -> Mapping[str, int]:
        """The row number of each customer by its id."""
        return {name: row for row, name in enumerate(self.tables["customers"]["customer_id"].tolist())}

    @cached_property
    def purchase_days(self) -> PurchaseDays:
        """On which days customers bought, and for how much, whatever their date."""
        return all_purchase_days(self.ledger)

    @cached_property
    def margins(self) -> MarginTotals:
        """Margins by customer and day, whatever their date."""
        return margins_of(self.tables["orders"], self.ledger.revenue)

    @cached_property
    def orders_of_lines(self) -> npt.NDArray[np.int64]:
        """The row number of each order line's order, -1 where there is none."""
        orders, lines = self.tables["orders"], self.tables["order_lines"]
        places: npt.NDArray[np.int64] = pd.Index(orders["order_id"]).get_indexer(pd.Index(lines["order_id"]))
        return places

    @cached_property
    def newest_order(self) -> date:
        """The day of the newest order, cancelled ones included, but none far behind all others."""
        return _day(usual_span(self.tables["orders"]["ordered_on"].to_numpy())[1])

    @cached_property
    def first_order(self) -> date:
        """The day of the first order that was not cancelled, nor lies far before all others."""
        orders = self.tables["orders"]
        days = orders["ordered_on"].to_numpy()
        counted = days[~has_status(orders, "cancelled")]
        return _day(usual_span(counted if len(counted) else days)[0])


def _day(day: np.datetime64) -> date:
    found: date = day.astype("datetime64[D]").item()
    return found


@record
class AskedQuestions:
    """What a client's questions are asked by. `answers` is as among the tables of a `ClientFolder`, if there is any."""

    client: Client
    questionnaire: Questionnaire
    answers: pd.DataFrame | None
