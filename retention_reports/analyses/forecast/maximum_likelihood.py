"""Maximum likelihood with positive parameters: several starts, a polished optimum, and failures that are said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
LogLikelihood: TypeAlias = Callable[[Floats], tuple[float, Floats]]
"""Log-likelihood and its gradient by the logarithms of the coordinates in which it is climbed."""

SIGNIFICANT_DIGITS = 6
"""Parameters are rounded to these before anything is computed with them, so that every machine uses the same ones."""

_DIFFERENCE = 1e-5
_POLISHED = 1e-7
_MOST_STEPS = 30
_LONGEST_STEP = 1.5
_SHORTEST_SHARE = 1e-3
_FLAT = 1e-6


class FitProblem(StrEnum):
    """Why a model could not be fitted."""

    TOO_FEW = "too_few"
    """There are no cases that the model could learn from."""
    AT_BOUND = "at_bound"
    """The likelihood grows towards parameters that make no sense: the model does not describe these customers."""
    NOT_CONVERGED = "not_converged"
    """The climb did not end on a strict maximum: the data do not determine the parameters."""
    NO_MEAN = "no_mean"
    """The fitted distribution has no mean."""


@dataclass(frozen=True)
class Coordinate:
    """A positive quantity and its bounds; `at_low` and `at_high` name what a maximum on the bound means.

    A bound without a name is no sensible result: a maximum there is a failed fit. `voids` is the place of a coordinate
    that no longer matters once this one is on its lower bound (None: there is none); it is then held at 1.
    """

    low: float
    high: float
    at_low: str = ""
    at_high: str = ""
    voids: int | None = None


@dataclass(frozen=True)
class Maximum:
    """The best point (coordinates, not logarithms), the log-likelihood there, and the named bounds it lies on."""

    point: Floats
    log_likelihood: float
    limits: tuple[str, ...]


def maximise(
    log_likelihood: LogLikelihood, coordinates: Sequence[Coordinate], starts: Sequence[Sequence[float]]
) -> Maximum | FitProblem:
    """Climb from every start and return the highest strict maximum within the bounds, or what went wrong.

    Newton steps with differenced gradients reach the last digits in a dozen steps: the problem has three or four
    coordinates. (General optimisers stop at a looser rule, and their linear algebra may start threads for so few
    numbers, which costs seconds on a busy machine.) Coordinates on a bound stay there while the slope leads outwards.
    """
    bounds = np.log([(coordinate.low, coordinate.high) for coordinate in coordinates])
    voids = [(place, axis.voids) for place, axis in enumerate(coordinates) if axis.voids is not None]
    ends = [_climb(log_likelihood, np.clip(np.log(start), *bounds.T), bounds, voids) for start in starts]
    reached = [(log_likelihood(end)[0], end) for end in ends if end is not None]
    if not reached:
        return FitProblem.NOT_CONVERGED
    best = max(reached, key=lambda end: end[0])[1]
    limits = [coordinate.at_low for coordinate, on in zip(coordinates, best <= bounds[:, 0], strict=True) if on]
    limits += [coordinate.at_high for coordinate, on in zip(coordinates, best >= bounds[:, 1], strict=True) if on]
    if not all(limits):
        return FitProblem.AT_BOUND
    return Maximum(np.exp(best), log_likelihood(best)[0], tuple(limits))


def maximise_near(
    log_likelihood: LogLikelihood,
    coordinates: Sequence[Coordinate],
    starts: Sequence[Sequence[float]],
    near: Sequence[float] | None,
) -> Maximum | FitProblem:
    """Climb from a point known to be near, which takes few steps; without one, or if that fails, from all starts."""
    found = maximise(log_likelihood, coordinates, [near]) if near is not None else FitProblem.NOT_CONVERGED
    return maximise(log_likelihood, coordinates, starts) if isinstance(found, FitProblem) else found


def significant(value: float) -> float:
    """Round to the digits in which fitted parameters are used and shown."""
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}")


def _climb(
    log_likelihood: LogLikelihood, point: Floats, bounds: Floats, voids: Sequence[tuple[int, int]]
) -> Floats | None:
    for _ in range(_MOST_STEPS):
        void = [other for place, other in voids if point[place] <= bounds[place, 0]]
        point[void] = 0.0
        value, gradient = log_likelihood(point)
        free = ~_held(point, gradient, bounds)
        free[void] = False
        curvature = _curvature(log_likelihood, point, gradient, free)
        if not np.isfinite(curvature).all():
            return None
        strengths, directions = np.linalg.eigh(curvature)
        # Away from the maximum the surface may curve upwards: its absolute curvature still gives a step that climbs.
        along = directions.T @ gradient[free] / np.maximum(np.abs(strengths), _FLAT)
        step = np.zeros_like(point)
        step[free] = directions @ along
        longest = float(np.abs(step).max())
        if longest < _POLISHED:
            return point if strengths.max(initial=-1.0) < 0 else None
        point = _stepped(log_likelihood, point, value, step * min(1.0, _LONGEST_STEP / longest), bounds)
    return None


def _held(point: Floats, gradient: Floats, bounds: Floats) -> npt.NDArray[np.bool_]:
    """Tell which coordinates lie on a bound and would leave it."""
    held: npt.NDArray[np.bool_] = ((point <= bounds[:, 0]) & (gradient < 0)) | (
        (point >= bounds[:, 1]) & (gradient > 0)
    )
    return held


def _stepped(log_likelihood: LogLikelihood, point: Floats, value: float, step: Floats, bounds: Floats) -> Floats:
    """Return where the step leads within the bounds, shortened until nothing is lost by it."""
    share = 1.0
    while share > _SHORTEST_SHARE:
        target = np.clip(point + share * step, bounds[:, 0], bounds[:, 1])
        if log_likelihood(target)[0] >= value - abs(value) * np.finfo(np.float64).eps * len(step):
            return target
        share /= 2
    return target


def _curvature(log_likelihood: LogLikelihood, point: Floats, gradient: Floats, free: npt.NDArray[np.bool_]) -> Floats:
    """Return the second derivatives by the free coordinates, from differences of the gradient."""
    steps = np.eye(len(point))[free] * _DIFFERENCE
    rows = [log_likelihood(point + step)[1] - gradient for step in steps]
    matrix = np.array(rows).reshape(len(steps), len(point))[:, free] / _DIFFERENCE
    symmetric: Floats = (matrix + matrix.T) / 2
    return symmetric
