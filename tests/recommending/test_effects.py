"""What a recommendation brings: stake × uplift − cost, by what the client's own measures have shown."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from retention_reports.analyses.measures.measure_results import MeasureResult
from retention_reports.model.figures import Rate, difference_interval
from retention_reports.recommending.effects import Effect, assumed, effect_of, measured, total
from retention_reports.recommending.kinds import Evidence
from tests.support.datasets import amount


def _result(
    identifier: str, verdict: str, target: Rate, control: Rate, compared_with: str = "control_group"
) -> MeasureResult:
    low, high = difference_interval(target, control)
    return MeasureResult(
        measure_id=identifier,
        kind="win_back",
        title=identifier,
        started_on=date(2026, 1, 1),
        judged_from=date(2026, 6, 30),
        success="regained",
        compared_with=compared_with,
        target=target,
        control=control,
        effect=target.k / target.n - control.k / control.n,
        low=low,
        high=high,
        cost=None,
        revenue=None,
        added_revenue=None,
        profit=None,
        already_active=0,
        verdict=verdict,
    )


def test_an_assumed_rate_is_halved_for_the_cautious_amount() -> None:
    # 1,000 a year × 10 % − 20: 80; cautiously 1,000 × 5 % − 20 = 30; at best 1,000 × 15 % − 20 = 130.
    effect = effect_of(amount("1000"), assumed(Fraction(1, 10)), amount("20"))

    assert effect == Effect(amount("80"), amount("30"), amount("130"))


def test_the_measure_with_the_highest_lower_bound_among_those_that_work_tells_the_effect() -> None:
    weak = _result("weak", "works", Rate(10, 20), Rate(3, 20))
    strong = _result("strong", "works", Rate(19, 29), Rate(4, 33))
    idle = _result("idle", "does_not", Rate(11, 20), Rate(11, 20))

    found = measured([weak, idle, strong], Fraction(5, 100))

    assert found is not None
    assert (found.source, found.evidence) == ("strong", Evidence.MEASURED)
    assert float(found.expected) == pytest.approx(19 / 29 - 4 / 33, abs=1e-6)
    low, high = difference_interval(Rate(19, 29), Rate(4, 33))
    assert float(found.low) == pytest.approx(low, abs=1e-6)
    assert float(found.high) == pytest.approx(high, abs=1e-6)


def test_a_measure_held_against_nobody_proves_nothing() -> None:
    alone = _result("alone", "works", Rate(19, 29), Rate(4, 33), compared_with="nobody")

    assert measured([alone], Fraction(5, 100)) is None


def test_absence_of_proof_overrules_an_assumption_only_where_its_interval_rules_the_assumption_out() -> None:
    few = _result("few", "does_not", Rate(7, 12), Rate(7, 12))
    many = _result("many", "does_not", Rate(500, 1000), Rate(500, 1000))

    assert measured([few], Fraction(5, 100)) is None
    shown = measured([many], Fraction(5, 100))
    assert shown is not None
    assert float(shown.expected) == 0
    assert float(shown.high) < 0.05


def test_effects_add_up_bound_by_bound() -> None:
    assert total([Effect(3, 1, 5), Effect(10, -2, 20)]) == Effect(13, -1, 25)
