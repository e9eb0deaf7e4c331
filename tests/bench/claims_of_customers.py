"""Measures what is said of single customers: days of next orders, chances of silence, the list to call, win-back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import binom

from retention_reports.analyses.early_warning.early_warning_analysis import early_warning
from retention_reports.analyses.forecast.next_orders import next_orders
from retention_reports.analyses.lost_customers.lost_customer_analysis import lost_customers
from retention_reports.errors import QuarterError
from retention_reports.model.dataset import Dataset
from retention_reports.model.figures import Rate
from retention_reports.model.ledger import day_number
from retention_reports.pipeline import load_client

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from retention_reports.analyses.early_warning.review_results import Fifth
    from retention_reports.model.folder import ClientFolder
    from retention_reports.model.quarters import Quarter

_QUARTERS_BACK = 12
_OUTSIDE = 0.025


def table(folders: Iterable[Path]) -> Iterator[str]:
    """Yield the lines of a table with a row a client."""
    columns = (
        "Said of customers", "next orders held", "chances by", "fifths as expected", "list: bought nothing",
        "by recency", "all", "win-back: by time", "one for all",
    )  # fmt: skip
    yield f"| {' | '.join(columns)} |"
    yield "|---" * len(columns) + "|"
    for folder in folders:
        client = load_client(folder)
        yield f"| {' | '.join((folder.name, *_cells(client.folder, client.newest_quarter)))} |"


def _cells(folder: ClientFolder, quarter: Quarter) -> Iterator[str]:
    dataset = Dataset.at(folder, quarter)
    yield _share(_held(folder, dataset))
    review = early_warning(dataset).review
    if review is None:
        yield from ["–"] * 5
    else:
        yield review.rule
        yield f"{sum(map(_as_expected, review.calibration))} of {len(review.calibration)}"
        for rate in (review.called, review.called_by_recency, review.base):
            yield _share(rate)
    test = lost_customers(dataset).chance_test
    yield from ["–"] * 2 if test is None else [f"{float(one):.3f}" for one in (test.error, test.constant_error)]


def _held(folder: ClientFolder, dataset: Dataset) -> Rate:
    """Count the days told at the end of each earlier quarter that held the next order, of those over by now."""
    held = ended = 0
    rows = {name: row for row, name in enumerate(dataset.customers["customer_id"].tolist())}
    for back in range(1, _QUARTERS_BACK + 1):
        try:
            then = Dataset.at(folder, dataset.quarter.plus(-back))
        except QuarterError:
            break
        for order in next_orders(then).orders:
            if order.earliest_on is None or order.latest_on is None or order.latest_on > dataset.cut_off:
                continue
            mine = dataset.ledger.day_customers == rows[order.customer_id]
            later = dataset.ledger.day_numbers[mine & (dataset.ledger.day_numbers > day_number(then.cut_off))]
            ended += 1
            held += bool(len(later) and day_number(order.earliest_on) <= later[0] <= day_number(order.latest_on))
    return Rate(held, ended)


def _as_expected(fifth: Fifth) -> bool:
    low, high = binom.ppf([_OUTSIDE, 1 - _OUTSIDE], fifth.observed.n, fifth.expected)
    return bool(low <= fifth.observed.k <= high)


def _share(rate: Rate | None) -> str:
    return f"{rate.k}/{rate.n} ({100 * np.divide(rate.k, rate.n):.0f} %)" if rate and rate.n else "none told"
