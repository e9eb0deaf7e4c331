"""What chances of buying nothing in the next quarter say of a customer, and what they were worth in the past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import Figure, Rate, rate_figures
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.analyses.early_warning.call_list import ListTest
    from retention_reports.model.quarters import Quarter

HABIT_GAPS = 3
"""A habit is told from so many gaps of the customer's own on."""

_COIN = 0.5


@record
class Outlook:
    """How likely a customer buys nothing in the next quarter, in its own rhythm.

    `chance` is that now, `as_usual` the same customer's had it been silent for no longer than usual; both None below
    the size from which chances can be told. `usual_days` is the customer's mean gap shrunk towards the client's median;
    `own_gaps` counts its own gaps, and only from three on a habit is told.
    """

    chance: float | None
    as_usual: float | None
    silent_days: int
    usual_days: float
    own_gaps: int

    @property
    def excess(self) -> float:
        """The chance above what is normal for the customer, at least 0; 0 where unknown."""
        if self.chance is None or self.as_usual is None:
            return 0.0
        return max(0.0, self.chance - self.as_usual)

    @property
    def has_habit(self) -> bool:
        """Tell whether there are enough gaps of the customer's own to speak of what it usually does."""
        return self.own_gaps >= HABIT_GAPS

    def figures(self) -> dict[str, Figure]:
        """Return what a customer's entry says of it."""
        return {
            "chance": _rounded(self.chance),
            "chance_as_usual": _rounded(self.as_usual),
            "silent_days": self.silent_days,
            "usual_days": round(self.usual_days, 1),
            "own_gaps": self.own_gaps,
        }


@record
class Ranking:
    """How well a score put leavers before stayers: the area under the curve with its 95 % interval, and list hits.

    `precision`: of the customers at the top of each quarter's list, those who bought nothing in the quarter after.
    """

    auc: float
    low: float
    high: float
    precision: Rate


@record
class Fifth:
    """A fifth of the customers by chance: the chance expected on average, and who bought nothing."""

    expected: float
    observed: Rate

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `early_warning.model.calibration`."""
        return {"expected": self.expected, **self.observed.figures("observed")}


@record
class Review:
    """What chances were worth in the past quarters on which they were tested, newest first.

    `rule` is `model` or `recency` (the days since the last purchase alone, where the model was no better); `base` are
    those of all who bought nothing; `listed` tells how the list is drawn and what it would have held. The log losses,
    of the model and of recency, are the mean of -ln of the chance given to what came: the smaller the better.
    """

    rule: str
    quarters: tuple[Quarter, ...]
    length: int
    model: Ranking
    recency: Ranking
    base: Rate
    calibration: tuple[Fifth, ...]
    log_loss: float
    recency_log_loss: float
    listed: ListTest

    @property
    def called(self) -> Rate | None:
        """Who of those that the lists would have named bought nothing; None where they would have been empty."""
        return Rate(self.listed.hits, self.listed.listed) if self.listed.listed else None

    @property
    def called_by_recency(self) -> Rate | None:
        """The same of lists as long by the days since the last purchase alone."""
        return Rate(self.listed.recency_hits, self.listed.listed) if self.listed.listed else None

    @property
    def used(self) -> Ranking:
        """The ranking of the rule that is used."""
        return self.model if self.rule == "model" else self.recency

    @property
    def is_proven(self) -> bool:
        """Tell whether the rule told leavers from stayers beyond chance: the interval of its area lies above a half."""
        return self.used.low > _COIN and (self.lift or 0.0) >= 1.0

    @property
    def lift(self) -> float | None:
        """How many times as many leavers the list holds as a list drawn by lot; None where nobody left."""
        if not self.base.k or not self.used.precision.n:
            return None
        return (self.used.precision.k / self.used.precision.n) / (self.base.k / self.base.n)

    def figures(self) -> dict[str, Figure]:
        """Return `early_warning.model`."""
        return {
            "rule": self.rule,
            "proven": self.is_proven,
            "quarters": [str(quarter) for quarter in self.quarters],
            "list_length": self.length,
            "auc": self.used.auc,
            "auc_low": self.used.low,
            "auc_high": self.used.high,
            "model_auc": self.model.auc,
            "recency_auc": self.recency.auc,
            **self.used.precision.figures("precision"),
            **self.recency.precision.figures("recency_precision"),
            **self.base.figures("base_rate"),
            "lift": None if self.lift is None else round(self.lift, 6),
            "log_loss": self.log_loss,
            "recency_log_loss": self.recency_log_loss,
            "list_by": self.listed.rule.by,
            "list_pool": self.listed.rule.pool,
            **rate_figures("called_silent", self.called),
            **rate_figures("called_silent_recency", self.called_by_recency),
            "calibration": [fifth.figures() for fifth in self.calibration],
        }


def _rounded(chance: float | None) -> float | None:
    return None if chance is None else round(chance, 6)
