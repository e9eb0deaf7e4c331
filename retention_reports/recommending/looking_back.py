"""Earlier registers, as far as they are judged: of thousands who had left, those of whom a decision could be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.ledger import NEVER, day_number
from retention_reports.model.yearly_value import times
from retention_reports.recommending.candidates import NOTICE_DAYS, Candidate
from retention_reports.recommending.kinds import Kind
from retention_reports.recommending.results import Register

if TYPE_CHECKING:
    from collections.abc import Collection

    from retention_reports.recommending.effects import Uplift
    from retention_reports.recommending.exclusions import Rules
    from retention_reports.recommending.findings import Findings
    from retention_reports.recommending.worth import Worth

_JUDGED = (Kind.SAVE_CUSTOMER, Kind.WIN_BACK)
"""The lists that are held against what came; of all else the decisions are."""


def left_candidates(
    found: Findings, worth: Worth, rules: Rules, uplift: Uplift, others: Collection[int]
) -> tuple[list[Candidate], list[int]]:
    """Return candidates of whom a decision could be made, and the row numbers of all others to be won back.

    A decision names the customers for whom it cautiously brings most, as many as can be called. So candidates are made
    of these and all equal to the last, of those who are about something else too (`others`), and of fresh notices.
    """
    away, dataset = found.leavers, found.dataset
    if away is None:
        return [], []
    fresh = away.by_notice & (day_number(dataset.cut_off) - away.left_on <= NOTICE_DAYS) & (away.contacted == NEVER)
    barred = rules.barred(Kind.WIN_BACK)
    rows = [row for row in away.customer[~fresh].tolist() if row not in barred]
    stakes = {row: worth.of(row) for row in rows}
    alone = {row: times(stake, uplift.low) for row, stake in stakes.items() if row not in others}
    capacity = dataset.client.contact_capacity
    least = np.sort(list(alone.values()))[-capacity] if len(alone) > capacity else None
    told = [row for row in rows if least is None or row in others or alone[row] >= least]
    names = dataset.customer_lines.identifiers
    made = [Candidate(Kind.WIN_BACK, row, names[row], stakes[row], {}) for row in told]
    made += [Candidate(Kind.ANSWER_NOTICE, row, names[row], worth.of(row), {}) for row in away.customer[fresh].tolist()]
    listed = set(told)
    return made, [row for row in rows if row not in listed]


def as_looked_back_on(register: Register) -> Register:
    """Return what later quarters ask of a register: its decisions and the lists that are judged."""
    return Register(
        decisions=register.decisions,
        entries=(),
        total_effect=register.total_effect,
        excluded=(),
        outcomes=(),
        is_margin=register.is_margin,
        unlisted={kind: register.named(kind) for kind in _JUDGED},
    )
