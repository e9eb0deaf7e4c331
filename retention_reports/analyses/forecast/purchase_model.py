"""The BG/NBD model of repeat purchases: customers buy at their own rate until, after some purchase, they stop for good.

Source: P. S. Fader, B. G. S. Hardie, K. L. Lee (2005), "Counting Your Customers" the Easy Way: An Alternative to the
Pareto/NBD Model, Marketing Science 24 (2), 275–284. While a customer is alive, purchases follow a Poisson process with
rate λ ~ Gamma(r, α); after each purchase the customer leaves with probability p ~ Beta(a, b).
"""

from __future__ import annotations

import numpy as np
from scipy.special import betaincinv, expit, gammaln, hyp2f1, psi

from retention_reports.analyses.forecast.histories import Histories
from retention_reports.analyses.forecast.maximum_likelihood import (
    Coordinate,
    FitProblem,
    Floats,
    LogLikelihood,
    maximise_near,
    significant,
)
from retention_reports.records import record

_COORDINATES = (
    Coordinate(1e-3, 100, at_high="rates_alike"),
    Coordinate(1e-3, 1e5),
    Coordinate(1e-3, 20, at_high="leaving_alike"),
    Coordinate(1e-5, 100, at_low="nobody_leaves", voids=2),
)
"""r; r ÷ α, purchases in the mean age; a; a ÷ b. Beyond the named bounds customers hardly differ in their rates or in
their probability of leaving: the likelihood becomes flat, and the forecasts stay the same."""

_STARTS = ((0.5, 2.0, 0.5, 0.2), (1.5, 8.0, 1.0, 0.03))
"""Occasional buyers who soon leave, and frequent ones who seldom do."""

_NODES = 64
_NEVER_LEAVES = 1e-30
_DIGITS_LOST = 1e-9
_LIKELIHOOD_DIGITS = 2


@record
class PurchaseModel:
    """A fitted BG/NBD model. α is in the histories' unit of time (days in reports).

    `limits` names the bounds that the fit lies on: `rates_alike`, `leaving_alike` (customers hardly differ),
    `nobody_leaves`.
    """

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    limits: tuple[str, ...] = ()

    def alive(self, histories: Histories) -> Floats:
        """Return each customer's probability of still being a customer at the end of the observation.

        The model can lose a customer only after a repeat purchase: without one the probability is 1. Never rank
        one-time buyers beside others by it.
        """
        x = histories.repeats
        repeated = np.maximum(x, 1)
        odds_of_having_left = (
            np.log(self.a)
            - np.log(self.b + repeated - 1)
            + (self.r + x) * np.log((self.alpha + histories.age) / (self.alpha + histories.recency))
        )
        return np.where(x > 0, expit(-odds_of_having_left), 1.0)

    def expected_purchases(self, histories: Histories, duration: float | Floats) -> Floats:
        """Return each customer's expected purchases in the time of that length after the observation (eq. 10).

        The published closed form takes the difference of nearly equal numbers where a is near 1, or where few purchases
        are expected of customers who seldom leave; there, the integral that it solves is worked out numerically.
        """
        closed, lost = self._closed_form(histories, duration)
        doubtful = ~(np.isfinite(closed) & (lost < _DIGITS_LOST))
        if doubtful.any():
            span = np.broadcast_to(duration, closed.shape)[doubtful]
            closed[doubtful] = self._integral(histories.of(doubtful), span)
        expected: Floats = self.alive(histories) * closed
        return expected

    def _closed_form(self, histories: Histories, duration: float | Floats) -> tuple[Floats, Floats]:
        """Return the expected purchases of those alive, and the relative error of rounding in them.

        Equation 10 after Euler's transformation of the hypergeometric function, whose parameters then no longer grow
        with the number of purchases.
        """
        x = histories.repeats
        start = self.alpha + histories.age
        share = duration / (start + duration)
        with np.errstate(all="ignore"):
            factor = (self.a + self.b + x - 1) / (self.a - 1)
            power = hyp2f1(self.a + self.b - 1 - self.r, self.a - 1, self.a + self.b + x - 1, share)
            expected = factor * (1 - power * (1 - share) ** (self.a - 1))
            return expected, np.abs(factor / expected) * np.finfo(np.float64).eps

    def _integral(self, histories: Histories, duration: Floats) -> Floats:
        """Return the expected purchases of those alive as the mean of (1 - ((α + T) ÷ (α + T + pt))^(r + x)) ÷ p.

        That is what the purchases come to for one p; the mean is taken by Gauss-Legendre quadrature over the quantiles
        of p ~ Beta(a, b + x). Every term is positive and bounded, so that nothing can cancel or overflow; the error is
        mostly below 1 in 10,000, and below 2 % where nearly everybody leaves at once.
        """
        x = histories.repeats
        stretch = duration / (self.alpha + histories.age)
        nodes, weights = np.polynomial.legendre.leggauss(_NODES)
        total = np.zeros_like(stretch)
        for node, weight in zip((nodes + 1) / 2, weights / 2, strict=True):
            leaving = np.maximum(betaincinv(self.a, self.b + x, node), _NEVER_LEAVES)
            total += weight * -np.expm1(-(self.r + x) * np.log1p(leaving * stretch)) / leaving
        return total


