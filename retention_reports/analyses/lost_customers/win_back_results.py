"""What the analysis of lost customers finds out about winning them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import Figure, Rate, money_figure, rate_figures
from retention_reports.model.money import share
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from retention_reports.model.addressees import Addressee
    from retention_reports.model.loss_reasons import LossReason


@record
class ChanceBand:
    """Lost customers so many days after leaving: who came back within a year, and the chance estimated from it.

    `until_day` is None in the last band; `chance` is None where nobody has been lost for a year.
    """

    from_day: int
    until_day: int | None
    returned: Rate
    chance: Fraction | None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `lost_customers.chances`."""
        return {
            "from_day": self.from_day,
            "until_day": self.until_day,
            **self.returned.figures("returned"),
            "chance": chance_figure(self.chance),
        }


@record
class ChanceTest:
    """How chances did in past years, told by the years before each: the mean squared distance from what came (Brier).

    `error` is that of chances by time since leaving, `constant_error` that of one chance for all.
    """

    customers: int
    error: Fraction
    constant_error: Fraction

    @property
    def by_time(self) -> bool:
        """Tell whether chances by time since leaving lay nearer to what came."""
        return self.error < self.constant_error

    def figures(self) -> dict[str, Figure]:
        """Return `lost_customers.chance_test`."""
        return {
            "customers": self.customers,
            "brier": chance_figure(self.error),
            "brier_constant": chance_figure(self.constant_error),
            "by_time": self.by_time,
        }


@record
class ReturnChances:
    """The chances of return by time since leaving, and their test; None where one year alone is known."""

    bands: tuple[ChanceBand, ...]
    test: ChanceTest | None


@record
class WinBackCandidate:
    """A lost customer worth a thought; amounts are ten-thousandths, gains None where the chance is unknown.

    `permission` to write is yes, no, or unknown; `contacted_on` is the start of the latest win-back measure since the
    customer left, None without one. `remark` is what is noted of the loss, "" without a note.
    """

    customer_id: str
    name: str
    segment: str
    sales_rep: str
    last_purchase: date
    left_on: date
    by_notice: bool
    reason: LossReason
    revenue_year: int
    chance: Fraction | None
    expected_gain: int | None
    expected_margin_gain: int | None
    permission: str
    contact: Addressee | None
    contacted_on: date | None
    remark: str

    @property
    def worthwhile(self) -> bool:
        """Whether the expected gain is above zero; false where it is unknown."""
        return self.expected_gain is not None and self.expected_gain > 0

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `lost_customers.win_back`."""
        return {
            "customer_id": self.customer_id,
            "expected_gain": money_figure(self.expected_gain),
            "expected_margin_gain": money_figure(self.expected_margin_gain),
            "chance": chance_figure(self.chance),
            "permission": self.permission,
            "revenue_year": money_figure(self.revenue_year),
            "left_on": self.left_on.isoformat(),
            "reason": self.reason.key,
            "contacted_on": self.contacted_on.isoformat() if self.contacted_on else None,
        }


@record
class WinBackMeasures:
    """Steps 3 and 4: customers `contacted` in the last twelve months, measures `running`, and results.

    `regained` are those of the contacts whose 180 days ended in the last twelve months, with their revenue in these
    days and the `cost` of all these contacts (ten-thousandths; None where no row names any).
    """

    contacted: int
    running: int
    regained: Rate
    regained_revenue: int
    cost: int | None


@record
class WinBackSteps:
    """The five steps of win-back in figures; None where no file tells.

    1 `identified` lost and sleeping customers at the cut-off, `identified_by_notice` of them; 2 `reason_known`;
    3 and 4 `measures`; 5 `second_loyalty`: of the customers who came back at least a year ago, those still active.
    """

    identified: int
    identified_by_notice: int
    reason_known: Rate | None
    measures: WinBackMeasures | None
    second_loyalty: Rate

    def figures(self) -> dict[str, Figure]:
        """Return `lost_customers.steps`."""
        acted = self.measures
        return {
            "identified": self.identified,
            "identified_by_notice": self.identified_by_notice,
            **rate_figures("reason_known", self.reason_known),
            "contacted": acted.contacted if acted else None,
            "measures_running": acted.running if acted else None,
            **rate_figures("regained", acted.regained if acted else None),
            "regained_revenue": money_figure(acted.regained_revenue if acted else None),
            "cost": money_figure(acted.cost if acted else None),
            **self.second_loyalty.figures("second_loyalty"),
        }


def chance_figure(chance: Fraction | None) -> float | None:
    """Return a chance with six decimals."""
    return None if chance is None else share(chance.numerator, chance.denominator)
