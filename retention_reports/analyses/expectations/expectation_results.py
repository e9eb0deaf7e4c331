"""What is known of customers' expectations."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from retention_reports.model.figures import Figure, Missing, Rate, missing_figures, money_figure, rate_figures
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.model.customer_lines import CustomerLine
    from retention_reports.model.quarters import Quarter

SATISFIED_FROM = 9
DISSATISFIED_TO = 6
SETTLED_WITHIN_DAYS = 14


@record
class Scores:
    """Scores of surveys, 0 to 10: how many, their mean with six decimals (None without any)."""

    number: int
    mean: float | None

    def figures(self, key: str) -> dict[str, Figure]:
        """Return the mean and its base under `key` and `key_n`."""
        return {key: self.mean, f"{key}_n": self.number}


@record
class Change:
    """Scores of the last twelve months beside those of the twelve before; the 95 % interval of the difference."""

    now: Scores
    before: Scores
    interval: tuple[float, float] | None

    @property
    def direction(self) -> int:
        """1 up, -1 down, 0 where the interval includes no change or is not known."""
        if self.interval is None:
            return 0
        low, high = self.interval
        return 1 if low > 0 else -1 if high < 0 else 0

    @property
    def comparable(self) -> bool:
        """Tell whether there is anything to compare with."""
        return self.interval is not None

    def figures(self) -> dict[str, Figure]:
        """Return both means and the interval."""
        low, high = self.interval or (None, None)
        return {
            **self.now.figures("score"),
            **self.before.figures("score_before"),
            "score_change_low": low,
            "score_change_high": high,
        }


@record
class QuarterVoices:
    """One quarter's feedback: scores, the satisfied (9 and 10), complaints (of them still open) and praise."""

    quarter: Quarter
    scores: Scores
    satisfied: Rate
    complaints: int
    still_open: int
    praise: int

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `expectations.quarters`."""
        return {
            "quarter": str(self.quarter),
            **self.scores.figures("score"),
            **self.satisfied.figures("satisfied"),
            "complaints": self.complaints,
            "open": self.still_open,
            "praise": self.praise,
        }


class Expectation(StrEnum):
    """How a topic stands against what customers expect."""

    EXCEEDED = "exceeded"
    TAKEN_FOR_GRANTED = "taken_for_granted"
    UNMET = "unmet"
    TOO_FEW = "too_few"


@record
class Topic:
    """One topic over the last twelve months; `name` is the client's word, "" for none."""

    name: str
    scores: Change
    complaints: int
    complaints_before: int
    praise: int
    voices: int
    expectation: Expectation

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `expectations.topics`."""
        return {
            "topic": self.name or None,
            **self.scores.figures(),
            "complaints": self.complaints,
            "complaints_before": self.complaints_before,
            "praise": self.praise,
            "voices": self.voices,
            "expectation": str(self.expectation),
        }


@record
class SegmentVoices:
    """One segment's scores and complaints of the last twelve months beside its active customers."""

    name: str
    scores: Change
    complaining: Rate

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `expectations.segments`."""
        return {"segment": self.name or None, **self.scores.figures(), **self.complaining.figures("complaining")}


@record
class Resolution:
    """Complaints of the last twelve months: settled within 14 days of those at least as old, and the median days.

    `median_days` is that of the settled ones, None without any. `unsettled` counts all complaints ever still open.
    """

    in_time: Rate
    settled: int
    median_days: float | None
    unsettled: int

    def figures(self) -> dict[str, Figure]:
        """Return `expectations.resolution`."""
        return {
            **self.in_time.figures("settled_within_14_days"),
            "settled": self.settled,
            "median_days": self.median_days,
            "open": self.unsettled,
        }


@record
class OpenComplaint:
    """A complaint that is not settled; `text` is what the customer said, "" where the file does not tell."""

    customer: CustomerLine
    since: date
    topic: str
    text: str

    def figures(self) -> dict[str, Figure]:
        """Return the entry of `expectations.open_complaints`."""
        return {
            "customer_id": self.customer.customer_id,
            "since": self.since.isoformat(),
            "topic": self.topic or None,
            "revenue_12m": money_figure(self.customer.revenue),
            "permission": self.customer.permission,
        }


@record
class FarewellScores:
    """The last score of those who left in the last 24 months, given within twelve months before, beside those who stay.

    `dissatisfied` counts scores up to 6. `interval` is of the stayers' mean less the leavers', None with nobody on a
    side.
    """

    leavers: Scores
    stayers: Scores
    leavers_dissatisfied: Rate
    stayers_dissatisfied: Rate
    interval: tuple[float, float] | None

    def figures(self) -> dict[str, Figure]:
        """Return `expectations.farewell`."""
        low, high = self.interval or (None, None)
        return {
            **self.leavers.figures("leavers_score"),
            **self.stayers.figures("stayers_score"),
            **self.leavers_dissatisfied.figures("leavers_dissatisfied"),
            **self.stayers_dissatisfied.figures("stayers_dissatisfied"),
            "difference_low": low,
            "difference_high": high,
        }


@record
class Expectations:
    """The section `expectations`; parts that cannot be known are None or empty."""

    quarters: tuple[QuarterVoices, ...]
    satisfaction: Change | None
    topics: tuple[Topic, ...]
    segments: tuple[SegmentVoices, ...]
    resolution: Resolution | None
    open_complaints: tuple[OpenComplaint, ...]
    farewell: FarewellScores | None
    promises: Rate | None
    missing: tuple[Missing, ...]

    def figures(self) -> dict[str, Figure]:
        """Return the section `expectations` of `figures.json`."""
        return {
            "satisfaction": self.satisfaction.figures() if self.satisfaction else None,
            "quarters": [entry.figures() for entry in self.quarters],
            "topics": [entry.figures() for entry in self.topics],
            "segments": [entry.figures() for entry in self.segments],
            "resolution": self.resolution.figures() if self.resolution else None,
            "open_complaints": [entry.figures() for entry in self.open_complaints] if self.resolution else None,
            "farewell": self.farewell.figures() if self.farewell else None,
            **rate_figures("promises_kept", self.promises),
            "missing": missing_figures(self.missing),
        }
