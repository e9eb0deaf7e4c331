"""What the control of measures finds out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.measures.economics_results import estimate_figures
from retention_reports.model.figures import Figure, Missing, Rate, missing_figures, money_figure, rate_figures
from retention_reports.model.money import share
from retention_reports.model.sample_size import needed_for
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from retention_reports.analyses.measures.economics_results import CostPerCustomer, Estimate, RetentionGain


@record
class MeasureResult:
    """One measure held against those it did not reach. Amounts are ten-thousandths.

    `success` says what counts: `regained`, `new_category`, `first_purchase`, each within 180 days after the start, or
    `still_buying` (a purchase on days 91 to 180). `compared_with`: `control_group` (rows of the measure itself),
    `untouched` (comparable customers without such a measure), or `nobody`. Rates are None where success cannot be
    measured. `effect` is target share less control share with Newcombe's interval; None while the measure is too early
    to judge, or with nobody on one side.
    `verdict`: `works`, `does_not`, `too_early` (180 days not over), `too_few` (fewer than 10 on one side).
    `revenue` is that of successful targets in their 180 days, `added_revenue` what targets brought beyond as many
    controls, `profit` its margin at the client's margin share of the last twelve months less `cost`.
    `already_active` counts targets of a win-back measure who were active at its start.
    """

    measure_id: str
    kind: str
    title: str
    started_on: date
    judged_from: date
    success: str
    compared_with: str
    target: Rate | None
    control: Rate | None
    effect: float | None
    low: float | None
    high: float | None
    cost: int | None
    revenue: int | None
    added_revenue: Estimate | None
    profit: int | None
    already_active: int
    verdict: str

    @property
    def return_on_cost(self) -> float | None:
        """Profit ÷ cost; None where either is unknown or nothing was spent."""
        return None if self.profit is None or not self.cost else share(self.profit, self.cost)

    @property
    def needed(self) -> int | None:
        """How many customers would tell an effect as large as that seen from none, where it is open so far.

        Divided among both sides as they are now; None where the effect is decided, is none, or turned out negative.
        """
        is_open = self.verdict in {"does_not", "too_few"} and self.low is not None and self.low <= 0
        if not is_open or self.target is None or self.control is None:
            return None
        without, with_it = self.control.k / self.control.n, self.target.k / self.target.n
        if with_it <= without:
            return None
        return needed_for(without, with_it, self.control.n / (self.target.n + self.control.n)).all

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `measures.results`."""
        return {
            "measure_id": self.measure_id,
            "kind": self.kind,
            "started_on": self.started_on.isoformat(),
            "success": self.success,
            "compared_with": self.compared_with,
            **_counts("target", self.target),
            **_counts("control", self.control),
            "effect": _rounded(self.effect),
            "low": _rounded(self.low),
            "high": _rounded(self.high),
            "cost": money_figure(self.cost),
            "revenue": money_figure(self.revenue),
            **estimate_figures("added_revenue", self.added_revenue),
            "profit": money_figure(self.profit),
            "return_on_cost": self.return_on_cost,
            "already_active": self.already_active,
            "verdict": self.verdict,
            "needed": self.needed,
        }


