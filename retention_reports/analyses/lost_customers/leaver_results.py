"""What leavers tell, and what winning them back brings besides revenue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import Figure, Rate, money_figure, rate_figures
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.analyses.lost_customers.lost_customer import LostCustomer


@record
class PassedOn:
    """What became of the notes for one department ("" for all): those that reached it, and after how many days.

    `days` is the median of those that did; None where none did.
    """

    department: str
    reached: Rate
    days: float | None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `lost_customers.passed_on_departments`."""
        return {
            "name": self.department,
            "customers": self.reached.n,
            **self.reached.figures("passed_on"),
            "days": self.days,
        }


@record
class LeaversTell:
    """Lost customers in whose note anything stands in their own words, by department, and how the notes travelled.

    `passed_on` counts the lost customers of the last twelve months whose note names a department, or a reason that one
    can act on; None without the column.
    """

    words: tuple[LostCustomer, ...]
    passed_on: PassedOn | None
    departments: tuple[PassedOn, ...]

    def figures(self) -> dict[str, Figure]:
        """Return the keys `words`, `passed_on`, `passed_on_days`, and `passed_on_departments` of the section."""
        whole = self.passed_on
        return {
            "words": [_word(one) for one in self.words],
            **rate_figures("passed_on", whole.reached if whole else None),
            "passed_on_days": whole.days if whole else None,
            "passed_on_departments": [one.figures() for one in self.departments],
        }


@record
class Brought:
    """So many customers, and the revenue (ten-thousandths) that they brought."""

    customers: int
    revenue: int

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `lost_customers.benefits`."""
        return {"customers": self.customers, "revenue": money_figure(self.revenue)}


@record
class WinBackBenefits:
    """The five benefits of win-back in the client's own figures.

    `earnings`: customers who came back in the last twelve months, with their revenue since. `loyalty`: of those back
    for at least a year, the ones still active. `reputation`: customers whom returned customers referred after their
    return, with all their revenue. `competition`: of all customers ever noted as lost to a named competitor, those who
    have come back since. `knowledge`: lost customers of the last twelve months whose reason is known.
    """

    earnings: Brought
    loyalty: Rate
    reputation: Brought | None
    competition: Rate | None
    knowledge: Rate | None

    def figures(self) -> dict[str, Figure]:
        """Return `lost_customers.benefits`."""
        return {
            "earnings": self.earnings.figures(),
            **self.loyalty.figures("loyalty"),
            "reputation": self.reputation.figures() if self.reputation else None,
            **rate_figures("competition", self.competition),
            **rate_figures("knowledge", self.knowledge),
        }


def _word(entry: LostCustomer) -> dict[str, Figure]:
    note = entry.note
    return {
        "customer_id": entry.customer_id,
        "department": note.department,
        "competitor": note.competitor,
        "reason": note.reason.key,
        "words": note.remark,
        "noticed_on": note.noticed_on.isoformat() if note.noticed_on else None,
        "days_to_department": note.days_to_department,
        "revenue_year": money_figure(entry.revenue_year),
    }
