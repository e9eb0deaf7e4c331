"""Seeded chance: the same seed and topic always draw the same."""

from __future__ import annotations

import math
from random import Random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")


def stream(seed: int, *topic: str | int) -> Random:
    """Return a source of chance of its own for a topic, so that one topic's draws never shift another's."""
    key = "/".join(str(part) for part in (seed, *topic))
    return Random(key)  # noqa: S311 (invented data, nothing to keep secret)


def weighted(chance: Random, weights: Mapping[T, float]) -> T:
    """Draw one key with a probability in proportion to its weight."""
    point = chance.random() * sum(weights.values())
    for key, weight in weights.items():
        point -= weight
        if point <= 0:
            return key
    return list(weights)[-1]


def happens(chance: Random, probability: float) -> bool:
    """Draw whether something with this probability happens."""
    return chance.random() < probability


def scattered(chance: Random, centre: float, spread: float) -> float:
    """Draw from a log-normal distribution with this mean and this standard deviation of the logarithm."""
    return centre * math.exp(chance.gauss(0, spread) - spread**2 / 2)
