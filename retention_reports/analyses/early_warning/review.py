"""How well chances told leavers from stayers in past quarters, beside the days since the last purchase alone."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.early_warning.call_list import PastList, choose_list
from retention_reports.analyses.early_warning.call_list import hits as hits_of
from retention_reports.analyses.early_warning.chances import Rule
from retention_reports.analyses.early_warning.profiles import average_ranks
from retention_reports.analyses.early_warning.review_results import Fifth, Ranking, Review
from retention_reports.model.figures import Z_95, Rate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.early_warning.chances import ChanceModel, Trial
    from retention_reports.analyses.early_warning.logistic import Floats
    from retention_reports.analyses.early_warning.profiles import Profiles
    from retention_reports.model.ledger import Flags, Integers

LEAST_EXCESS = 0.05
"""Nobody is called whose chance of buying nothing lies above the normal by less."""

_FIFTHS = 5
_DIGITS = 6
_RARE = 1e-9


def review(trials: Sequence[Trial], length: int, stakes: Sequence[Integers]) -> Review | None:
    """Judge the rules by the quarters tested, a list of `length` customers a quarter; None without any.

    The model is used where its log loss is smaller than that of the days since the last purchase alone. `stakes` is
    what was at stake then with each customer, quarter by quarter: the list is chosen by what it would have held.
    """
    if not trials:
        return None
    silent = [trial.slice.silent_after for trial in trials]
    by_model = [trial.model.chance(trial.slice.then.numbers) for trial in trials]
    by_recency = [trial.recency.chance(trial.slice.then.numbers) for trial in trials]
    recency = ranking([trial.slice.then.silent.astype(np.float64) for trial in trials], silent, length)
    model = ranking(by_model, silent, length)
    outcomes = np.concatenate(silent)
    losses = (_log_loss(np.concatenate(by_model), outcomes), _log_loss(np.concatenate(by_recency), outcomes))
    better = losses[0] < losses[1]
    chosen = choose_list(
        [
            _past_list(trial, trial.model if better else trial.recency, stake)
            for trial, stake in zip(trials, stakes, strict=True)
        ],
        length,
    )
    return Review(
        rule=str(Rule.MODEL if better else Rule.RECENCY),
        quarters=tuple(trial.slice.then.quarter for trial in trials),
        length=length,
        model=model,
        recency=recency,
        base=Rate(int(outcomes.sum()), len(outcomes)),
        calibration=fifths(np.concatenate(by_model if better else by_recency), outcomes),
        log_loss=losses[0],
        recency_log_loss=losses[1],
        listed=chosen,
    )


def _past_list(trial: Trial, rule: ChanceModel, stake: Integers) -> PastList:
    then = trial.slice.then
    losses = expected_losses(rule, then, stake)
    return PastList(rule.chance(then.numbers), then.silent.astype(np.float64), losses, trial.slice.silent_after)


def _log_loss(chances: Floats, outcomes: Flags) -> float:
    """Return the mean of -ln of the chance given to what came; the smaller the better."""
    given = np.where(outcomes, chances, 1.0 - chances)
    return round(float(-np.log(np.maximum(given, _RARE)).mean()), _DIGITS)


def ranking(scores: Sequence[Floats], silent: Sequence[Flags], length: int) -> Ranking:
    """Rank within each quarter by the score, highest first; quarters weigh by their pairs of leaver and stayer.

    The area under the curve is the share of pairs in which the leaver has the higher score (a tie is a half); its
    interval is that of Hanley and McNeil (1982). On a list that ends among equal scores each of these has its share.
    """
    won = pairs = 0.0
    hits, listed = 0.0, 0
    for score, outcome in zip(scores, silent, strict=True):
        leavers, stayers = int(outcome.sum()), int((~outcome).sum())
        won += float(average_ranks(score)[outcome].sum()) - leavers * (leavers + 1) / 2
        pairs += leavers * stayers
        hits += hits_of(score, outcome, length)
        listed += min(length, len(score))
    auc = won / pairs if pairs else 0.5
    reach = Z_95 * _auc_error(auc, sum(int(one.sum()) for one in silent), sum(int((~one).sum()) for one in silent))
    return Ranking(
        round(auc, 6), round(max(0.0, auc - reach), 6), round(min(1.0, auc + reach), 6), Rate(round(hits), listed)
    )


def expected_losses(rule: ChanceModel, then: Profiles, stakes: Integers) -> Floats:
    """Return each customer's chance above normal × what is at stake."""
    losses: Floats = excess(rule.chance(then.numbers), rule.chance(then.as_usual())) * np.maximum(stakes, 0)
    return losses


def excess(chances: Floats, as_usual: Floats) -> Floats:
    """Return the chances above normal, where they are above it by five points or more; else 0."""
    above = np.round(chances - as_usual, _DIGITS)
    beyond: Floats = np.where(above >= LEAST_EXCESS, above, 0.0)
    return beyond


def fifths(chances: Floats, outcomes: Flags) -> tuple[Fifth, ...]:
    """Hold the expected against what came in fifths of the customers by their chance, lowest first; ties stay in order.

    Equal chances are put in the order of their outcomes, so that the order of the customers does not matter.
    """
    order = np.lexsort((outcomes, chances))
    return tuple(
        Fifth(round(float(chances[part].mean()), 6), Rate(int(outcomes[part].sum()), len(part)))
        for part in np.array_split(order, _FIFTHS)
        if len(part)
    )


def _auc_error(auc: float, leavers: int, stayers: int) -> float:
    if not leavers or not stayers:
        return 0.5
    first, second = auc / (2 - auc), 2 * auc * auc / (1 + auc)
    variance = auc * (1 - auc) + (leavers - 1) * (first - auc * auc) + (stayers - 1) * (second - auc * auc)
    return sqrt(max(variance, 0.0) / (leavers * stayers))
