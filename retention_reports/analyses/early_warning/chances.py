"""The chance that an active customer buys nothing in the next quarter, fitted to the client's own past quarters."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.early_warning.logistic import fit_logistic, log_odds, sigmoid
from retention_reports.analyses.early_warning.profiles import profiles
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retention_reports.analyses.early_warning.logistic import Floats, Logistic
    from retention_reports.analyses.early_warning.profiles import Profiles
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags
    from retention_reports.model.quarters import Quarter

    Teach = Callable[[Sequence["Slice"], Profiles, "Rule"], "ChanceModel | None"]

MOST_SLICES = 8
"""So many past quarters teach the model; older ones are forgotten."""

TESTED = 4
"""On so many of the newest past quarters it is tested, each time taught by the quarters before alone."""

ENOUGH_CASES = 50_000
"""Once the newest quarters hold so many customer-quarters, older ones would teach nothing more."""

FEWEST_CASES = 100
FEWEST_OF_EACH = 20
"""Fewer customer-quarters, or fewer of those who bought or did not, teach nothing: the rhythm rule alone is left."""

SEASON_WEIGHT = 3.0
FADING = 0.9
"""The level is that of past quarters: each weighs 0.9 of the one after it, and 3 times as much in the same season."""

MODELS_KEPT = 100

BETWEEN_QUARTERS = 0.25
"""By so much the level of log-odds is taken to differ from quarter to quarter, and to be missed before any test."""

_PRIOR_WEIGHT = BETWEEN_QUARTERS**-2
_MATCHED = 30
_CLOSE = 1e-10


class Rule(StrEnum):
    """By what the list of those to call is made."""

    MODEL = "model"
    RECENCY = "recency"
    RHYTHM = "rhythm"


@record
class Slice:
    """The customers active at the end of a past quarter, and who of them bought nothing in the quarter after."""

    then: Profiles
    silent_after: Flags


@record
class ChanceModel:
    """Chances by a rule that was fitted to past quarters; `shift` brings them to the season's level."""

    rule: Rule
    fitted: Logistic
    shift: float

    def chance(self, numbers: Floats) -> Floats:
        """Return the chance of buying nothing in the next quarter for each row of a profile's numbers."""
        return sigmoid(log_odds(self.fitted.chance(numbers[:, : _columns(self.rule)])) + self.shift)


@record
class Trial:
    """What a model said about a past quarter before it came, beside what came."""

    slice: Slice
    model: ChanceModel
    recency: ChanceModel


def past_slices(dataset: Dataset) -> list[Slice]:
    """Return the past quarters that can teach or test, newest first.

    The first is the quarter before the reported one, as its outcome has just become known; the data must begin at
    least a quarter before the slice's own.
    """
    ledger, found = dataset.ledger, []
    for back in range(1, MOST_SLICES + TESTED + 1):
        quarter = dataset.quarter.plus(-back)
        if not dataset.covers(quarter.previous.first_day):
            break
        then = profiles_at(dataset, quarter)
        if not len(then.rows):
            break
        bought = ledger.bought_between(quarter.last_day, quarter.plus(1).last_day)[then.rows]
        found.append(Slice(then, ~bought))
    return found


def profiles_at(dataset: Dataset, quarter: Quarter) -> Profiles:
    """Return the profiles of a quarter up to the dataset's: they are the same for all later quarters' reports."""
    most = MOST_SLICES + TESTED + 2
    return dataset.folder.memory.get("profiles", quarter, lambda: profiles(dataset.ledger, quarter), most=most)


