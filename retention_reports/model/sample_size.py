"""How many customers it takes to tell whether a measure works."""

from __future__ import annotations

from math import ceil

from retention_reports.records import record

_CERTAINTY_AND_POWER = (1.959964 + 0.841621) ** 2
"""An error of 5 % on both sides, and an effect that is there is seen four times out of five."""


@record
class Needed:
    """How many customers it takes to tell two shares apart."""

    targets: int
    controls: int

    @property
    def all(self) -> int:
        """All customers together."""
        return self.targets + self.controls


def needed_for(without: float, with_it: float, share: float) -> Needed:
    """Return how many are needed to tell the shares who buy without and with the measure apart.

    n = 7.849 × (p₁(1 − p₁) ÷ (1 − s) + p₀(1 − p₀) ÷ s) ÷ (p₁ − p₀)², the usual formula for two proportions, of which
    the part s is the control group; each group is rounded up.
    """
    spread = with_it * (1 - with_it) / (1 - share) + without * (1 - without) / share
    everybody = _CERTAINTY_AND_POWER * spread / (with_it - without) ** 2
    return Needed(ceil(everybody * (1 - share)), ceil(everybody * share))