@record
class MeasureStatus:
    """A measure as the client plans and reports it. `state` is "" where the client gives none.

    `targets` and `controls` count customers; sums are None where no row names any. `overdue` tells that it is open past
    its due day, `is_last_quarters` that it was known at the previous cut-off and then open or due since. `idea_on` is
    the day on which it was noted as an idea, None without.
    """

    measure_id: str
    kind: str
    title: str
    owner: str
    state: str
    started_on: date
    due_on: date | None
    cost: int | None
    expected_revenue: int | None
    targets: int
    controls: int
    is_open: bool
    overdue: bool
    is_last_quarters: bool
    idea_on: date | None = None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `measures.status`."""
        return {
            "measure_id": self.measure_id,
            "kind": self.kind,
            "title": self.title,
            "owner": self.owner,
            "state": self.state,
            "started_on": self.started_on.isoformat(),
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "cost": money_figure(self.cost),
            "expected_revenue": money_figure(self.expected_revenue),
            "targets": self.targets,
            "controls": self.controls,
            "open": self.is_open,
            "overdue": self.overdue,
            "of_last_quarter": self.is_last_quarters,
        }


@record
class FromIdea:
    """A measure that had been noted as an idea on `idea_on`; `result` is None while it is only planned or open."""

    measure: MeasureStatus
    idea_on: date
    result: MeasureResult | None

    @property
    def days_to_start(self) -> int:
        """Days from the idea to the measure's start."""
        return (self.measure.started_on - self.idea_on).days

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `measures.from_ideas`."""
        return {
            "measure_id": self.measure.measure_id,
            "idea_on": self.idea_on.isoformat(),
            "days_to_start": self.days_to_start,
            "state": self.measure.state,
            "verdict": self.result.verdict if self.result else None,
        }


@record
class SecondLife:
    """Customers regained by win-back measures at least 90 days ago: revenue a month after and before, each one's mean.

    `first_month` is the revenue of the twelve months up to the last purchase before the contact ÷ 12; `second_month`
    that of the days after the return up to the cut-off ÷ their months (days ÷ 30.4375); the purchase of the return does
    not count, or short second lives would look rich. Means over customers, ten-thousandths, None without any.
    `lost_again` counts those not active at the cut-off, of all regained.
    """

    customers: int
    first_month: float | None
    second_month: float | None
    lost_again: Rate

    def figures(self) -> dict[str, Figure]:
        """Return `measures.second_life`."""
        return {
            "customers": self.customers,
            "first_month": money_figure(self.first_month),
            "second_month": money_figure(self.second_month),
            **self.lost_again.figures("lost_again"),
        }


@record
class AgendaQuestion:
    """Something for the staff meeting to decide: a key to be worded, the measure it is about ("" for none), facts.

    Keys: `extend`, `stop_or_change`, `too_few_to_judge`, `overdue`, `without_owner`, `without_due_day`,
    `without_control_group`, `second_life_weaker`, `ideas_waiting`, `lost_not_contacted` (facts `k`, `n`),
    `no_open_measure` (fact `kind`).
    """

    key: str
    measure_id: str
    facts: Mapping[str, int | str]

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `measures.agenda`."""
        return {"question": self.key, "measure_id": self.measure_id, **self.facts}


@record
class Measures:
    """Measures, their control, and what retention is worth.

    `results` by start, oldest first; `status` by id; `plan` holds the open measures by due day (those without last);
    `ideas` are not yet measures, the oldest first.
    """

    status: tuple[MeasureStatus, ...]
    results: tuple[MeasureResult, ...]
    second_life: SecondLife | None
    retention_gain: RetentionGain | None
    cost_per_customer: tuple[CostPerCustomer, ...]
    agenda: tuple[AgendaQuestion, ...]
    missing: tuple[Missing, ...]
    ideas: tuple[MeasureStatus, ...] = ()

    @property
    def from_ideas(self) -> tuple[FromIdea, ...]:
        """The measures that were ideas once, the newest first, each with what it has brought so far."""
        results = {result.measure_id: result for result in self.results}
        found = [
            FromIdea(one, one.idea_on, results.get(one.measure_id)) for one in self.status if one.idea_on is not None
        ]
        return tuple(sorted(found, key=lambda one: (-one.measure.started_on.toordinal(), one.measure.measure_id)))

    @property
    def plan(self) -> tuple[MeasureStatus, ...]:
        """Open measures, the next due first."""
        open_ones = [entry for entry in self.status if entry.is_open]
        return tuple(
            sorted(open_ones, key=lambda one: (one.due_on is None, one.due_on or one.started_on, one.measure_id))
        )

    @property
    def last_quarters(self) -> tuple[MeasureStatus, ...]:
        """The measures whose progress last quarter's report promised to follow."""
        return tuple(entry for entry in self.status if entry.is_last_quarters)

    def figures(self) -> dict[str, Figure]:
        """Return the section `measures` of `figures.json`."""
        return {
            "status": [entry.figures() for entry in self.status],
            "plan": [entry.measure_id for entry in self.plan],
            "results": [result.figures() for result in self.results],
            "second_life": None if self.second_life is None else self.second_life.figures(),
            "retention_gain": None if self.retention_gain is None else self.retention_gain.figures(),
            "cost_per_customer": [entry.figures() for entry in self.cost_per_customer],
            "agenda": [question.figures() for question in self.agenda],
            "ideas": [_idea(entry) for entry in self.ideas],
            "from_ideas": [entry.figures() for entry in self.from_ideas],
            "missing": missing_figures(self.missing),
        }


def _idea(entry: MeasureStatus) -> dict[str, Figure]:
    return {
        "measure_id": entry.measure_id,
        "kind": entry.kind,
        "title": entry.title,
        "owner": entry.owner,
        "noted_on": entry.started_on.isoformat(),
        "expected_revenue": money_figure(entry.expected_revenue),
    }


def _counts(key: str, rate: Rate | None) -> dict[str, Figure]:
    figures = rate_figures(key, rate)
    return {f"{key}_k": figures[f"{key}_k"], f"{key}_n": figures[f"{key}_n"]}


def _rounded(number: float | None) -> float | None:
    return None if number is None else share(number, 1.0)
