"""What every presenter gets: the results of all analyses, and the language to tell them in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from retention_reports.analyses.pillars import Pillars
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_reports.model.client import Client
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.quarters import Quarter
    from retention_reports.presentation.formats import Formats
    from retention_reports.presentation.wording import Wording

Result = TypeVar("Result")


@record
class Context:
    """The dataset, the results by analysis key, and the words and formats of the client's language.

    `committed_on` is the day of the data's commit, None where it has none.
    """

    dataset: Dataset
    results: Mapping[str, object]
    wording: Wording
    formats: Formats
    committed_on: date | None = None

    @property
    def client(self) -> Client:
        """Who the report is about."""
        return self.dataset.client

    @property
    def quarter(self) -> Quarter:
        """The reported quarter."""
        return self.dataset.quarter

    def result(self, kind: type[Result]) -> Result:
        """Return the result of that type.

        Raises:
            LookupError: no analysis gave one.
        """
        for result in self.results.values():
            if isinstance(result, kind):
                return result
        message = f"no result of type {kind.__name__}"
        raise LookupError(message)

    def expected_loss(self, revenue: int) -> int:
        """Return how much of active customers' yearly revenue usually goes within a year.

        It is the share of customers lost in the last twelve months, so that decisions about revenue at risk can be
        ranked beside others; all of it where the data is too young to tell.
        """
        rate = self.result(Pillars).current.retention_rate_12m
        return revenue if rate is None or not rate.n else revenue * (rate.n - rate.k) // rate.n

    def deadline(self, weeks: int) -> date:
        """Return the day so many weeks after the cut-off, or after the data's commit if that came later.

        A deadline without a clock: the same data gives the same.
        """
        return max(self.dataset.cut_off, self.committed_on or self.dataset.cut_off) + timedelta(weeks=weeks)

    def days_since(self, day: date) -> int:
        """Return how long before the cut-off a day lies."""
        return (self.dataset.cut_off - day).days
