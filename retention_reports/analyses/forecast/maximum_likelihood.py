"""Maximum likelihood with positive parameters: several starts, a polished optimum, and failures that are said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from retention_reports.records import record

Floats: TypeAlias = npt.NDArray[np.float64]
LogLikelihood: TypeAlias = Callable[[Floats], tuple[Floats, Floats]]
"""Log-likelihoods and their gradients at several points, one a row: the logarithms of the coordinates to climb in."""

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


@record
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


@record
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
    climb = _Climb(log_likelihood, bounds, {place: axis.voids for place, axis in enumerate(coordinates)})
    ends = [climb.from_start(np.log(start)) for start in starts]
    reached = [end for end in ends if end is not None]
    if not reached:
        return FitProblem.NOT_CONVERGED
    value, best = max(reached, key=lambda end: end[0])
    limits = [coordinate.at_low for coordinate, on in zip(coordinates, best <= bounds[:, 0], strict=True) if on]
    limits += [coordinate.at_high for coordinate, on in zip(coordinates, best >= bounds[:, 1], strict=True) if on]
    if not all(limits):
        return FitProblem.AT_BOUND
    return Maximum(np.exp(best), value, tuple(limits))


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


@record
class _Place:
    """A point on the way up: the likelihood there, its gradient, and its matrix of second derivatives."""

    point: Floats
    value: float
    gradient: Floats
    curvature: Floats


@record
class _Climb:
    """Newton's method within bounds (one row a coordinate, lower and upper)."""

    log_likelihood: LogLikelihood
    bounds: Floats
    voids: Mapping[int, int | None]

    def from_start(self, start: Floats) -> tuple[float, Floats] | None:
        """Return the likelihood and the place of the strict maximum that the climb ends on, or None."""
        here = self._look(start)
        for _ in range(_MOST_STEPS):
            free = self._free(here)
            curvature = here.curvature[np.ix_(free, free)]
            if not np.isfinite(curvature).all():
                return None
            strengths, directions = np.linalg.eigh(curvature)
            # Away from the maximum the surface may curve upwards: its absolute curvature still gives a climbing step.
            step = np.zeros_like(here.point)
            step[free] = directions @ (directions.T @ here.gradient[free] / np.maximum(np.abs(strengths), _FLAT))
            longest = float(np.abs(step).max())
            if longest < _POLISHED:
                end = np.clip(here.point + step, *self.bounds.T)
                return (here.value, end) if strengths.max(initial=-1.0) < 0 else None
            here = self._stepped(here, step * min(1.0, _LONGEST_STEP / longest))
        return None

    def _look(self, point: Floats) -> _Place:
        """Work out a place within the bounds; second derivatives come from differences of the gradient."""
        point = np.clip(point, *self.bounds.T)
        point[self._void(point)] = 0.0
        values, gradients = self.log_likelihood(np.vstack([point, point + np.eye(len(point)) * _DIFFERENCE]))
        curvature = (gradients[1:] - gradients[0]) / _DIFFERENCE
        return _Place(point, float(values[0]), gradients[0], (curvature + curvature.T) / 2)

    def _stepped(self, here: _Place, step: Floats) -> _Place:
        """Follow the step, shortened until nothing is lost by it."""
        rounding = abs(here.value) * np.finfo(np.float64).eps * len(step)
        share = 1.0
        there = self._look(here.point + step)
        while there.value < here.value - rounding and share > _SHORTEST_SHARE:
            share /= 2
            there = self._look(here.point + share * step)
        return there

    def _free(self, here: _Place) -> npt.NDArray[np.bool_]:
        """Tell which coordinates may move: they matter, and do not press against a bound."""
        low, high = self.bounds.T
        free: npt.NDArray[np.bool_] = ~((here.point <= low) & (here.gradient < 0)) & ~(
            (here.point >= high) & (here.gradient > 0)
        )
        free[self._void(here.point)] = False
        return free

    def _void(self, point: Floats) -> list[int]:
        return [
            other for place, other in self.voids.items() if other is not None and point[place] <= self.bounds[place, 0]
        ]
