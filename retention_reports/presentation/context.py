"""What every presenter gets: the results of all analyses, and the language to tell them in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from retention_reports.model.needs import knows
from retention_reports.recommending.deadlines import report_day
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_reports.model.client import Client
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.quarters import Quarter
    from retention_reports.presentation.formats import Formats
    from retention_reports.presentation.wording import Wording
    from retention_reports.recommending.results import Register

Result = TypeVar("Result")


@record
class Context:
    """The dataset, the results by analysis key, what is recommended, and the words and formats of the language.

    `committed_on` is the day of the data's commit, None where it has none.
    """

    dataset: Dataset
    results: Mapping[str, object]
    wording: Wording
    formats: Formats
    register: Register
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

    def knows(self, section: str, key: str) -> bool:
        """Tell whether the files say enough for a figure to be spoken of, by the table of needs."""
        return knows(self.dataset, section, key)

    def deadline(self, weeks: int) -> date:
        """Return the day so many weeks after the day of the report, which is told without a clock."""
        return report_day(self.dataset.cut_off, self.committed_on) + timedelta(weeks=weeks)

    def days_since(self, day: date) -> int:
        """Return how long before the cut-off a day lies."""
        return (self.dataset.cut_off - day).days
