"""Measures what predictions are worth: `python -m tests.bench.claims` prints a table for the README.

Every whole quarter with four before it is forecast from what was known on the day before it began. Public data sets
that lie beside the repository are measured where they are.
"""

from __future__ import annotations

import csv
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from retention_reports.analyses.forecast.forecast_analysis import forecast
from retention_reports.analyses.forecast.histories import Histories
from retention_reports.analyses.forecast.purchase_model import PurchaseModel, fit_purchase_model
from retention_reports.analyses.forecast.quarter_rules import NAIVE_RULES, rule_values
from retention_reports.analyses.forecast.rolling_forecast import FEWEST_QUARTERS, RollingForecast
from retention_reports.analyses.forecast.series_results import symmetric_error
from retention_reports.model.dataset import Dataset
from retention_reports.model.money import UNIT
from retention_reports.model.quarters import QUARTERS_PER_YEAR, Quarter
from retention_reports.pipeline import load_client
from tests.bench.claims_of_customers import table
from tests.support import real_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_reports.analyses.forecast.series_results import PastQuarter, SeriesForecast

_SAMPLES = ("musterhandel", "example_ltd")
_GROCERY_END, _GROCERY_DAYS = date(2006, 12, 31), 364
_CDNOW_END, _CDNOW_DAYS = date(1997, 9, 30), 273
_CUSTOMERS = 25_000


class Outcome(NamedTuple):
    """A quarter that was forecast: errors of the forecast and the simple rules, whether the interval held, its width.

    The width is in units of what came; both are None where there was no interval.
    """

    own: float
    simple: tuple[float, ...]
    held: bool | None
    width: float | None


def main() -> None:
    """Print the tables."""
    measured = {name: _outcomes(*found) for name, found in _series()}
    measured["all"] = [outcome for outcomes in measured.values() for outcome in outcomes]
    simple = " | ".join(rule.value.replace("_", " ") for rule in NAIVE_RULES)
    print(f"| Quarters forecast | n | {simple} | forecast | ÷ best simple | 80 % held | median width |")
    print("|---" * (len(NAIVE_RULES) + 6) + "|")
    for name, outcomes in measured.items():
        print(_row(name, outcomes))
    print()
    with tempfile.TemporaryDirectory() as place:
        for line in table((*_folders(Path(place)), *_grocery(Path(place)))):
            print(line)
    print("\n| Purchases of a cohort | expected | came | error | seconds |\n|---|---|---|---|---|")
    for line in _cohorts():
        print(line)


def _row(name: str, outcomes: Sequence[Outcome]) -> str:
    own = float(np.mean([outcome.own for outcome in outcomes]))
    simple = np.mean([outcome.simple for outcome in outcomes], axis=0)
    held = [outcome.held for outcome in outcomes if outcome.held is not None]
    width = float(np.median([outcome.width for outcome in outcomes if outcome.width is not None]))
    errors = " | ".join(f"{100 * error:.1f}" for error in simple)
    cells = (name, len(outcomes), errors, f"{100 * own:.1f}", f"{own / float(simple.min()):.2f}")
    return f"| {' | '.join(map(str, cells))} | {sum(held)}/{len(held)} | {width:.2f} |"


def _series() -> Iterator[tuple[str, tuple[list[int], SeriesForecast]]]:
    with tempfile.TemporaryDirectory() as place:
        if real_data.SHARED.is_dir():
            yield "neuronova", _neuronova()
        for folder in _folders(Path(place)):
            yield folder.name, _of_client(folder)


def _folders(place: Path) -> Iterator[Path]:
    yield from (Path("data") / name for name in _SAMPLES)
    if real_data.SHARED.is_dir():
        makers = (real_data.cdnow_master, real_data.cdnow_sample, real_data.northwind, real_data.superstore)
        yield from (make(place) for make in makers)


def _grocery(place: Path) -> Iterator[Path]:
    """Without amounts there is nothing to forecast but days."""
    if real_data.SHARED.is_dir():
        yield real_data.grocery(place)


def _of_client(folder: Path) -> tuple[list[int], SeriesForecast]:
    client = load_client(folder)
    dataset = Dataset.at(client.folder, client.newest_quarter)
    total = forecast(dataset).total
    if total is None:
        message = f"{folder.name} has too few quarters"
        raise ValueError(message)
    quarters = [total.past[0].quarter.plus(-back) for back in range(FEWEST_QUARTERS, 0, -1)]
    quarters += [entry.quarter for entry in total.past]
    return [dataset.total_revenue_between(each.previous.last_day, each.last_day) for each in quarters], total


