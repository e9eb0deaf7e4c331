"""What the forecast finds out."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from retention_reports.model.figures import Figure, money_figure
from retention_reports.model.money import share
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.analyses.forecast.estimates import Estimate
    from retention_reports.analyses.forecast.value_results import ComingValue
    from retention_reports.model.quarters import Quarter


class Method(StrEnum):
    """By which rule a forecast was made."""

    MODEL = "bg_nbd_gamma_gamma"
    SIMPLE = "same_quarter_a_year_ago"


class Verdict(StrEnum):
    """Why the model is used or not."""

    BETTER = "better"
    NOT_BETTER = "not_better"
    TOO_FEW_REPEAT_BUYERS = "too_few_repeat_buyers"
    FIT_FAILED = "fit_failed"
    NOT_COMPARABLE = "not_comparable"
    """The data does not tell who was a customer a year before the held-out quarters."""


class ModelPart(StrEnum):
    """Which of the two models."""

    PURCHASES = "purchases"
    VALUES = "values"


@record
class FitFailure:
    """A model that could not be fitted to the data up to a day; `problem` is a code of `FitProblem`."""

    day: date
    part: ModelPart
    problem: str

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `forecast.fit_problems`."""
        return {"as_of": self.day.isoformat(), "part": str(self.part), "problem": self.problem}


@record
class ModelParameters:
    """Fitted parameters to six significant digits: α in days, γ in currency units, the likelihood of purchases alone.

    `limits` names the bounds that the fit lies on (see the models), `k` is the regularity of purchases (1: BG/NBD).
    """

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    p: float
    q: float
    gamma: float
    limits: tuple[str, ...] = ()
    k: int = 1

    def figures(self) -> dict[str, Figure]:
        """Return `forecast.model`."""
        return {
            "k": self.k,
            "r": self.r,
            "alpha": self.alpha,
            "a": self.a,
            "b": self.b,
            "log_likelihood": self.log_likelihood,
            "p": self.p,
            "q": self.q,
            "gamma": self.gamma,
            "limits": list(self.limits),
        }


@record
class Comparison:
    """Summed absolute errors of both rules over the held-out quarters, in ten-thousandths."""

    quarters: tuple[Quarter, ...]
    model_error: int
    simple_error: int

    def figures(self) -> dict[str, Figure]:
        """Return `forecast.comparison`."""
        return {
            "quarters": [str(quarter) for quarter in self.quarters],
            "model_error": money_figure(self.model_error),
            "simple_error": money_figure(self.simple_error),
        }


@record
class CustomerValue:
    """One customer's lifetime value in ten-thousandths: realised since the start of the data, and expected from now.

    `alive` is the model's probability of still being a customer with six decimals, None where the model is not used or
    tells nothing (one-time buyers).
    """

    customer_id: str
    name: str
    status: str
    realised: int
    expected: Estimate
    alive: float | None

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `forecast.customers`."""
        alive = None if self.alive is None else share(self.alive, 1)
        return {
            "customer_id": self.customer_id,
            "status": self.status,
            "realised": money_figure(self.realised),
            **self.expected.figures(),
            "alive": alive,
        }


@record
class PillarValue:
    """Lifetime value of the customers of one pillar; ten-thousandths."""

    pillar: str
    customers: int
    realised: int
    expected: Estimate

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `forecast.lifetime_value.pillars`."""
        return {
            "pillar": self.pillar,
            "customers": self.customers,
            "realised": money_figure(self.realised),
            **self.expected.figures(),
        }


@record
class LifetimeValues:
    """Lifetime values by one method for all customers, largest expectation first.

    `years` is what expectation covers: the client's customer lifetime. `pillars` is empty where the data is too young
    to tell pillars apart. `coming` is what customers bring in the next 12 and 36 months; beyond that a lifetime value
    extrapolates, by the model or by the retention rate.
    """

    method: Method
    years: float
    pillars: tuple[PillarValue, ...]
    customers: tuple[CustomerValue, ...]
    coming: tuple[ComingValue, ...] = ()

    def figures(self) -> dict[str, Figure]:
        """Return `forecast.lifetime_value`; the customers stand apart."""
        return {
            "method": str(self.method),
            "years": round(self.years, 2),
            "pillars": [pillar.figures() for pillar in self.pillars],
            "coming": [value.figures() for value in self.coming],
        }
