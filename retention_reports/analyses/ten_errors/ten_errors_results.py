"""Ten beliefs about retention, each with its verdict and the figures it rests on."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING

from retention_reports.model.figures import Figure, Missing, Rate, missing_figures, money_figure
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping


class Verdict(StrEnum):
    """What the client's data says about a belief."""

    REFUTED = "refuted"
    CONFIRMED = "confirmed"
    UNTOLD = "untold"


@record
class Belief:
    """One belief held against the data.

    `rates` and `amounts` (ten-thousandths) are the figures behind the verdict, by name; `interval` is the 95 % interval
    of the difference or share that decided, where there is one. `missing` tells why nothing is known; then there are no
    figures. `stake` is the money that rests on the belief, for ranking.
    """

    key: str
    verdict: Verdict
    rates: Mapping[str, Rate] = field(default_factory=dict)
    amounts: Mapping[str, int] = field(default_factory=dict)
    interval: tuple[float, float] | None = None
    missing: Missing | None = None
    stake: int = 0

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `ten_errors.beliefs`."""
        low, high = self.interval or (None, None)
        found: dict[str, Figure] = {"belief": self.key, "verdict": str(self.verdict)}
        for name, rate in self.rates.items():
            found.update(rate.figures(name))
        found.update({name: money_figure(amount) for name, amount in self.amounts.items()})
        return {**found, "low": low, "high": high}


def unknown(key: str, missing: Missing) -> Belief:
    """Return a belief of which nothing is known."""
    return Belief(key, Verdict.UNTOLD, missing=missing)


@record
class TenErrors:
    """The section `ten_errors`: the beliefs in the order in which they are listed everywhere."""

    beliefs: tuple[Belief, ...]

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What was not known, belief by belief."""
        return tuple(belief.missing for belief in self.beliefs if belief.missing is not None)

    def with_verdict(self, verdict: Verdict) -> tuple[Belief, ...]:
        """Return the beliefs of one verdict."""
        return tuple(belief for belief in self.beliefs if belief.verdict is verdict)

    def figures(self) -> dict[str, Figure]:
        """Return the section `ten_errors` of `figures.json`."""
        return {
            **{str(verdict): len(self.with_verdict(verdict)) for verdict in Verdict},
            "beliefs": [belief.figures() for belief in self.beliefs],
            "missing": missing_figures(self.missing),
        }
