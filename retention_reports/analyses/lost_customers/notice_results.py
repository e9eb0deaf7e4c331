"""What the analysis of notices finds out."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from retention_reports.model.figures import Figure, Rate, money_figure
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date


class Reaction(StrEnum):
    """How soon after the notice, and before any new purchase, the first contact took place."""

    SOON = "within_two_days"
    LATER = "later"
    NEVER = "never"


@record
class Notice:
    """A notice of the last twelve months; `revenue_year` (ten-thousandths) is None where the data is too young.

    `first_contact_on` is the first contact on or after the day of the notice and not after the return; None where there
    was none, or where contacts are not recorded.
    """

    customer_id: str
    name: str
    given_on: date
    first_contact_on: date | None
    returned_on: date | None
    revenue_year: int | None

    @property
    def days_to_contact(self) -> int | None:
        """Days from the notice to the first contact."""
        return None if self.first_contact_on is None else (self.first_contact_on - self.given_on).days

    @property
    def unanswered(self) -> bool:
        """Whether the customer has neither been contacted nor come back."""
        return self.first_contact_on is None and self.returned_on is None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of the section's `notices` list."""
        return {
            "customer_id": self.customer_id,
            "given_on": self.given_on.isoformat(),
            "first_contact_on": self.first_contact_on.isoformat() if self.first_contact_on else None,
            "days_to_contact": self.days_to_contact,
            "returned_on": self.returned_on.isoformat() if self.returned_on else None,
            "revenue_year": money_figure(self.revenue_year),
        }


@record
class NoticeManagement:
    """Notices of the last twelve months, the unanswered first, and who came back by how soon they were answered.

    `reactions` counts those who bought again within 180 days, of all notices on record that are as old and not older
    than the first recorded contact; None where contacts are not recorded.
    """

    notices: tuple[Notice, ...]
    reactions: tuple[tuple[Reaction, Rate], ...] | None

    @property
    def unanswered(self) -> int | None:
        """How many of the notices are unanswered; None where contacts are not recorded."""
        return None if self.reactions is None else sum(notice.unanswered for notice in self.notices)

    def figures(self) -> dict[str, Figure]:
        """Return the keys `notices`, `notices_open`, and `notice_reactions` of the section."""
        reactions = self.reactions
        return {
            "notices": [notice.figures() for notice in self.notices],
            "notices_open": self.unanswered,
            "notice_reactions": None
            if reactions is None
            else [{"reaction": str(reaction), **rate.figures("returned")} for reaction, rate in reactions],
        }
