"""What a recommendation brings in the next twelve months, more than without it, with an interval."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_reports.model.figures import Figure, Rate, difference_interval, money_figure
from retention_reports.model.yearly_value import times
from retention_reports.recommending.kinds import MEASURE_KIND, Evidence, Kind
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from retention_reports.analyses.loyal_customers.loyal_customer_results import Bonds, LoyalCustomers
    from retention_reports.analyses.measures.measure_results import MeasureResult, Measures
    from retention_reports.analyses.offers.offer_results import Offers

ASSUMPTIONS: Mapping[str, Fraction] = {
    Kind.SETTLE_COMPLAINT: Fraction(10, 100),
    Kind.ANSWER_NOTICE: Fraction(15, 100),
    Kind.SAVE_CUSTOMER: Fraction(10, 100),
    Kind.WIN_BACK: Fraction(5, 100),
    Kind.FOLLOW_UP_OFFER: Fraction(5, 100),
    Kind.CROSS_SELL: Fraction(5, 100),
    Kind.SECOND_PURCHASE: Fraction(5, 100),
    Kind.PRICE_TALK: Fraction(1, 100),
    Kind.CONTACT: Fraction(2, 100),
    Kind.ASK_REFERRAL: Fraction(5, 100),
    Kind.REMOVE_CAUSE: Fraction(25, 100),
}
"""Shipped rates where nothing is measured: the part of what is at stake that the action brings, cautiously."""

_PLACES = 1_000_000
_CONTROLLED = ("control_group", "untouched")


@record
class Uplift:
    """The chance that an action changes what is at stake, with its interval.

    `source` names the measure that proved it ("" otherwise).
    """

    expected: Fraction
    low: Fraction
    high: Fraction
    evidence: Evidence
    source: str = ""


@record
class Effect:
    """Extra contribution margin (revenue where no cost is known) of twelve months less the action's cost.

    Amounts are ten-thousandths.
    """

    expected: int
    low: int
    high: int

    def figures(self) -> dict[str, Figure]:
        """Return `{expected, low, high}` in currency units."""
        return {name: money_figure(getattr(self, name)) for name in ("expected", "low", "high")}


def effect_of(stake: int, uplift: Uplift, cost: int) -> Effect:
    """Return stake × uplift − cost, in ten-thousandths."""
    return Effect(*(times(stake, part) - cost for part in (uplift.expected, uplift.low, uplift.high)))


def total(effects: Iterable[Effect]) -> Effect:
    """Add effects up; their errors are taken to be shared, so that the bounds add up too."""
    parts = list(effects)
    return Effect(*(sum(getattr(part, name) for part in parts) for name in ("expected", "low", "high")))


def assumed(rate: Fraction) -> Uplift:
    """Return an assumed rate: at worst half of it, at best half as much again."""
    return Uplift(rate, rate / 2, rate * 3 / 2, Evidence.ASSUMED)


def measured(results: Sequence[MeasureResult], hoped: Fraction) -> Uplift | None:
    """Return the effect that the client's measures of one kind have shown; None where they have shown nothing.

    The measure with the highest lower bound among those that work. Where none works, that of all judged ones together,
    if its upper bound rules out what is otherwise assumed (`hoped`): absence of proof is no proof of absence.
    """
    judged = [one for one in results if one.compared_with in _CONTROLLED and one.low is not None]
    proven = [one for one in judged if one.verdict == "works"]
    if proven:
        best = max(proven, key=lambda one: (one.low or 0.0, one.measure_id))
        return _uplift(best.effect, best.low, best.high, Evidence.MEASURED, best.measure_id)
    refuted = [one for one in judged if one.verdict == "does_not"]
    if not refuted:
        return None
    target, control = _pooled(one.target for one in refuted), _pooled(one.control for one in refuted)
    shown = _difference(target, control, Evidence.MEASURED)
    return shown if shown is not None and shown.high < hoped else None


def uplifts(
    assumptions: Mapping[str, float], measures: Measures, offers: Offers, loyal: LoyalCustomers | Bonds
) -> Mapping[Kind, Uplift]:
    """Return the uplift of each kind: measured, else observed where the difference shows, else assumed."""
    found = {
        Kind(name): assumed(Fraction(str(assumptions[name])) if name in assumptions else rate)
        for name, rate in ASSUMPTIONS.items()
    }
    decided = offers.decisions
    if decided is not None and decided.follow_up is not None:
        found |= _observed(Kind.FOLLOW_UP_OFFER, decided.follow_up.with_it, decided.follow_up.without)
    if loyal.complaints is not None:
        found |= _observed(Kind.SETTLE_COMPLAINT, loyal.complaints.after_settled, loyal.complaints.after_open)
    for kind, measure_kind in MEASURE_KIND.items():
        own = measured([one for one in measures.results if one.kind == measure_kind], found[kind].expected)
        if own is not None:
            found[kind] = own
    return found


def _observed(kind: Kind, with_it: Rate, without: Rate) -> dict[Kind, Uplift]:
    """Return the difference of two shares of the client's own, where its interval lies above zero."""
    uplift = _difference(with_it, without, Evidence.OBSERVED)
    return {kind: uplift} if uplift is not None and uplift.low > 0 else {}


def _difference(first: Rate, second: Rate, evidence: Evidence) -> Uplift | None:
    if not first.n or not second.n:
        return None
    low, high = difference_interval(first, second)
    return _uplift(first.k / first.n - second.k / second.n, low, high, evidence)


def _uplift(
    expected: float | None, low: float | None, high: float | None, evidence: Evidence, source: str = ""
) -> Uplift:
    middle, least, most = (Fraction(round((part or 0.0) * _PLACES), _PLACES) for part in (expected, low, high))
    return Uplift(middle, least, most, evidence, source)


def _pooled(rates: Iterable[Rate | None]) -> Rate:
    known = [rate for rate in rates if rate is not None]
    return Rate(sum(rate.k for rate in known), sum(rate.n for rate in known))