def fit_purchase_model(histories: Histories, near: PurchaseModel | None = None) -> PurchaseModel | FitProblem:
    """Fit the model by maximum likelihood; time is scaled by the mean age and scaled back.

    `near` is a model of much the same customers, from which the search may start.
    """
    scale = float(histories.age.mean())
    if scale <= 0 or not histories.repeat_buyers:
        return FitProblem.TOO_FEW
    distinct, counts = Histories(histories.repeats, histories.recency / scale, histories.age / scale).distinct()
    start = None if near is None else (near.r, near.r / near.alpha * scale, near.a, near.a / near.b)
    found = maximise_near(log_likelihood(distinct, counts), _COORDINATES, _STARTS, start)
    if isinstance(found, FitProblem):
        return found
    r, rate, a, odds = (float(value) for value in found.point)
    # The density of purchase times has the unit 1 ÷ time, once a purchase.
    in_own_unit = found.log_likelihood - float(histories.repeats.sum() * np.log(scale))
    return PurchaseModel(
        r=significant(r),
        alpha=significant(r / rate * scale),
        a=significant(a),
        b=significant(a / odds),
        log_likelihood=round(in_own_unit, _LIKELIHOOD_DIGITS),
        limits=found.limits,
    )


def log_likelihood(histories: Histories, counts: Floats) -> LogLikelihood:
    """Return the log-likelihood (eq. 6) of histories that occur `counts` times.

    Its point and gradient are in the logarithms of r, r ÷ α, a, a ÷ b. Gamma functions depend on the number of
    purchases alone and are computed once for each number that occurs.
    """
    x, places = np.unique(histories.repeats, return_inverse=True)
    customers = np.bincount(places, weights=counts).astype(np.float64)
    repeats, recency, age = histories.repeats, histories.recency, histories.age
    survived = np.maximum(repeats, 1) - 1
    repeated = repeats > 0
    total = float(counts.sum())

    def evaluate(logarithms: Floats) -> tuple[Floats, Floats]:
        r, rate, a, odds = np.exp(logarithms.T)[:, :, np.newaxis]
        alpha, b = r / rate, a / odds
        log_end, log_last = np.log(alpha + age), np.log(alpha + recency)
        gone = np.log(a) - np.log(b + survived) + (r + repeats) * (log_end - log_last)
        either = np.where(repeated, np.logaddexp(0.0, gone), 0.0)
        by_x = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        by_x += gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
        values = _sums(customers * by_x) + _sums(counts * (either - (r + repeats) * log_end))

        left = counts * np.where(repeated, expit(gone), 0.0)
        slope_r = _sums(customers * (psi(r + x) - psi(r) + np.log(alpha))) - _sums(counts * log_end)
        slope_r += _sums(left * (log_end - log_last))
        slope_alpha = total * rate[:, 0] - _sums((counts - left) * (r + repeats) / (alpha + age))
        slope_alpha -= _sums(left * (r + repeats) / (alpha + recency))
        slope_a = _sums(customers * (psi(a + b) - psi(a + b + x))) + _sums(left / a)
        slope_b = _sums(customers * (psi(a + b) + psi(b + x) - psi(b) - psi(a + b + x)))
        slope_b -= _sums(left / (b + survived))
        by_r, by_alpha, by_a, by_b = slope_r * r[:, 0], slope_alpha * alpha[:, 0], slope_a * a[:, 0], slope_b * b[:, 0]
        return values, np.stack([by_r + by_alpha, -by_alpha, by_a + by_b, -by_b], axis=1)

    return evaluate


def _sums(terms: Floats) -> Floats:
    """Return the sum of each row, without BLAS: it must not depend on the number of processors."""
    sums: Floats = terms.sum(axis=1)
    return sums
