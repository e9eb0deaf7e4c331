"""From past quarters to each active customer's chance of buying nothing in the next one."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.early_warning.back_test import added_log_odds
from retention_reports.analyses.early_warning.chances import Rule, Teacher, past_slices, profiles_at, taught_for
from retention_reports.analyses.early_warning.logistic import log_odds, sigmoid
from retention_reports.analyses.early_warning.review import excess, review
from retention_reports.analyses.early_warning.review_results import Outlook
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.analyses.early_warning.back_test import BackTest
    from retention_reports.analyses.early_warning.call_list import ListRule
    from retention_reports.analyses.early_warning.chances import ChanceModel
    from retention_reports.analyses.early_warning.logistic import Floats
    from retention_reports.analyses.early_warning.profiles import Profiles
    from retention_reports.analyses.early_warning.review_results import Review
    from retention_reports.analyses.early_warning.signals import SignalBoard
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers
    from retention_reports.model.quarters import Quarter


@record
class Outlooks:
    """The chances of all active customers at the cut-off; those and `list_rule` are None where none can be told."""

    now: Profiles
    chances: Floats | None
    as_usual: Floats | None
    list_rule: ListRule | None
    are_proven: bool

    @property
    def rows(self) -> Integers:
        """The active customers' row numbers."""
        return self.now.rows

    @property
    def are_known(self) -> bool:
        """Tell whether there are chances at all."""
        return self.chances is not None

    def excess(self) -> Floats:
        """Return each active customer's chance above normal; 0 where it is hardly so, or unknown."""
        if self.chances is None or self.as_usual is None:
            return np.zeros(len(self.now.rows))
        return excess(self.chances, self.as_usual)

    def priorities(self, losses: Floats, length: int) -> Floats:
        """Return by what a list of `length` active customers is filled, largest first; 0 for whom it cannot name."""
        if self.list_rule is None or self.chances is None:
            return np.zeros(len(losses))
        score = self.chances if self.list_rule.by == "model" else self.now.silent.astype(np.float64)
        return self.list_rule.priorities(score, losses, length)

    def of(self, row: int) -> Outlook:
        """Return the outlook of one active customer."""
        place = int(np.searchsorted(self.now.rows, row))
        return Outlook(
            chance=None if self.chances is None else float(self.chances[place]),
            as_usual=None if self.as_usual is None else float(self.as_usual[place]),
            silent_days=int(self.now.silent[place]),
            usual_days=float(self.now.usual[place]),
            own_gaps=int(self.now.own_gaps[place]),
        )


class PastChances:
    """What past quarters teach about the coming one, worked out once."""

    def __init__(self, dataset: Dataset) -> None:
        """Cut the past quarters out of the dataset's ledger and test the rules on them."""
        self._dataset = dataset
        self._teacher = Teacher(past_slices(dataset), partial(taught_for, dataset))
        self._trials = self._teacher.trials()

    @cached_property
    def review(self) -> Review | None:
        """How the rules did on the past quarters, and which is used; None where these are too few."""
        then = [trial.slice.then for trial in self._trials]
        stakes = [self._dataset.ledger.yearly_value(one.quarter.last_day)[one.rows] for one in then]
        return review(self._trials, self._dataset.client.contact_capacity, stakes)

    def by_quarter(self) -> dict[Quarter, Floats]:
        """Return for each quarter tested what the rule in use said of every customer, NaN of those not active."""
        found = {}
        for trial in self._trials:
            then = trial.slice.then
            chances = np.full(self._dataset.ledger.customer_count, np.nan)
            rule = trial.model if self._rule is Rule.MODEL else trial.recency
            chances[then.rows] = rule.chance(then.numbers)
            found[then.quarter] = chances
        return found

    def outlooks(self, board: SignalBoard, test: BackTest) -> Outlooks:
        """Return the chances now; signs that proved to add something raise those of the customers who show them."""
        now = profiles_at(self._dataset, self._dataset.quarter)
        model = None if self.review is None else self._teacher.now(now, self._rule)
        if model is None or self.review is None:
            return Outlooks(now, None, None, None, are_proven=False)
        raised = np.zeros(len(now.rows))
        for power in test.power:
            if power.key and power.adds and power.key in board.flags:
                raised += board.flags[power.key][now.rows] * added_log_odds(power.key, test.trials)
        return Outlooks(
            now,
            _raised(model, now.numbers, raised),
            model.chance(now.as_usual()),
            self.review.listed.rule,
            are_proven=self.review.is_proven,
        )

    @property
    def _rule(self) -> Rule:
        return Rule.RHYTHM if self.review is None else Rule(self.review.rule)


def _raised(model: ChanceModel, numbers: Floats, added: Floats) -> Floats:
    return sigmoid(log_odds(model.chance(numbers)) + added)
