"""Whether the orders reach back far enough to tell old customers from new ones in a quarter."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from retention_reports.model.quarters import QUARTERS_PER_YEAR, months_before
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.model.client import Client
    from retention_reports.model.quarters import Quarter


@record
class YoungHistory:
    """The orders begin on `first_day`, and nobody has said whether that is all there ever was.

    Who is new, loyal or lost is known from the quarter `known_from` on, retention over a year three quarters later.
    """

    first_day: date
    known_from: Quarter

    def hides_customers_in(self, quarter: Quarter) -> bool:
        """Tell whether nobody can say who was new, loyal or lost in the quarter, retention over a year aside."""
        return quarter < self.known_from


def young_history(client: Client, first_order: date, quarter: Quarter) -> YoungHistory | None:
    """Return from when on customers can be told apart, where some figure of the quarter cannot be known yet.

    None where it can, where `client.toml` says from when the data is complete or that it holds every order ever, and
    before the first order.
    """
    if client.history_complete or client.data_from is not None or quarter.last_day < first_order:
        return None
    months = max(client.lapse_months, *client.segment_lapse_months.values(), 0)
    known_from = quarter.plus(-QUARTERS_PER_YEAR)
    while months_before(known_from.previous.last_day, months) + timedelta(days=1) < first_order:
        known_from = known_from.plus(1)
    return YoungHistory(first_order, known_from) if known_from > quarter.year_before.plus(1) else None
