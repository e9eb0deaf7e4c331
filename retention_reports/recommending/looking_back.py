"""Earlier registers, as far as they are judged: of thousands who had left, those of whom a decision could be made."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.ledger import NEVER, day_number
from retention_reports.model.yearly_value import times
from retention_reports.recommending.candidates import NOTICE_DAYS, Candidate
from retention_reports.recommending.kinds import KEEPING, Kind
from retention_reports.recommending.results import Register
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from fractions import Fraction

    import numpy.typing as npt

    from retention_reports.analyses.lost_customers.win_back import Leavers
    from retention_reports.model.dataset import Dataset
    from retention_reports.recommending.effects import Uplift
    from retention_reports.recommending.exclusions import Rules
    from retention_reports.recommending.findings import Findings
    from retention_reports.recommending.worth import Worth

_ROUGHNESS = 1e-6
_JUDGED = (Kind.SAVE_CUSTOMER, Kind.WIN_BACK)
"""The lists that are held against what came; of all else the decisions are."""


@record
class _Judged:
    """By what it is told who is worth naming."""

    dataset: Dataset
    worth: Worth
    rules: Rules


def decisive(
    found: Findings, worth: Worth, rules: Rules, rates: Mapping[Kind, Uplift], allowed: list[Candidate]
) -> tuple[list[Candidate], dict[Kind, set[int]]]:
    """Return the candidates of whom decisions could be made, and by kind the row numbers of all others.

    A decision names the customers for whom it cautiously brings most, as many as can be called. So all stay who are
    about several things, and of the others of each kind those that bring most, and all equal to the last of them. The
    quarter that is reported itself leaves out nobody.
    """
    away = found.leavers
    if away is None:
        return allowed, {}
    capacity = found.dataset.client.contact_capacity
    kept, unlisted = _most_worth(allowed, rates, capacity, set(away.customer.tolist()))
    left, others = _left(
        _Judged(found.dataset, worth, rules), away, rates[Kind.WIN_BACK].low, {one.customer for one in allowed}
    )
    return kept + left, {**unlisted, Kind.WIN_BACK: others} if others else unlisted


def _most_worth(
    allowed: Sequence[Candidate], rates: Mapping[Kind, Uplift], capacity: int, away: Collection[int]
) -> tuple[list[Candidate], dict[Kind, set[int]]]:
    """Part candidates other than those to be won back. What keeps a customer stays: the firm's entries ask for it."""
    counts = Counter(one.customer for one in allowed)
    kept: list[Candidate] = []
    bulk: dict[Kind, list[tuple[int, Candidate]]] = defaultdict(list)
    for one in allowed:
        uplift = rates.get(one.kind)
        alone = counts[one.customer] == 1 and one.customer not in away and one.kind not in KEEPING
        if alone and uplift is not None and one.stake is not None:
            bulk[one.kind].append((times(one.stake, uplift.low), one))
        else:
            kept.append(one)
    unlisted: dict[Kind, set[int]] = {}
    for kind, own in bulk.items():
        least = _least([low for low, _ in own], capacity)
        kept += [one for low, one in own if least is None or low >= least]
        left_out = {one.customer for low, one in own if least is not None and low < least}
        if left_out:
            unlisted[kind] = left_out
    return kept, unlisted


def _left(judged: _Judged, away: Leavers, low: Fraction, others: Collection[int]) -> tuple[list[Candidate], set[int]]:
    """Make candidates of those who had left: fresh notices, and to be won back by the rule of `decisive`.

    `low` is the least that winning back brings; of `others` there are other candidates.
    """
    dataset, worth, rules = judged.dataset, judged.worth, judged.rules
    fresh = away.by_notice & (day_number(dataset.cut_off) - away.left_on <= NOTICE_DAYS) & (away.contacted == NEVER)
    answered, barred = rules.barred(Kind.ANSWER_NOTICE), rules.barred(Kind.WIN_BACK)
    rows = away.customer[~fresh]
    rows = rows[~np.isin(rows, np.array(sorted(barred), dtype=np.int64))]
    mixed = np.isin(rows, np.array(sorted(others), dtype=np.int64))
    capacity, rough = dataset.client.contact_capacity, worth.rough(rows)
    possible = mixed | (rough >= _surely_below(rough[~mixed], capacity, low))
    stakes = {row: worth.of(row) for row in rows[possible].tolist()}
    alone = {row: times(stake, low) for row, stake in stakes.items() if row not in others}
    least = _least(list(alone.values()), capacity)
    told = [row for row in stakes if least is None or row in others or alone[row] >= least]
    names = dataset.customer_lines.identifiers
    noticed = [row for row in away.customer[fresh].tolist() if row not in answered]
    made = [Candidate(Kind.WIN_BACK, row, names[row], stakes[row], {}) for row in told]
    made += [Candidate(Kind.ANSWER_NOTICE, row, names[row], worth.of(row), {}) for row in noticed]
    return made, set(rows.tolist()).difference(told)


def _surely_below(rough: npt.NDArray[np.float64], capacity: int, low: Fraction) -> float:
    """Return an amount below which nothing can bring as much as the last of so many, whatever is rounded."""
    if low <= 0 or len(rough) <= capacity:
        return -1.0
    last = float(np.partition(rough, -capacity)[-capacity])
    return last * (1 - _ROUGHNESS) - 2 / float(low) - 2


def _least(effects: list[int], capacity: int) -> int | None:
    """Return what the last of so many brings; None where there are no more than that."""
    return sorted(effects)[-capacity] if len(effects) > capacity else None


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
