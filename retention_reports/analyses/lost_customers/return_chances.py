"""The chance that a lost customer comes back within a year: by time since leaving, where that told in past years."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from retention_reports.analyses.lost_customers.win_back_results import ChanceBand, ChanceTest, ReturnChances
from retention_reports.model.figures import Rate
from retention_reports.model.lapse_reasons import BAND_STARTS, band_of
from retention_reports.model.ledger import day_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.lapse_reasons import ExplainedLapses
    from retention_reports.model.quarters import Quarter

    Bands: TypeAlias = Sequence[Rate]
    """Of the lost in each band of days since leaving, those who came back."""

PRIOR_WEIGHT = 10
"""The overall share weighs as much as so many lost customers of the band's own (beta prior)."""


def return_chances(dataset: Dataset, told: ExplainedLapses) -> ReturnChances:
    """Count who came back within a year, by time since leaving, and estimate each band's chance.

    Seen at the cut-offs one, two, … years ago: recoverable customers lost on that day, and of them those who bought in
    the four quarters after. A band's chance is (returned + 10 × overall share) ÷ (lost + 10), where in past years such
    chances lay nearer to what came than one for all (Brier 1950); else it is the overall share for all. Nobody's
    is 0 or 1, for where none or all came back the overall share is (k + 1) ÷ (n + 2).
    """
    years = _years(dataset, told)
    together, test = _together(years), _test(years)
    by_time = test is not None and test.by_time
    chances = _chances(together, by_time=by_time)
    bands = tuple(
        ChanceBand(
            start, BAND_STARTS[place + 1] - 1 if place + 1 < len(BAND_STARTS) else None, together[place], chances[place]
        )
        for place, start in enumerate(BAND_STARTS)
    )
    return ReturnChances(bands, test)


def _years(dataset: Dataset, told: ExplainedLapses) -> list[Bands]:
    """Return what came of those lost one, two, … years ago, while there are any that left so early."""
    found, after = [], dataset.quarter.year_before
    first = told.lapses.left_on.min() if len(told.lapses.left_on) else None
    while first is not None and day_number(after.last_day) >= first:
        found.append(_year(told, after))
        after = after.year_before
    return found


def _year(told: ExplainedLapses, after: Quarter) -> Bands:
    lapses = told.lapses
    there = lapses.open_on(after.last_day) & told.recoverable
    back = there & lapses.returned_between(after.last_day, after.plus(4).last_day)
    bands = band_of(day_number(after.last_day) - lapses.left_on)
    lost, returned = (np.bincount(bands[chosen], minlength=len(BAND_STARTS)).tolist() for chosen in (there, back))
    return [Rate(k, n) for k, n in zip(returned, lost, strict=True)]


def _together(years: Iterable[Bands]) -> Bands:
    whole = [[0, 0] for _ in BAND_STARTS]
    for year in years:
        for place, rate in enumerate(year):
            whole[place][0] += rate.k
            whole[place][1] += rate.n
    return [Rate(k, n) for k, n in whole]


def _chances(bands: Bands, *, by_time: bool) -> list[Fraction | None]:
    """Return each band's chance; None for all where nobody has been lost for a year."""
    k, n = sum(band.k for band in bands), sum(band.n for band in bands)
    if not n:
        return [None] * len(bands)
    overall = Fraction(k, n) if 0 < k < n else Fraction(k + 1, n + 2)
    if not by_time:
        return [overall] * len(bands)
    return [(band.k + PRIOR_WEIGHT * overall) / (band.n + PRIOR_WEIGHT) for band in bands]


def _test(years: Sequence[Bands]) -> ChanceTest | None:
    """Hold both kinds of chances against every past year, each told by the years before it; None with one year."""
    customers, by_time, constant = 0, Fraction(), Fraction()
    for place, year in enumerate(years):
        known = _together(years[place + 1 :])
        if not sum(band.n for band in known):
            continue
        customers += sum(band.n for band in year)
        by_time += _missed(year, _chances(known, by_time=True))
        constant += _missed(year, _chances(known, by_time=False))
    return ChanceTest(customers, by_time / customers, constant / customers) if customers else None


def _missed(year: Bands, chances: Iterable[Fraction | None]) -> Fraction:
    """Return the sum of the squared distances of the chances from what came: 1 for a return, 0 for none."""
    missed = Fraction()
    for band, chance in zip(year, chances, strict=True):
        if chance is not None:
            missed += band.k * (1 - chance) ** 2 + (band.n - band.k) * chance**2
    return missed
