"""What was known of every active customer at the end of a quarter, as the numbers from which a chance is worked out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.model.ledger import day_number
from retention_reports.model.quarters import MONTHS_PER_YEAR, months_before
from retention_reports.model.rhythm import CLIENT_WEIGHT
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.analyses.early_warning.logistic import Floats
    from retention_reports.model.ledger import Integers, Ledger
    from retention_reports.model.quarters import Quarter

NUMBERS = (
    "silent_days",
    "silence_in_rhythms",
    "silence_in_rhythms_squared",
    "usual_days",
    "irregularity",
    "bought_once",
    "purchase_days",
    "purchase_days_quarter",
    "purchase_days_year",
    "value_rank",
    "tenure_days",
    "same_quarter_year_before",
    "silent_days_squared",
    "silent_days_by_purchase_days",
    "silent_days_by_tenure",
    "purchase_days_squared",
)
"""The numbers in the order of the columns; days and counts as logarithms of one more than they are.

The squares and products let a silence mean more to who bought often than to who bought once."""

_STEADY = slice(NUMBERS.index("usual_days"), NUMBERS.index("same_quarter_year_before") + 1)
_PURCHASE_DAYS = NUMBERS.index("purchase_days") - _STEADY.start
_TENURE = NUMBERS.index("tenure_days") - _STEADY.start


@record
class Profiles:
    """Customers active at the end of `quarter`, one entry each; `rows` are row numbers of the customers table.

    `silent` are days since the last purchase, `usual` the usual days between purchase days, shrunk towards the client's
    median; `own_gaps` counts the customer's gaps so far.
    """

    quarter: Quarter
    rows: Integers
    silent: Integers
    usual: Floats
    own_gaps: Integers
    numbers: Floats

    def as_usual(self) -> Floats:
        """Return the numbers as they would be had no customer been silent for longer than usual."""
        return _numbers(np.minimum(self.silent, self.usual), self.usual, self.numbers[:, _STEADY])


def profiles(ledger: Ledger, quarter: Quarter) -> Profiles:
    """Describe the customers active at the end of the quarter by what was known then."""
    day = quarter.last_day
    rows = np.flatnonzero(ledger.active(day))
    gaps, usual, irregularity = _rhythms(ledger, day)
    gaps, usual, irregularity = gaps[rows], usual[rows], irregularity[rows]
    last = ledger.last_purchase(day)[rows]
    silent = day_number(day) - last
    tenure = day_number(day) - ledger.first_purchase[rows]
    counts = [
        ledger.purchase_days(day)[rows],
        _purchase_days(ledger, quarter.previous.last_day, day)[rows],
        _purchase_days(ledger, months_before(day, MONTHS_PER_YEAR), day)[rows],
    ]
    before = quarter.plus(1).year_before
    then = _purchase_days(ledger, before.first_day - timedelta(days=1), before.last_day)[rows] > 0
    steady = [
        np.log1p(usual),
        irregularity,
        (gaps == 0).astype(np.float64),
        *(np.log1p(count) for count in counts),
        _ranks(ledger.yearly_value(day)[rows]),
        np.log1p(tenure),
        then.astype(np.float64),
    ]
    return Profiles(quarter, rows, silent, usual, gaps, _numbers(silent, usual, np.column_stack(steady)))


def _numbers(silent: Integers | Floats, usual: Floats, steady: Floats) -> Floats:
    """Put the numbers together: those that a silence changes, and the `steady` ones that it does not."""
    quiet, in_rhythms = np.log1p(silent), np.log1p(silent / usual)
    bought, tenure = steady[:, _PURCHASE_DAYS], steady[:, _TENURE]
    crossed = [quiet**2, quiet * bought, quiet * tenure, bought**2]
    return np.column_stack([quiet, in_rhythms, in_rhythms**2, steady, *crossed])


def _rhythms(ledger: Ledger, day: date) -> tuple[Integers, Floats, Floats]:
    """Return each customer's number of gaps, usual days (at least 1), and spread of the gaps ÷ usual days.

    Both are shrunk: the client's median gap, and the mean squared distance of all gaps from their owners' usual days,
    weigh as much as three gaps of one's own. Without any gap the usual is the days since the customer's purchase.
    """
    known = ledger.day_numbers <= day_number(day)
    owners, days = ledger.day_customers[known], ledger.day_numbers[known]
    same = owners[1:] == owners[:-1]
    gaps, gap_owners = np.diff(days)[same], owners[1:][same]
    count = ledger.customer_count
    numbers = np.bincount(gap_owners, minlength=count)
    median = float(np.median(gaps)) if len(gaps) else 1.0
    sums = np.bincount(gap_owners, weights=gaps, minlength=count)
    usual = np.maximum((sums + CLIENT_WEIGHT * median) / (numbers + CLIENT_WEIGHT), 1.0)
    distances = (gaps / usual[gap_owners] - 1.0) ** 2
    overall = float(distances.mean()) if len(gaps) else 1.0
    spread = np.bincount(gap_owners, weights=distances, minlength=count)
    return numbers, usual, np.sqrt((spread + CLIENT_WEIGHT * overall) / (numbers + CLIENT_WEIGHT))


def _purchase_days(ledger: Ledger, after: date, until: date) -> Integers:
    return ledger.purchase_days(until) - ledger.purchase_days(after)


def average_ranks(values: Integers | Floats) -> Floats:
    """Return each value's rank from 1 up; equal ones share the mean of theirs.

    By pandas, which is loaded anyway: SciPy's statistics would double the time that the program takes to start.
    """
    ranks: Floats = np.asarray(pd.Series(values).rank(), dtype=np.float64)
    return ranks


def _ranks(values: Integers) -> Floats:
    """Return the share of customers with a lower value (ties half), so that a currency does not matter."""
    ranks: Floats = (average_ranks(values) - 0.5) / max(len(values), 1)
    return ranks
