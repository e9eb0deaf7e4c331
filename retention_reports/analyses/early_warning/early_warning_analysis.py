"""Early warning: which active customers may leave, why, and whether such signs came true before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.early_warning.back_test import back_test
from retention_reports.analyses.early_warning.chances import Rule
from retention_reports.analyses.early_warning.early_warning_results import (
    TELLS_APART,
    EarlyWarning,
    FlaggedCustomer,
    SignalSummary,
)
from retention_reports.analyses.early_warning.outlooks import Outlooks, PastChances
from retention_reports.analyses.early_warning.signals import SIGNALS, signal_board
from retention_reports.analyses.early_warning.trend_watch import trend_watch
from retention_reports.model.figures import Missing, Unknown
from retention_reports.model.ledger import NEVER, day_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from retention_reports.analyses.early_warning.back_test import BackTest
    from retention_reports.analyses.early_warning.signals import SignalBoard
    from retention_reports.model.dataset import Dataset

_RHYTHM_SIGN = "rhythm_broken"


def early_warning(dataset: Dataset, *, of_past: bool = False) -> EarlyWarning:
    """List active customers that show a sign, name those to call, and test how such warnings did before.

    `of_past` leaves out what only the report of its own quarter shows: who shows a sign, and the trend.
    """
    board, past = signal_board(dataset, dataset.product_lines), PastChances(dataset)
    test = back_test(dataset, past.by_quarter())
    outlooks = past.outlooks(board, test)
    known = dataset.covers(dataset.year_ago + timedelta(days=1))
    unknown = [] if known else [Missing(key, Unknown.BEFORE_START_OF_DATA) for key in ("at_stake", "trend")]
    untold = [] if past.review else [Missing("model", Unknown.TOO_FEW)]
    lines = _Lines(dataset, board, outlooks, known=known)
    proven = {power.key for power in test.power if power.key and power.verdict == TELLS_APART}
    if known and not proven and not outlooks.are_proven:
        untold.append(Missing("at_stake", Unknown.NOTHING_TOLD_APART))
    return EarlyWarning(
        active=int(board.active.sum()),
        flagged=() if of_past else lines.of(np.flatnonzero(board.any_signal).tolist()),
        calls=_calls(lines, outlooks, board, test)[: dataset.client.contact_capacity],
        rule=past.review.rule if past.review else str(Rule.RHYTHM),
        signals=_summaries(dataset, board, proven if known else ()),
        back_test=test.quarters,
        power=test.power,
        review=past.review,
        trend=None if of_past else trend_watch(dataset, dataset.product_lines),
        missing=(*unknown, *untold, *board.missing, *test.missing),
    )


def _summaries(dataset: Dataset, board: SignalBoard, proven: Collection[str]) -> tuple[SignalSummary, ...]:
    """Count who shows each signal; money stands only with proven ones."""
    stakes = dataset.ledger.yearly_value(dataset.cut_off)
    return tuple(
        SignalSummary(key, int(flags.sum()), int(stakes[flags].sum()) if key in proven else None)
        for key, flags in sorted(board.flags.items(), key=lambda item: SIGNALS.index(item[0]))
    )


def _calls(lines: _Lines, outlooks: Outlooks, board: SignalBoard, test: BackTest) -> tuple[FlaggedCustomer, ...]:
    """Return everyone worth a call: by proven chances, else by proven signs, else by a rhythm that was never tested."""
    if outlooks.are_proven:
        return lines.most_to_lose()
    verdicts = {power.key: power.verdict for power in test.power if power.key}
    signs = {key for key, verdict in verdicts.items() if verdict == TELLS_APART}
    if not signs and not outlooks.are_known and verdicts.get(_RHYTHM_SIGN, "too_few") == "too_few":
        signs = {_RHYTHM_SIGN}
    shown = np.zeros_like(board.active)
    for key in signs & board.flags.keys():
        shown |= board.flags[key]
    return lines.of(np.flatnonzero(shown).tolist())


class _Lines:
    """Makes what the lists say of active customers."""

    def __init__(self, dataset: Dataset, board: SignalBoard, outlooks: Outlooks, *, known: bool) -> None:
        """Look up what all lines need; `known` tells that the data covers the last twelve months."""
        self._dataset, self._board, self._outlooks = dataset, board, outlooks
        last = dataset.ledger.last_purchase(dataset.cut_off)
        self._last = last
        self._met = board.contacts.last if board.contacts else np.full(len(last), NEVER)
        self._stakes = dataset.ledger.yearly_value(dataset.cut_off) if known else None

    def of(self, rows: Sequence[int]) -> tuple[FlaggedCustomer, ...]:
        """Return the customers by expected loss where chances are proven, then by what is at stake, ties by id."""
        return tuple(sorted(map(self._line, rows), key=self._rank))

    def _rank(self, entry: FlaggedCustomer) -> tuple[float, float, int, str]:
        loss, excess = (entry.expected_loss or 0.0, entry.outlook.excess) if self._outlooks.are_proven else (0.0, 0.0)
        return -round(loss), -round(excess, 6), -(entry.at_stake or 0), entry.customer_id

    def most_to_lose(self) -> tuple[FlaggedCustomer, ...]:
        """Return whom the list names, as many as the client can call and those equal to the last."""
        rows, losses = self._outlooks.rows, self._outlooks.excess()
        if self._stakes is not None:
            losses = losses * np.maximum(self._stakes[rows], 0)
        capacity = self._dataset.client.contact_capacity
        priorities = self._outlooks.priorities(losses, capacity)
        least = np.sort(priorities)[-capacity] if len(priorities) > capacity else 0.0
        return self.of(rows[(priorities > 0) & (priorities >= least)].tolist())

    def _line(self, row: int) -> FlaggedCustomer:
        line = self._dataset.customer_lines.line(row)
        return FlaggedCustomer(
            customer_id=line.customer_id,
            name=line.name,
            segment=line.segment,
            sales_rep=line.sales_rep,
            value_class=line.value_class,
            signals=self._board.of(row),
            at_stake=None if self._stakes is None else int(self._stakes[row]),
            last_purchase=day_of(self._last[row]),
            last_contact=None if self._met[row] == NEVER else day_of(self._met[row]),
            contact=line.contact,
            permission=line.permission,
            outlook=self._outlooks.of(row),
        )
