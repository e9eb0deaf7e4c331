"""How often and for how much: the two fitted models together give each customer's expected revenue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.forecast.customer_base_results import FitFailure, ModelParameters, ModelPart
from retention_reports.analyses.forecast.maximum_likelihood import FitProblem
from retention_reports.analyses.forecast.purchase_model import PurchaseModel, fit_purchase_model
from retention_reports.analyses.forecast.value_model import ValueModel, fit_value_model
from retention_reports.model.money import UNIT
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.analyses.forecast.customer_base import CustomerBase
    from retention_reports.analyses.forecast.histories import Floats
    from retention_reports.model.ledger import Integers


@record
class SpendingModel:
    """BG/CNBD-k for purchases and Gamma–Gamma for their value, fitted to one customer base."""

    purchases: PurchaseModel
    values: ValueModel

    @property
    def parameters(self) -> ModelParameters:
        """The fitted numbers, for the report."""
        buying, value = self.purchases, self.values
        return ModelParameters(
            buying.r,
            buying.alpha,
            buying.a,
            buying.b,
            buying.log_likelihood,
            value.p,
            value.q,
            value.gamma,
            buying.limits + value.limits,
            buying.k,
        )

    def expected_revenue(self, base: CustomerBase, days: int) -> Integers:
        """Return each customer's expected revenue on the days after, in ten-thousandths; 0 after a notice."""
        return self._revenue(base, self.purchases.expected_purchases(base.histories, days))

    def alive(self, base: CustomerBase) -> Floats:
        """Return each customer's probability of still being one; NaN without a repeat purchase, 0 after a notice."""
        known = np.where(base.histories.repeats > 0, self.purchases.alive(base.histories), np.nan)
        return np.where(base.gave_notice, 0.0, known)

    def _revenue(self, base: CustomerBase, purchases: Floats) -> Integers:
        value = self.values.expected_value(base.histories.repeats, base.mean_value) * base.kept_share
        revenue = np.where(base.gave_notice, 0.0, purchases * value * UNIT)
        return np.rint(revenue).astype(np.int64)


def fit_spending_model(base: CustomerBase, day: date, near: SpendingModel | None = None) -> SpendingModel | FitFailure:
    """Fit both models to the customer base of a day; `near` is a model of another day, from which to start."""
    purchases = fit_purchase_model(base.histories, None if near is None else near.purchases, base.log_gaps)
    if isinstance(purchases, FitProblem):
        return FitFailure(day, ModelPart.PURCHASES, str(purchases))
    values = fit_value_model(base.histories.repeats, base.mean_value, None if near is None else near.values)
    if isinstance(values, FitProblem):
        return FitFailure(day, ModelPart.VALUES, str(values))
    return SpendingModel(purchases, values)
