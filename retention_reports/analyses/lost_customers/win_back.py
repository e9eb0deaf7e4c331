"""Whom to win back: the chance by the client's own history, the expected gain, and what a contact costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.lost_customers.win_back_results import WinBackCandidate
from retention_reports.model.figures import average
from retention_reports.model.lapse_reasons import band_of
from retention_reports.model.ledger import NEVER, day_number, day_of, days_of
from retention_reports.model.measure_rows import carried_out
from retention_reports.model.yearly_value import times
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.analyses.lost_customers.three_questions import Losses
    from retention_reports.analyses.lost_customers.win_back_results import ChanceBand
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.lapse_reasons import ExplainedLapses
    from retention_reports.model.lapses import Lapses
    from retention_reports.model.ledger import Flags, Integers


def contact_cost(dataset: Dataset) -> tuple[float, str]:
    """Return what a win-back contact costs (ten-thousandths), and where that comes from: measures, costs, or none.

    The mean cost of the contacted rows that name one, else all win-back spending ÷ contacted rows, else 0.
    """
    rows = carried_out(dataset, "win_back")
    contacted = None if rows is None else rows.loc[rows["group"] == "target"]
    if contacted is None or contacted.empty:
        return 0, "none"
    named = contacted["cost"].dropna()
    mean = average(int(named.sum()), len(named))
    if mean is not None:
        return mean, "measures"
    costs = dataset.table("costs")
    spent = None if costs is None else costs.loc[costs["kind"] == "win_back", "amount"].dropna()
    mean = average(int(spent.sum()), len(contacted)) if spent is not None and len(spent) else None
    return (0, "none") if mean is None else (mean, "costs")


@record
class Leavers:
    """Who is away at the cut-off and may be won back, one entry each; `places` are those among the lapses.

    `contacted` is the day number of the latest win-back contact since, or NEVER.
    """

    places: Integers
    customer: Integers
    left_on: Integers
    by_notice: Flags
    contacted: Integers


def leavers(dataset: Dataset, told: ExplainedLapses) -> Leavers:
    """Find who is away at the cut-off and may be won back."""
    lapses, noticed = told.lapses, dataset.ledger.last_notice(dataset.cut_off)
    places = np.flatnonzero(lapses.open_on(dataset.cut_off) & told.recoverable)
    customers = lapses.customer[places]
    by_notice = noticed[customers] >= lapses.last_purchase[places]
    contacted = _contacted_since(dataset, lapses)[places]
    return Leavers(places, customers, lapses.left_on[places], by_notice, contacted)


def candidates(
    dataset: Dataset, told: ExplainedLapses, bands: tuple[ChanceBand, ...], losses: Losses, cost: float
) -> tuple[WinBackCandidate, ...]:
    """List lost customers that may be won back, largest expected gain first (else largest yearly revenue).

    `losses` are those up to the cut-off: they know each customer's yearly value and the remaining years.
    """
    lapses, value, price = told.lapses, losses.value, round(cost)
    kept = [None if band.chance is None else band.chance * losses.years for band in bands]
    away = leavers(dataset, told)
    places = band_of(day_number(dataset.cut_off) - away.left_on).tolist()
    bought, left = days_of(lapses.last_purchase[away.places]), days_of(away.left_on)
    contacted, by_notice = away.contacted.tolist(), away.by_notice.tolist()
    found = []
    for number, (lapse, row) in enumerate(zip(away.places.tolist(), away.customer.tolist(), strict=True)):
        line, band, part = dataset.customer_lines.line(row), bands[places[number]], kept[places[number]]
        revenue, margin = int(value.revenue[row]), int(value.margin[row])
        found.append(
            WinBackCandidate(
                customer_id=line.customer_id,
                name=line.name,
                segment=line.segment,
                sales_rep=line.sales_rep,
                last_purchase=bought[number],
                left_on=left[number],
                by_notice=by_notice[number],
                reason=told.reasons[lapse],
                revenue_year=revenue,
                chance=band.chance,
                expected_gain=None if part is None else times(revenue, part) - price,
                expected_margin_gain=times(margin, part) - price if part is not None and value.costed[row] else None,
                permission=line.permission,
                contact=line.contact,
                contacted_on=None if contacted[number] == NEVER else day_of(contacted[number]),
                remark=told.remarks[lapse],
            )
        )
    return tuple(sorted(found, key=_rank))


def _rank(candidate: WinBackCandidate) -> tuple[int, int, str]:
    return -(candidate.expected_gain or 0), -candidate.revenue_year, candidate.customer_id


def _contacted_since(dataset: Dataset, lapses: Lapses) -> Integers:
    """Return the day number of the latest win-back contact since each lapse, or NEVER."""
    latest = np.full(dataset.ledger.customer_count, NEVER, dtype=np.int64)
    rows = carried_out(dataset, "win_back")
    if rows is not None:
        targets = rows.loc[rows["group"] == "target"]
        np.maximum.at(latest, targets["customer"].to_numpy(dtype=np.int64), targets["start"].to_numpy(dtype=np.int64))
    mine = latest[lapses.customer]
    return np.where(mine >= lapses.last_purchase, mine, NEVER)
