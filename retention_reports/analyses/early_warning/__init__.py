"""Early warning: which active customers may leave, why, and whether such signs came true before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.early_warning.back_test import back_test
from retention_reports.analyses.early_warning.results import EarlyWarning, FlaggedCustomer, SignalSummary
from retention_reports.analyses.early_warning.signals import SIGNALS, signal_board
from retention_reports.analyses.early_warning.trend_watch import trend_watch
from retention_reports.model.figures import Missing, Unknown
from retention_reports.model.ledger import NEVER, day_of

if TYPE_CHECKING:
    from retention_reports.analyses.early_warning.signals import SignalBoard
    from retention_reports.model.dataset import Dataset


def early_warning(dataset: Dataset) -> EarlyWarning:
    """List active customers that show a signal, and test the signals of the two quarters before."""
    board, test = signal_board(dataset, dataset.product_lines), back_test(dataset)
    trend = trend_watch(dataset, dataset.product_lines)
    known = dataset.covers(dataset.year_ago + timedelta(days=1))
    stakes = dataset.revenue_between(dataset.year_ago, dataset.cut_off)
    unknown = [] if known else [Missing(key, Unknown.BEFORE_START_OF_DATA) for key in ("at_stake", "trend")]
    return EarlyWarning(
        active=int(board.active.sum()),
        flagged=_flagged(dataset, board, known=known),
        signals=tuple(
            SignalSummary(key, int(flags.sum()), int(stakes[flags].sum()) if known else None)
            for key, flags in sorted(board.flags.items(), key=lambda item: SIGNALS.index(item[0]))
        ),
        back_test=test.quarters,
        power=test.power,
        trend=trend,
        missing=(*unknown, *board.missing, *test.missing),
    )


def _flagged(dataset: Dataset, board: SignalBoard, *, known: bool) -> tuple[FlaggedCustomer, ...]:
    """List who shows a signal, by money at stake; `known` tells that the data covers the last twelve months."""
    last = dataset.ledger.last_purchase(dataset.cut_off)
    met = board.contacts.last if board.contacts else np.full(len(last), NEVER)
    return tuple(
        FlaggedCustomer(
            customer_id=line.customer_id,
            name=line.name,
            segment=line.segment,
            sales_rep=line.sales_rep,
            value_class=line.value_class,
            signals=board.of(row),
            at_stake=line.revenue if known else None,
            last_purchase=day_of(last[row]),
            last_contact=None if met[row] == NEVER else day_of(met[row]),
            contact=line.contact,
            permission=line.permission,
        )
        for row, line in dataset.customer_lines.by_revenue(np.flatnonzero(board.any_signal))
    )
