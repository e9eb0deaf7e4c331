"""Expected revenue that is written in another unit than orders are: thousands beside single euros."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.messages import say
from retention_reports.model.money import in_cents
from retention_reports.model.order_status import has_status

if TYPE_CHECKING:
    import numpy.typing as npt

    from retention_reports.reading.problems import ProblemLog
    from retention_reports.validation.tables import CheckedTable

_POTENTIAL = "potential"
_YEAR = np.timedelta64(365, "D")
_FEWEST = 2
_TIMES = 50
"""Nobody expects a fiftieth of what customers buy; in thousands, it would be a thousandth."""


def warn_of_other_scales(customers: CheckedTable, orders: CheckedTable, log: ProblemLog) -> None:
    """Warn where the usual customer buys fifty times the potential in the last year of the data, and more."""
    if _POTENTIAL not in customers.given_columns or _POTENTIAL in customers.source.settings.factors:
        return
    expected = customers.frame[_POTENTIAL].fillna(0).to_numpy(dtype=np.int64)
    bought = _last_year(orders, len(expected))
    both = (expected > 0) & (bought > 0)
    if both.sum() < _FEWEST or np.median(bought[both] / expected[both]) < _TIMES:
        return
    place = int(np.argmax(both & (bought >= _TIMES * expected)))
    row = int(customers.frame.index[place])
    message = say(
        "scales.low_potentials",
        n=int(both.sum()),
        given=in_cents(int(expected[place])),
        bought=in_cents(int(bought[place])),
    )
    page = say("scales.low_potentials_page", times=_TIMES)
    log.warning(customers.location(row, _POTENTIAL), "scale", message, on_first_page=page)


def _last_year(orders: CheckedTable, customers: int) -> npt.NDArray[np.int64]:
    """Return what each customer bought in the year up to the last order."""
    frame = orders.frame
    days, buyers = frame["ordered_on"].to_numpy(), frame["customer"].to_numpy()
    if not len(days):
        return np.zeros(customers, dtype=np.int64)
    counts = (days > days.max() - _YEAR) & (buyers >= 0) & has_status(frame, "completed")
    sums = np.zeros(customers, dtype=np.int64)
    np.add.at(sums, buyers[counts], frame["amount"].to_numpy()[counts])
    return sums
