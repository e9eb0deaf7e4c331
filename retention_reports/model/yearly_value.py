"""What a customer is worth a year."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.ledger import NEVER, day_number, months_before_each
from retention_reports.model.margins import MarginTotals
from retention_reports.model.money import part_of
from retention_reports.model.order_status import has_status
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers

MONTHS = 12


@record
class YearlyValue:
    """Each customer's twelve months up to its last purchase on or before a day; amounts in ten-thousandths.

    `revenue` counts completed orders. `margin` is their amount less cost, `costed` the positive revenue whose cost is
    known, `billed` all positive revenue. `complete` tells that the twelve months lie within the data.
    """

    revenue: Integers
    margin: Integers
    costed: Integers
    billed: Integers
    complete: Flags


def yearly_value(dataset: Dataset, day: date) -> YearlyValue:
    """Return what each customer brought in the twelve months up to its last purchase on or before the day."""
    until = dataset.ledger.last_purchase(day)
    after = months_before_each(until, MONTHS)
    margins = margin_totals(dataset)
    first_day = 1 if dataset.client.history_complete else day_number(dataset.data_from)
    return YearlyValue(
        revenue=dataset.ledger.revenue.between_each(after, until),
        margin=margins.margin.between_each(after, until),
        costed=margins.costed.between_each(after, until),
        billed=margins.billed.between_each(after, until),
        complete=(until == NEVER) | (after + 1 >= first_day),
    )


def margin_totals(dataset: Dataset) -> MarginTotals:
    """Return the margins up to the dataset's cut-off."""
    margins = dataset.folder.margins
    return MarginTotals(*(part.until(dataset.cut_off) for part in (margins.margin, margins.costed, margins.billed)))


def margin_share(dataset: Dataset) -> Fraction | None:
    """Return margin ÷ revenue of the last twelve months over orders of known cost; None where there is no such revenue.

    Credit notes without cost count as in `margins_of`; orders without a customer count too.
    """
    orders = dataset.orders
    days = orders["ordered_on"].to_numpy()
    rows = np.flatnonzero(has_status(orders, "completed") & (days > np.datetime64(dataset.year_ago)))
    cost, amounts = orders["cost"].array[rows], orders["amount"].to_numpy(dtype=np.int64)[rows]
    known = ~cost.isna()
    if not known.any():
        return None
    revenue = int(amounts[known | (amounts < 0)].sum())
    return Fraction(revenue - int(cost.fillna(0).to_numpy(dtype=np.int64).sum()), revenue) if revenue > 0 else None


def times(amount: int, factor: Fraction) -> int:
    """Multiply an amount by an exact factor, rounded half up (away from zero) to ten-thousandths."""
    return part_of(amount, factor.numerator, factor.denominator)
