"""Did earlier warnings come true? Computed only with what was known at the earlier cut-off."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.analyses.early_warning.results import BackTestQuarter, Power
from retention_reports.analyses.early_warning.signals import SIGNALS, signal_board
from retention_reports.errors import QuarterError
from retention_reports.model.dataset import Dataset
from retention_reports.model.figures import TOO_FEW, Missing, Rate, Unknown, difference_interval
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_reports.analyses.early_warning.signals import SignalBoard
    from retention_reports.model.folder import ClientFolder
    from retention_reports.model.ledger import Flags
    from retention_reports.model.quarters import Quarter

QUARTERS_BACK = (1, 2)
SIGNAL_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "customers": ("customer_id", "segment", "notice_on"),
    "orders": ("customer", "ordered_on", "amount", "status", "delivered_on"),
    "touchpoints": ("customer", "date", "state"),
    "visits": ("customer", "visited_on"),
    "offers": ("customer", "offered_on", "amount", "state", "decision_due_on", "decided_on", "followed_up_on"),
    "losses": ("customer", "noticed_on", "kind"),
    "feedback": ("customer", "date", "kind", "score", "resolved_on"),
}
"""What signals read of each table; what was sold comes with the reported quarter."""


@record
class BackTest:
    """The tested quarters, newest first, and what each signal was worth in them together."""

    quarters: tuple[BackTestQuarter, ...]
    power: tuple[Power, ...]
    missing: tuple[Missing, ...]


@record
class _Trial:
    quarter: Quarter
    board: SignalBoard
    bought: Flags


def back_test(dataset: Dataset) -> BackTest:
    """Follow the customers flagged one and two quarters ago, and the unflagged, into the quarter after."""
    trials, missing = [], []
    folder = _without_unused(dataset.folder)
    for back in QUARTERS_BACK:
        quarter = dataset.quarter.plus(-back)
        trial = _trial(dataset, folder, quarter)
        if trial is None:
            missing.append(Missing(f"back_test.{quarter}", Unknown.BEFORE_START_OF_DATA))
        else:
            trials.append(trial)
    keys = ["", *(key for key in SIGNALS if any(key in trial.board.flags for trial in trials))]
    power = tuple(_power(key, trials) for key in keys) if trials else ()
    return BackTest(tuple(_quarter(trial) for trial in trials), power, tuple(missing))


def _trial(dataset: Dataset, folder: ClientFolder, quarter: Quarter) -> _Trial | None:
    try:
        then = Dataset.at(folder, quarter)
    except QuarterError:
        return None
    if not then.covers_activity_on(then.cut_off):
        return None
    bought = dataset.ledger.bought_between(quarter.last_day, quarter.plus(1).last_day)
    return _Trial(quarter, signal_board(then, dataset.product_lines), bought)


def _without_unused(folder: ClientFolder) -> ClientFolder:
    tables = folder.tables
    return replace(
        folder, tables={name: tables[name][[*read]] for name, read in SIGNAL_COLUMNS.items() if name in tables}
    )


def _quarter(trial: _Trial) -> BackTestQuarter:
    flagged, unflagged = _rates("", trial)
    return BackTestQuarter(trial.quarter, flagged, unflagged)


def _rates(key: str, trial: _Trial) -> tuple[Rate, Rate]:
    board = trial.board
    compared = board.active & board.findings[key].eligible if key else board.active
    chosen = board.flags[key] if key else board.any_signal
    flagged, unflagged = compared & chosen, compared & ~chosen
    return (
        Rate(int((flagged & trial.bought).sum()), int(flagged.sum())),
        Rate(int((unflagged & trial.bought).sum()), int(unflagged.sum())),
    )


def _power(key: str, trials: list[_Trial]) -> Power:
    pairs = [_rates(key, trial) for trial in trials if not key or key in trial.board.flags]
    flagged = Rate(sum(one.k for one, _ in pairs), sum(one.n for one, _ in pairs))
    unflagged = Rate(sum(one.k for _, one in pairs), sum(one.n for _, one in pairs))
    if min(flagged.n, unflagged.n) < TOO_FEW:
        return Power(key, flagged, unflagged, None, None, "too_few")
    low, high = difference_interval(unflagged, flagged)
    verdict = "tells_apart" if low > 0 else "misleads" if high < 0 else "no_power"
    return Power(key, flagged, unflagged, low, high, verdict)
