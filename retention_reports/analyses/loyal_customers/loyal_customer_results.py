"""What the analysis of loyal customers finds out. Amounts are ten-thousandths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import Figure, Missing, missing_figures, money_figure
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.analyses.loyal_customers.ambassadors import Referrals, Satisfied
    from retention_reports.analyses.loyal_customers.breadth import Breadth
    from retention_reports.analyses.loyal_customers.cohorts import Cohort
    from retention_reports.analyses.loyal_customers.complaints import Complaints
    from retention_reports.analyses.loyal_customers.concentration import Concentration
    from retention_reports.analyses.loyal_customers.decomposition import Decomposition
    from retention_reports.analyses.loyal_customers.development import Development
    from retention_reports.analyses.loyal_customers.scores import ScoreFindings


@record
class CustomerProfile:
    """One customer with revenue in one of the last two years; what is not known or does not apply is "", 0, or None.

    `value_class` and `value_class_before` are A, B, C, or ""; `direction` and `group` as in the findings; scores run
    from 1 to 5; `categories` is None without product lines. `waits` tells that the last purchase is further back than
    the customer's usual interval.
    """

    customer_id: str
    name: str
    segment: str
    revenue: int
    revenue_before: int | None
    value_class: str
    value_class_before: str
    direction: str
    group: str
    recency: int
    frequency: int
    value: int
    categories: int | None
    last_purchase: date | None
    waits: bool


@record
class Bonds:
    """Of loyal customers what registers are made from; as the same fields of `LoyalCustomers`."""

    referrals: Referrals | None
    satisfied_not_asked: tuple[Satisfied, ...] | None
    complaints: Complaints | None


@record
class LoyalCustomers:
    """Everything about existing customers; what cannot be known is None or empty, with an entry in `missing`.

    `customers` are all with revenue above zero in the last twelve months or the twelve before, largest first.
    """

    cohorts: tuple[Cohort, ...]
    decomposition: Decomposition
    concentration: Concentration
    scores: ScoreFindings
    development: tuple[Development, ...]
    breadth: Breadth | None
    referrals: Referrals | None
    satisfied_not_asked: tuple[Satisfied, ...] | None
    complaints: Complaints | None
    customers: tuple[CustomerProfile, ...]
    missing: tuple[Missing, ...]

    def figures(self) -> dict[str, Figure]:
        """Return the section `loyal_customers` of `figures.json`."""
        return {
            "cohorts": [cohort.figures() for cohort in self.cohorts],
            "cohorts_revenue": [cohort.revenue_figures() for cohort in self.cohorts],
            **self._decomposition(),
            **self._concentration(),
            "rfm_groups": [group.figures() for group in self.scores.groups],
            "rfm_movements": [movement.figures() for movement in self.scores.movements],
            "development": [entry.figures() for entry in self.development],
            "breadth": None if self.breadth is None else self.breadth.figures(),
            "referrals": None if self.referrals is None else self.referrals.figures(),
            "satisfied_not_asked": None if self.satisfied_not_asked is None else len(self.satisfied_not_asked),
            "complaints": None if self.complaints is None else self.complaints.figures(),
            "missing": missing_figures(self.missing),
        }

    def _decomposition(self) -> dict[str, Figure]:
        found = self.decomposition
        return {
            "decomposition": {
                "now": None if found.now is None else found.now.figures(),
                "before": None if found.before is None else found.before.figures(),
            },
            "change_by_factor": None if found.change is None else found.change.figures(),
        }

    def _concentration(self) -> dict[str, Figure]:
        found = self.concentration
        classes: dict[str, Figure] = {
            entry.name: {"customers": entry.customers, "revenue": money_figure(entry.revenue)}
            for entry in found.classes
        }
        largest: list[Figure] = [{"customers": number, **rate.figures("share")} for number, rate in found.largest]
        return {
            "abc": classes or None,
            "deciles": [decile.figures() for decile in found.deciles],
            "largest": largest,
            "class_movements": [movement.figures() for movement in found.movements],
        }
