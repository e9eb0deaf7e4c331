"""Why customers left each time, whether they may be won back, and how long they have been away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.ledger import NEVER
from retention_reports.model.loss_reasons import UNKNOWN
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.model.lapses import Lapses
    from retention_reports.model.ledger import Integers
    from retention_reports.model.loss_reasons import LossReason, LossRecords

BAND_STARTS = (0, 183, 365, 730)
"""Days since leaving at which the bands begin: half a year, a year, two years."""


@record
class ExplainedLapses:
    """All lapses, each with its reason and whether the customer may be won back.

    Not recoverable is who left for an unavoidable reason or is noted as not recoverable. `remarks` are the notes' own
    words, "" where there are none.
    """

    lapses: Lapses
    reasons: list[LossReason]
    recoverable: np.ndarray
    remarks: list[str]


def explained_lapses(lapses: Lapses, records: LossRecords | None, cut_off_number: int) -> ExplainedLapses:
    """Find the newest note on each lapse between the last purchase and the return (or the cut-off)."""
    count = len(lapses.customer)
    if records is None:
        return ExplainedLapses(lapses, [UNKNOWN] * count, np.ones(count, dtype=bool), [""] * count)
    until = np.where(lapses.returned_on == NEVER, cut_off_number, lapses.returned_on - 1)
    places = records.latest(lapses.customer, lapses.last_purchase, until).tolist()
    found = [UNKNOWN if place < 0 else records.reasons[place] for place in places]
    hopeless = (records.rows["recoverable"] == "no").tolist()
    possible = [
        reason.avoidable is not False and not (place >= 0 and hopeless[place])
        for reason, place in zip(found, places, strict=True)
    ]
    notes = records.rows["note"].tolist()
    remarks = ["" if place < 0 else notes[place] for place in places]
    return ExplainedLapses(lapses, found, np.array(possible, dtype=bool), remarks)


def band_of(days_since_leaving: Integers) -> Integers:
    """Return the place of each number of days among the bands (the first for days before leaving)."""
    bands: Integers = np.maximum(np.searchsorted(BAND_STARTS, days_since_leaving, side="right") - 1, 0)
    return bands
