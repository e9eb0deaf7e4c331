"""Did earlier warnings come true? Computed only with what was known at the earlier cut-off."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.early_warning.early_warning_results import TELLS_APART, BackTestQuarter, Power
from retention_reports.analyses.early_warning.logistic import PENALTY
from retention_reports.analyses.early_warning.signals import SIGNALS, signal_board
from retention_reports.errors import QuarterError
from retention_reports.model.dataset import Dataset
from retention_reports.model.figures import TOO_FEW, Z_95, Missing, Rate, Unknown, difference_interval
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_reports.analyses.early_warning.early_warning_results import Fact
    from retention_reports.analyses.early_warning.logistic import Floats
    from retention_reports.analyses.early_warning.signals import SignalBoard
    from retention_reports.model.ledger import Flags
    from retention_reports.model.quarters import Quarter

QUARTERS_BACK = (1, 2)
BOARDS_KEPT = 4


@record
class Trial:
    """The signals at a past cut-off, who bought in the quarter after, and the chances without signs, if known."""

    quarter: Quarter
    board: SignalBoard
    bought: Flags
    chances: Floats | None


@record
class BackTest:
    """The tested quarters, newest first, and what each signal was worth in them together."""

    trials: tuple[Trial, ...]
    quarters: tuple[BackTestQuarter, ...]
    power: tuple[Power, ...]
    missing: tuple[Missing, ...]


def back_test(dataset: Dataset, chances: Mapping[Quarter, Floats]) -> BackTest:
    """Follow the customers flagged one and two quarters ago, and the unflagged, into the quarter after.

    `chances` are what was expected of past quarters without any sign: each customer's chance of buying nothing (NaN
    where unknown).
    """
    trials, missing = [], []
    for back in QUARTERS_BACK:
        quarter = dataset.quarter.plus(-back)
        trial = _trial(dataset, quarter, chances.get(quarter))
        if trial is None:
            missing.append(Missing(f"back_test.{quarter}", Unknown.BEFORE_START_OF_DATA))
        else:
            trials.append(trial)
    keys = ["", *(key for key in SIGNALS if any(key in trial.board.flags for trial in trials))]
    power = tuple(_power(key, trials) for key in keys) if trials else ()
    return BackTest(tuple(trials), tuple(_quarter(trial) for trial in trials), power, tuple(missing))


def _trial(dataset: Dataset, quarter: Quarter, chances: Floats | None) -> Trial | None:
    lines = dataset.product_lines
    key = quarter, lines is not None, bool(lines and lines.categories)
    board = dataset.folder.memory.get("signals", key, lambda: _board(dataset, quarter), most=BOARDS_KEPT)
    if board is None:
        return None
    bought = dataset.ledger.bought_between(quarter.last_day, quarter.plus(1).last_day)
    return Trial(quarter, board, bought, chances)


def _board(dataset: Dataset, quarter: Quarter) -> SignalBoard | None:
    """Return who showed which signal then, without what is told of each; None where the data begins too late."""
    try:
        then = Dataset.at(dataset.folder, quarter)
    except QuarterError:
        return None
    if not then.covers_activity_on(then.cut_off):
        return None
    board = signal_board(then, dataset.product_lines)
    findings = {key: replace(one, facts=_untold) for key, one in board.findings.items()}
    return replace(board, findings=findings, contacts=None)


def _untold(_: int) -> Mapping[str, Fact]:
    return {}


def _quarter(trial: Trial) -> BackTestQuarter:
    flagged, unflagged = _rates("", trial)
    return BackTestQuarter(trial.quarter, flagged, unflagged)


def _rates(key: str, trial: Trial) -> tuple[Rate, Rate]:
    board = trial.board
    compared = board.active & board.findings[key].eligible if key else board.active
    chosen = board.flags[key] if key else board.any_signal
    flagged, unflagged = compared & chosen, compared & ~chosen
    return (
        Rate(int((flagged & trial.bought).sum()), int(flagged.sum())),
        Rate(int((unflagged & trial.bought).sum()), int(unflagged.sum())),
    )


def _power(key: str, trials: list[Trial]) -> Power:
    shown = [trial for trial in trials if not key or key in trial.board.flags]
    pairs = [_rates(key, trial) for trial in shown]
    flagged, unflagged = (
        Rate(sum(one.k for one in side), sum(one.n for one in side)) for side in zip(*pairs, strict=True)
    )
    active = [trial.bought[trial.board.active] for trial in shown]
    everyone = Rate(sum(int(one.sum()) for one in active), sum(len(one) for one in active))
    expected, adds = _beyond_chances(key, shown)
    if min(flagged.n, unflagged.n) < TOO_FEW:
        return Power(key, flagged, unflagged, None, None, "too_few", everyone, expected, adds)
    low, high = difference_interval(Rate(everyone.k - flagged.k, everyone.n - flagged.n), flagged)
    apart = low > 0 and difference_interval(unflagged, flagged)[0] > 0
    verdict = TELLS_APART if apart else "misleads" if high < 0 else "no_power"
    return Power(key, flagged, unflagged, low, high, verdict, everyone, expected, adds)


def _added_up(rates: Sequence[Rate]) -> Rate:
    return Rate(sum(rate.k for rate in rates), sum(rate.n for rate in rates))


def added_log_odds(key: str, trials: Sequence[Trial]) -> float:
    """Return what a sign adds to the log-odds of buying nothing: one Newton step, penalised like any other number."""
    expected, bought, variance = _expectation(key, trials)
    return (expected - bought) / (variance + PENALTY)


def _beyond_chances(key: str, trials: Sequence[Trial]) -> tuple[float | None, bool | None]:
    """Return how many purchases the chances expected of the flagged, and whether so few bought is no accident."""
    if not trials or any(trial.chances is None for trial in trials):
        return None, None
    expected, bought, variance = _expectation(key, trials)
    return round(expected, 6), bool(expected - bought > Z_95 * sqrt(variance) and variance > 0)


def _expectation(key: str, trials: Sequence[Trial]) -> tuple[float, int, float]:
    """Return expected and actual purchases of the flagged whose chance is known, and the variance of the former."""
    expected, bought, variance = 0.0, 0, 0.0
    for trial in trials:
        # A quarter whose files could not show a sign yet tells nothing of it.
        if trial.chances is None or (key and key not in trial.board.flags):
            continue
        chosen = trial.board.flags[key] if key else trial.board.any_signal
        chosen = chosen & ~np.isnan(trial.chances)
        silent = np.sort(trial.chances[chosen])
        expected += float((1.0 - silent).sum())
        variance += float((silent * (1.0 - silent)).sum())
        bought += int(trial.bought[chosen].sum())
    return expected, bought, variance
