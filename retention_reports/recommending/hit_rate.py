"""What earlier registers were worth: who was warned of and left, who was won back, what the decisions brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.figures import Rate
from retention_reports.model.quarters import QUARTERS_PER_YEAR
from retention_reports.recommending.kinds import Kind
from retention_reports.recommending.outcome import approached_between, brought_between
from retention_reports.recommending.results import HitRate
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from retention_reports.model.dataset import Dataset
    from retention_reports.recommending.results import Register

_NONE = Rate(0, 0)


@record
class QuarterHits:
    """How one earlier register did. Shares are of the quarter after it; `expected` and `change` of the year after it.

    `warned` and `others` count those who bought nothing; `won_back` and `left_alone` those of the win-back list who
    bought, approached and not. Amounts are ten-thousandths, told of the quarters one and two years ago, so that no
    month counts twice; None for others, and where nobody of the decisions was approached.
    """

    warned: Rate
    others: Rate
    won_back: Rate
    left_alone: Rate
    expected: int | None
    change: int | None


def quarter_hits(register: Register, then: Dataset, now: Dataset) -> QuarterHits:
    """Hold an earlier register against the quarter after it, and its decisions against the year after it."""
    rows = now.folder.customer_rows
    end = then.quarter.plus(1).last_day
    approached, bought = approached_between(now, then.cut_off, end), now.ledger.bought_between(then.cut_off, end)

    def named(kind: Kind) -> np.ndarray:
        flags = np.zeros(len(approached), dtype=np.bool_)
        flags[[rows[name] for name in register.named(kind)]] = True
        return flags

    def share(of: np.ndarray, among: np.ndarray) -> Rate:
        return Rate(int((of & among).sum()), int(among.sum()))

    warned, lost = named(Kind.SAVE_CUSTOMER), named(Kind.WIN_BACK)
    others = now.ledger.active(then.cut_off) & ~warned if warned.any() else np.zeros_like(warned)
    expected, change = _year(register, rows, then, now)
    return QuarterHits(
        warned=share(~bought, warned),
        others=share(~bought, others),
        won_back=share(bought, lost & approached),
        left_alone=share(bought, lost & ~approached),
        expected=expected,
        change=change,
    )


def hit_rate(quarters: Sequence[QuarterHits], forecasts: Rate | None) -> HitRate | None:
    """Add earlier quarters up; `forecasts` are the intervals that held. None without an earlier quarter."""
    if not quarters:
        return None
    years = [one for one in quarters if one.expected is not None and one.change is not None]
    return HitRate(
        quarters=len(quarters),
        warned=_together(one.warned for one in quarters),
        others=_together(one.others for one in quarters),
        won_back=_together(one.won_back for one in quarters),
        left_alone=_together(one.left_alone for one in quarters),
        forecasts=forecasts or _NONE,
        years=len(years),
        expected=sum(one.expected or 0 for one in years) if years else None,
        change=sum(one.change or 0 for one in years) if years else None,
    )


def _year(register: Register, rows: Mapping[str, int], then: Dataset, now: Dataset) -> tuple[int | None, int | None]:
    """Return what was expected of those approached in the year after, and by how much they brought more than before."""
    end = then.quarter.plus(QUARTERS_PER_YEAR).last_day
    told = [now.quarter.plus(-QUARTERS_PER_YEAR * years) for years in (1, 2)]
    if then.quarter not in told or then.year_ago < now.data_from:
        return None, None
    approached = approached_between(now, then.cut_off, end)
    entries = [entry for one in register.decisions for entry in one.entries if entry.customer_id and entry.effect]
    reached = [entry for entry in entries if approached[rows[entry.customer_id]]]
    if not reached:
        return None, None
    customers = np.array(sorted({rows[entry.customer_id] for entry in reached}), dtype=np.int64)
    before = int(brought_between(now, then.year_ago, then.cut_off)[customers].sum())
    after = int(brought_between(now, then.cut_off, end)[customers].sum())
    return sum(entry.effect.expected for entry in reached if entry.effect), after - before


def _together(rates: Iterable[Rate]) -> Rate:
    known = list(rates)
    return Rate(sum(rate.k for rate in known), sum(rate.n for rate in known))
