"""Penalised logistic regression: the chance of an event from a few numbers, drawn towards the overall share."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from retention_reports.records import record

if TYPE_CHECKING:
    import numpy.typing as npt

    from retention_reports.model.ledger import Flags

    Floats: TypeAlias = npt.NDArray[np.float64]

PENALTY = 10.0
"""Half of it × the square of each coefficient (per standard deviation of its number) is taken off the likelihood."""

_STEPS = 50
_HALVINGS = 20
_CLOSE = 1e-9
_DIGITS = 8
_RARE = 1e-6


@record
class Logistic:
    """A fitted model. `weights` are per standard deviation of the numbers, whose means and deviations it keeps."""

    intercept: float
    weights: Floats
    means: Floats
    deviations: Floats

    def chance(self, numbers: Floats) -> Floats:
        """Return the event's chance for each row of numbers."""
        return sigmoid(self.intercept + ((numbers - self.means) / self.deviations) @ self.weights)


def sigmoid(odds: Floats) -> Floats:
    """Return 1 ÷ (1 + e^-x) of log-odds, without overflow."""
    chances: Floats = 0.5 * (1.0 + np.tanh(0.5 * odds))
    return chances


def log_odds(chances: Floats) -> Floats:
    """Return ln(p ÷ (1 - p)), within chances of one in a million."""
    bounded = np.clip(chances, _RARE, 1.0 - _RARE)
    odds: Floats = np.log(bounded / (1.0 - bounded))
    return odds


def fit_logistic(numbers: Floats, happened: Flags, penalty: float = PENALTY) -> Logistic:
    """Fit by Newton's method (iteratively reweighted least squares); the intercept is not penalised.

    `numbers` has a row a case; a column that never varies gets no weight. Steps that do not raise the penalised
    likelihood are halved. Weights are kept to eight digits, so that the order of the rows does not show.
    """
    means, spread = numbers.mean(axis=0), numbers.std(axis=0)
    deviations = np.where(spread > _CLOSE, spread, 1.0)
    design = np.column_stack([np.ones(len(numbers)), np.where(spread > _CLOSE, (numbers - means) / deviations, 0.0)])
    ridge = np.full(design.shape[1], penalty)
    ridge[0] = 0.0
    events = happened.astype(np.float64)
    point = np.zeros(design.shape[1])
    point[0] = log_odds(events.mean(keepdims=True))[0]
    scores = design @ point
    best = _penalised(scores, events, point, ridge)
    for _ in range(_STEPS):
        chances = sigmoid(scores)
        slope = design.T @ (events - chances) - ridge * point
        step = np.linalg.solve(_curvature(design, chances, ridge), slope)
        for _ in range(_HALVINGS):
            scores = design @ (point + step)
            reached = _penalised(scores, events, point + step, ridge)
            if reached >= best:
                break
            step = step / 2
        else:
            break
        point, gained, best = point + step, reached - best, reached
        if gained < _CLOSE and float(np.abs(step).max()) < _CLOSE:
            break
    kept = _significant(point)
    return Logistic(float(kept[0]), kept[1:], _significant(means), _significant(deviations))


def _penalised(scores: Floats, events: Floats, point: Floats, ridge: Floats) -> float:
    return float((events * scores - np.logaddexp(0.0, scores)).sum() - 0.5 * (ridge * point * point).sum())


def _curvature(design: Floats, chances: Floats, ridge: Floats) -> Floats:
    curvature: Floats = (design.T * (chances * (1.0 - chances))) @ design + np.diag(ridge + _CLOSE)
    return curvature


def _significant(values: Floats) -> Floats:
    return np.array([float(f"{value:.{_DIGITS}g}") for value in values.tolist()])
