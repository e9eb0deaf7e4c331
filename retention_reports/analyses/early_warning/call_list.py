"""Who stands on the list of those to call: the most to lose, among so many of the likeliest to leave that it hits.

A list by expected loss alone names customers of great value who are rather likely to stay. It is therefore drawn from a
pool of those likeliest to leave, which is as large as past quarters allow: there the list must have held as many who
bought nothing as a list as long by the days since the last purchase alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.early_warning.logistic import Floats
    from retention_reports.model.ledger import Flags

_POOLS = (1.0, 0.5, 0.25, 0.125, 0.0625, 0.03125)
_NO_WORSE = 1e-9


@record
class ListRule:
    """The pool that a list is drawn from: the share of active customers with the largest chance or longest silence.

    `by` is `model` or `recency`. A share of 0 draws by that score alone, and not by expected loss.
    """

    by: str
    pool: float

    def priorities(self, score: Floats, losses: Floats, length: int) -> Floats:
        """Return by what a list of `length` customers is filled, largest first; 0 for whom it cannot name.

        It names nobody who is about as likely to buy as usual: whose expected loss is 0.
        """
        if not len(score):
            return losses
        if not self.pool:
            named: Floats = np.where(losses > 0, score - score.min() + 1.0, 0.0)
            return named
        size = min(len(score), max(length, int(np.ceil(self.pool * len(score)))))
        # Equal scores at the pool's edge are all in it: the order of the customers must not matter.
        drawn: Floats = np.where(score >= np.sort(score)[-size], losses, 0.0)
        return drawn


LIST_RULES = (
    *(ListRule(by, pool) for pool in _POOLS for by in ("model", "recency")),
    ListRule("model", 0.0),
    ListRule("recency", 0.0),
)
"""In the order in which they are preferred: the larger the pool, the more the money decides."""


@record
class PastList:
    """What a past quarter's list could be drawn from: chances, days silent, expected losses, and who bought nothing."""

    chances: Floats
    silent_days: Floats
    losses: Floats
    silent_after: Flags

    def hits(self, rule: ListRule, length: int) -> tuple[float, float, int]:
        """Return how many of the list bought nothing, how many of one as long by recency, and its length."""
        score = self.chances if rule.by == "model" else self.silent_days
        priorities = rule.priorities(score, self.losses, length)
        named = priorities > 0
        listed = min(length, int(named.sum()))
        if not listed:
            return 0.0, 0.0, 0
        own = hits(priorities[named], self.silent_after[named], length)
        return own, hits(self.silent_days, self.silent_after, listed), listed


@record
class ListTest:
    """The rule chosen by past quarters, and what its lists held in them together, beside those by recency alone."""

    rule: ListRule
    hits: int
    recency_hits: int
    listed: int


def choose_list(past: Sequence[PastList], length: int) -> ListTest:
    """Return the first rule whose lists held as many leavers as lists by recency alone; the last where none did."""
    tested = [_together(rule, past, length) for rule in LIST_RULES]
    own, recency, listed, rule = next(
        (one for one in tested if one[2] and one[0] >= one[1] - _NO_WORSE),
        tested[-1],
    )
    return ListTest(rule, round(own), round(recency), listed)


def hits(score: Floats, outcome: Flags, length: int) -> float:
    """Count who of the `length` highest scores bought nothing; of equal scores at the end each has its share."""
    if len(score) <= length:
        return float(outcome.sum())
    edge = np.sort(score)[-length]
    above, tied = score > edge, score == edge
    return float(outcome[above].sum()) + (length - int(above.sum())) * float(outcome[tied].mean())


def _together(rule: ListRule, past: Sequence[PastList], length: int) -> tuple[float, float, int, ListRule]:
    found = [one.hits(rule, length) for one in past]
    return sum(one[0] for one in found), sum(one[1] for one in found), sum(one[2] for one in found), rule
