"""The Gamma–Gamma model of the value of a purchase: it varies around each customer's own mean, and means differ.

Source: P. S. Fader, B. G. S. Hardie (2013), The Gamma-Gamma Model of Monetary Value, note 025, brucehardie.com. Values
of one customer are Gamma(p, ν), the customers' ν is Gamma(q, γ); value and frequency are taken as independent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import gammaln, psi

from retention_reports.analyses.forecast.maximum_likelihood import Coordinate, FitProblem, maximise_near, significant
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.analyses.forecast.maximum_likelihood import Floats, LogLikelihood

_COORDINATES = (
    Coordinate(1e-2, 1000, at_high="values_alike"),
    Coordinate(1e-2, 100, at_high="customers_alike"),
    Coordinate(1e-4, 1e4),
)
"""p; q; p × γ ÷ q in units of the mean value. Beyond the named bounds a customer's purchases, or the customers' means,
hardly differ: the likelihood becomes flat, and the expected values stay the same."""

_STARTS = ((2.0, 3.0, 0.7), (1.0, 10.0, 1.0))
"""Customers who differ much, and customers who differ little."""


@record
class ValueModel:
    """A fitted Gamma–Gamma model. γ is in currency units; q is above 1, so that the mean exists.

    `limits` names the bounds that the fit lies on: `values_alike`, `customers_alike`.
    """

    p: float
    q: float
    gamma: float
    limits: tuple[str, ...] = ()

    def expected_value(self, repeats: Floats, mean_value: Floats) -> Floats:
        """Return the expected value of each customer's purchases, in the unit of γ.

        `mean_value` is the customer's mean over `repeats` purchases; without any it counts for nothing, and the mean
        of all customers results.
        """
        spent = np.where(repeats > 0, repeats * mean_value, 0.0)
        return self.p * (self.gamma + spent) / (self.p * repeats + self.q - 1)


def fit_value_model(repeats: Floats, mean_value: Floats, near: ValueModel | None = None) -> ValueModel | FitProblem:
    """Fit the model to customers with at least one repeat purchase and a mean value above zero; others are left out.

    `near` is a model of much the same customers, from which the search may start.
    """
    usable = (repeats > 0) & (mean_value > 0)
    if not usable.any():
        return FitProblem.TOO_FEW
    scale = float(mean_value[usable].mean())
    start = None if near is None else (near.p, near.q, near.p * near.gamma / near.q / scale)
    found = maximise_near(log_likelihood(repeats[usable], mean_value[usable] / scale), _COORDINATES, _STARTS, start)
    if isinstance(found, FitProblem):
        return found
    p, q, level = (float(value) for value in found.point)
    if significant(q) <= 1:
        return FitProblem.NO_MEAN
    return ValueModel(significant(p), significant(q), significant(level * q / p * scale), found.limits)


def log_likelihood(repeats: Floats, mean_value: Floats) -> LogLikelihood:
    """Return the log-likelihood of the customers' mean values by the logarithms of p, q, p × γ ÷ q."""
    x, places = np.unique(repeats, return_inverse=True)
    customers = np.bincount(places).astype(np.float64)
    spent = repeats * mean_value
    log_spent, constant = np.log(spent), -float(np.log(mean_value).sum())

    def evaluate(logarithms: Floats) -> tuple[Floats, Floats]:
        p, q, level = np.exp(logarithms.T)[:, :, np.newaxis]
        gamma = level * q / p
        log_sum = np.log(gamma + spent)
        by_x = gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(gamma)
        values = (customers * by_x).sum(axis=1) + (p * repeats * (log_spent - log_sum) - q * log_sum).sum(axis=1)
        slope_p = (customers * x * (psi(p * x + q) - psi(p * x))).sum(axis=1)
        slope_p += (repeats * (log_spent - log_sum)).sum(axis=1)
        slope_q = (customers * (psi(p * x + q) - psi(q) + np.log(gamma))).sum(axis=1) - log_sum.sum(axis=1)
        slope_gamma = (q / gamma - (p * repeats + q) / (gamma + spent)).sum(axis=1)
        by_p, by_q, by_gamma = slope_p * p[:, 0], slope_q * q[:, 0], slope_gamma * gamma[:, 0]
        return values + constant, np.stack([by_p - by_gamma, by_q + by_gamma, by_gamma], axis=1)

    return evaluate
