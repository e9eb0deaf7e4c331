"""One lost customer, and what is noted of the loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.loss_reasons import UNKNOWN
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.model.addressees import Addressee
    from retention_reports.model.loss_reasons import LossReason


@record
class LossNote:
    """What is known of a loss. `word` is the client's own for the reason; texts are "" where nothing is noted.

    `department` is the client's word, else the catalogue's key. `recoverable` is yes, no, or unknown. `noticed_on` is
    the day of the note, `passed_on` that on which the department had it; None without.
    """

    reason: LossReason = UNKNOWN
    word: str = ""
    competitor: str = ""
    recoverable: str = "unknown"
    department: str = ""
    remark: str = ""
    noticed_on: date | None = None
    passed_on: date | None = None

    @property
    def days_to_department(self) -> int | None:
        """Days from the note until the department had it."""
        if self.noticed_on is None or self.passed_on is None:
            return None
        return (self.passed_on - self.noticed_on).days


@record
class LostCustomer:
    """One customer lost in the last twelve months.

    `value_class` is that at the end of the quarter of the last purchase. `revenue_year` may be too low where the data
    begins within that year.
    """

    customer_id: str
    name: str
    segment: str
    value_class: str
    sales_rep: str
    last_purchase: date
    by_notice: bool
    revenue_year: int
    note: LossNote
    permission: str
    contact: Addressee | None
