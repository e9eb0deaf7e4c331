"""Each customer's revenue of the last twelve months and of the twelve before: what most questions here rest on."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from retention_reports.model.figures import Missing, Unknown
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    import numpy as np
    import numpy.typing as npt

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers


@record
class Years:
    """Two windows of twelve months: `now` ends at the cut-off, `before` a year ago. Amounts are ten-thousandths."""

    dataset: Dataset

    @property
    def two_years_ago(self) -> date:
        """The cut-off eight quarters before."""
        return self.dataset.quarter.plus(-8).last_day

    @property
    def knows_now(self) -> bool:
        """Tell whether the last twelve months lie within the data."""
        return self.dataset.covers(self.dataset.year_ago + timedelta(days=1))

    @property
    def knows_before(self) -> bool:
        """Tell whether the twelve months before lie within the data, too."""
        return self.dataset.covers(self.two_years_ago + timedelta(days=1))

    @cached_property
    def revenue(self) -> Integers:
        """Each customer's revenue of the last twelve months."""
        return self.dataset.revenue_between(self.dataset.year_ago, self.dataset.cut_off)

    @cached_property
    def revenue_before(self) -> Integers:
        """Each customer's revenue of the twelve months before."""
        return self.dataset.revenue_between(self.two_years_ago, self.dataset.year_ago)

    @cached_property
    def classes(self) -> npt.NDArray[np.str_]:
        """Each customer's value class at the cut-off."""
        return self.dataset.value_classes(self.dataset.cut_off)

    @cached_property
    def classes_before(self) -> npt.NDArray[np.str_]:
        """Each customer's value class a year ago."""
        return self.dataset.value_classes(self.dataset.year_ago)

    @cached_property
    def bought_before(self) -> Flags:
        """Tell which customers had bought by a year ago."""
        return self.dataset.ledger.bought_by(self.dataset.year_ago)

    def missing(self, *keys: str, both: bool = False) -> tuple[Missing, ...]:
        """Return the figures that the data is too young for; `both`: they need both windows."""
        known = self.knows_before if both else self.knows_now
        return () if known else tuple(Missing(key, Unknown.BEFORE_START_OF_DATA) for key in keys)