class Teacher:
    """Fits rules to past quarters (newest first) and corrects their level by how they missed later ones."""

    def __init__(self, slices: Sequence[Slice], teach: Teach | None = None) -> None:
        """Take the past quarters, and what fits a rule to those before another (`taught` unless given)."""
        self._slices = slices
        self._teach = teach or taught
        self._misses: dict[tuple[int, Rule], tuple[float, float] | None] = {}

    def trials(self) -> list[Trial]:
        """Test both rules on the newest past quarters, newest first, each taught by the quarters before it alone."""
        found = []
        for place, tested in enumerate(self._slices[:TESTED]):
            model, recency = (self._corrected(place, tested.then, rule) for rule in (Rule.MODEL, Rule.RECENCY))
            if model is not None and recency is not None:
                found.append(Trial(tested, model, recency))
        return found

    def now(self, coming: Profiles, rule: Rule) -> ChanceModel | None:
        """Return a rule taught by all past quarters; None where they are too few to teach anything."""
        return self._corrected(-1, coming, rule)

    def _corrected(self, place: int, coming: Profiles, rule: Rule) -> ChanceModel | None:
        """Return the rule taught by the quarters before a place, shifted by how it missed the newest four of them."""
        fitted = self._teach(self._slices[place + 1 :], coming, rule)
        if fitted is None:
            return None
        known = range(place + 1, min(place + 1 + TESTED, len(self._slices)))
        misses = [miss for earlier in known if (miss := self._miss(earlier, rule)) is not None]
        shift = sum(miss * weight for miss, weight in misses) / (_PRIOR_WEIGHT + sum(weight for _, weight in misses))
        return replace(fitted, shift=float(f"{fitted.shift + shift:.8g}"))

    def _miss(self, place: int, rule: Rule) -> tuple[float, float] | None:
        """Return what was to be added to a past quarter's log-odds, and its weight: 1 ÷ its variance from any other."""
        if (place, rule) not in self._misses:
            tested = self._slices[place]
            fitted = self._teach(self._slices[place + 1 :], tested.then, rule)
            self._misses[place, rule] = None if fitted is None else _missed(fitted, tested)
        return self._misses[place, rule]


def taught_for(dataset: Dataset, known: Sequence[Slice], coming: Profiles, rule: Rule) -> ChanceModel | None:
    """Fit a rule to the past quarters before another one, once for all reports that look back on it."""
    return dataset.folder.memory.get(
        "chances", (coming.quarter, rule), lambda: taught(known, coming, rule), most=MODELS_KEPT
    )


def taught(known: Sequence[Slice], coming: Profiles, rule: Rule) -> ChanceModel | None:
    """Fit a rule to past quarters (newest first) for another one; None where they are too few to teach anything."""
    known = _newest(known)
    if not known:
        return None
    numbers = np.concatenate([one.then.numbers[:, : _columns(rule)] for one in known])
    silent = np.concatenate([one.silent_after for one in known])
    if len(silent) < FEWEST_CASES or min(silent.sum(), (~silent).sum()) < FEWEST_OF_EACH:
        return None
    fitted = fit_logistic(numbers, silent)
    weights = [_weight(place, one, coming) for place, one in enumerate(known)]
    weighted = np.repeat(weights, [len(one.silent_after) for one in known])
    return ChanceModel(rule, fitted, _level_shift(log_odds(fitted.chance(numbers)), silent, weighted))


def _missed(fitted: ChanceModel, tested: Slice) -> tuple[float, float]:
    odds = log_odds(fitted.chance(tested.then.numbers))
    miss = _level_shift(odds, tested.silent_after, np.ones(len(odds)))
    chances = sigmoid(odds + miss)
    told = float((chances * (1.0 - chances)).sum())
    return miss, 1.0 / (1.0 / max(told, _CLOSE) + BETWEEN_QUARTERS**2)


def _newest(slices: Sequence[Slice]) -> Sequence[Slice]:
    """Return the newest past quarters: eight, or as many as hold enough customers between them."""
    sizes = np.cumsum([len(one.silent_after) for one in slices[:MOST_SLICES]])
    return slices[: int(np.searchsorted(sizes, ENOUGH_CASES)) + 1][:MOST_SLICES]


def _columns(rule: Rule) -> int:
    """Recency is the first of the numbers alone."""
    return 1 if rule is Rule.RECENCY else 1_000


def _weight(place: int, past: Slice, coming: Profiles) -> float:
    season = SEASON_WEIGHT if past.then.quarter.number == coming.quarter.number else 1.0
    return season * FADING**place / len(past.silent_after)


def _level_shift(fitted: Floats, silent: Flags, weights: Floats) -> float:
    """Return what is added to all log-odds so that weighted chances and weighted outcomes have the same sum."""
    if silent.all() or not silent.any():
        return 0.0
    shift = 0.0
    for _ in range(_MATCHED):
        chances = sigmoid(fitted + shift)
        step = float((weights * (silent - chances)).sum() / (weights * chances * (1.0 - chances)).sum())
        shift += max(-1.0, min(1.0, step))
        if abs(step) < _CLOSE:
            break
    return float(f"{shift:.8g}")