def _neuronova() -> tuple[list[int], SeriesForecast]:
    """Its last quarter is not over."""
    with (real_data.SHARED / "neuronova" / "facts_quarters.csv").open(encoding="utf-8") as file:
        amounts = [round(float(row["revenue"]) * UNIT) for row in csv.DictReader(file)][:-1]
    return amounts, RollingForecast(Quarter(2021, 1), amounts).coming()


def _outcomes(amounts: Sequence[int], series: SeriesForecast) -> list[Outcome]:
    first = QUARTERS_PER_YEAR - FEWEST_QUARTERS
    return [
        _outcome(amounts[: len(amounts) - len(series.past) + place], series.past[place])
        for place in range(first, len(series.past))
    ]


def _outcome(before: Sequence[int], entry: PastQuarter) -> Outcome:
    said = rule_values(before)
    low, high = entry.estimate.low, entry.estimate.high
    known = low is not None and high is not None
    return Outcome(
        symmetric_error(entry.estimate.expected or 0, entry.actual),
        tuple(symmetric_error(said[rule], entry.actual) for rule in NAIVE_RULES),
        (low or 0) <= entry.actual <= (high or 0) if known else None,
        ((high or 0) - (low or 0)) / entry.actual if known else None,
    )


def _cohorts() -> Iterator[str]:
    if real_data.SHARED.is_dir():
        grocery = pd.read_csv(real_data.SHARED / "grocery" / "grocery.csv", parse_dates=["date"])
        yield _cohort("grocery, 52 weeks", grocery.rename(columns={"cust": "customer"}), _GROCERY_END, _GROCERY_DAYS)
        cdnow = pd.read_csv(real_data.SHARED / "cdnow" / "cdnow_master.csv", parse_dates=["date"])
        cdnow = cdnow.rename(columns={"customer_id": "customer"})
        yield _cohort("CDNOW, 39 weeks", cdnow, _CDNOW_END, _CDNOW_DAYS)
    generator = np.random.default_rng(1)
    repeats = generator.poisson(generator.gamma(0.5, 6, _CUSTOMERS)).astype(np.float64)
    ages = generator.integers(200, 700, _CUSTOMERS).astype(np.float64)
    recency = np.where(repeats > 0, np.floor(ages * generator.uniform(0.05, 1, _CUSTOMERS)), 0.0)
    started = time.perf_counter()
    fit_purchase_model(Histories(repeats, recency, ages), log_gaps=float(np.log(20) * repeats.sum()))
    yield f"| fit of {_CUSTOMERS:,} customers | | | | {time.perf_counter() - started:.2f} |"


def _cohort(name: str, rows: pd.DataFrame, end: date, days: int) -> str:
    """Fit the model to purchase days up to an end and hold it against the days after."""
    rows = rows.drop_duplicates(["customer", "date"])
    until = pd.Timestamp(end)
    known = rows.loc[rows["date"] <= until].groupby("customer")["date"].agg(["min", "max", "size"])
    later = rows.loc[(rows["date"] > until) & (rows["date"] <= until + pd.Timedelta(days=days))]
    came = int(later["customer"].isin(known.index).sum())
    histories = Histories(
        known["size"].to_numpy().astype(np.float64) - 1,
        (known["max"] - known["min"]).dt.days.to_numpy().astype(np.float64),
        (until - known["min"]).dt.days.to_numpy().astype(np.float64),
    )
    started = time.perf_counter()
    days_of = rows.loc[rows["date"] <= until].sort_values(["customer", "date"])
    gaps = days_of.groupby("customer")["date"].diff().dt.days.dropna()
    model = fit_purchase_model(histories, log_gaps=float(np.log(gaps).sum()))
    seconds = time.perf_counter() - started
    if not isinstance(model, PurchaseModel):
        return f"| {name} | not fitted: {model} | {came} | | {seconds:.2f} |"
    expected = float(model.expected_purchases(histories, days).sum())
    return f"| {name} | {expected:,.0f} | {came:,} | {100 * (expected / came - 1):+.1f} % | {seconds:.2f} |"


if __name__ == "__main__":
    main()
