"""Chances of buying nothing in the next quarter: the regression, its test on past quarters, and who is called."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest

from retention_reports.analyses.early_warning.call_list import ListRule, PastList, choose_list
from retention_reports.analyses.early_warning.chances import Rule, Slice, Teacher, taught
from retention_reports.analyses.early_warning.early_warning_analysis import early_warning
from retention_reports.analyses.early_warning.logistic import fit_logistic, sigmoid
from retention_reports.analyses.early_warning.profiles import NUMBERS, Profiles, profiles
from retention_reports.analyses.early_warning.review import fifths, ranking
from retention_reports.model.client import Client
from retention_reports.model.figures import Rate
from retention_reports.model.quarters import Quarter
from tests.support.datasets import Row, dataset, orders

if TYPE_CHECKING:
    from retention_reports.analyses.early_warning.early_warning_results import EarlyWarning
    from retention_reports.analyses.early_warning.logistic import Floats
    from retention_reports.model.ledger import Flags

FLAT = 1e-6
"""A penalty that leaves the maximum of the likelihood where it is."""


def test_one_number_of_two_values_gets_the_shares_of_either() -> None:
    # 10 of 40 where it is 0, 30 of 40 where it is 1: ln(1/3) and ln(3), a difference of 2 ln 3 over a deviation of 1/2.
    numbers = np.repeat([0.0, 1.0], 40).reshape(-1, 1)
    happened = np.array([True] * 10 + [False] * 30 + [True] * 30 + [False] * 10)

    fitted = fit_logistic(numbers, happened, FLAT)

    assert fitted.chance(np.array([[0.0], [1.0]])) == pytest.approx([0.25, 0.75], abs=1e-6)
    assert fitted.weights == pytest.approx([2 * np.log(3) / 2], abs=1e-5)


def test_a_penalty_draws_towards_the_overall_share() -> None:
    numbers = np.repeat([0.0, 1.0], 40).reshape(-1, 1)
    happened = np.array([True] * 10 + [False] * 30 + [True] * 30 + [False] * 10)

    low, high = fit_logistic(numbers, happened).chance(np.array([[0.0], [1.0]]))

    assert 0.25 < low < 0.5 < high < 0.75
    assert low + high == pytest.approx(1.0)


def test_data_drawn_from_the_model_give_its_weights_back() -> None:
    generator = np.random.default_rng(4)
    numbers = generator.normal(size=(20_000, 3))
    chances = 1 / (1 + np.exp(-(-0.5 + numbers @ np.array([1.0, -0.7, 0.0]))))

    fitted = fit_logistic(numbers, generator.random(20_000) < chances)

    assert fitted.weights / fitted.deviations == pytest.approx([1.0, -0.7, 0.0], abs=0.06)
    assert fitted.chance(np.zeros((1, 3))) == pytest.approx([1 / (1 + np.exp(0.5))], abs=0.01)


def test_a_column_that_never_varies_and_perfect_separation_do_no_harm() -> None:
    numbers = np.column_stack([np.arange(40.0), np.full(40, 7.0)])

    fitted = fit_logistic(numbers, np.arange(40) >= 20)

    assert fitted.weights[1] == 0.0
    assert np.isfinite(fitted.chance(numbers)).all()


def test_the_area_counts_pairs_and_the_list_shares_out_ties() -> None:
    silent = np.array([True, False, True, False])

    found = ranking([np.array([3.0, 2.0, 1.0, 0.0])], [silent], 2)
    tied = ranking([np.array([1.0, 1.0, 1.0, 1.0])], [silent], 2)

    # Of the four pairs of leaver and stayer three are in order.
    assert (found.auc, found.precision) == (0.75, Rate(1, 2))
    assert (tied.auc, tied.precision) == (0.5, Rate(1, 2))


def test_the_interval_of_the_area_is_that_of_hanley_and_mcneil() -> None:
    # 20 leavers and 30 stayers, 540 of 600 pairs in order: A = .9, Q1 = .81818, Q2 = .85263;
    # variance (.09 + 19 × .00818 + 29 × .04263) ÷ 600 = .00247, so that .9 ± 1.96 × .0497.
    scores = np.concatenate([np.full(18, 2.0), np.full(2, 0.0), np.full(30, 1.0)])
    silent = np.repeat([True, False], [20, 30])

    found = ranking([scores], [silent], 5)

    assert found.auc == 0.9
    assert (found.low, found.high) == pytest.approx((0.8026, 0.9974), abs=2e-4)


def test_fifths_hold_what_was_expected_against_what_came() -> None:
    chances = np.linspace(0.05, 0.95, 10)

    found = fifths(chances, chances > 0.5)

    assert [fifth.expected for fifth in found] == pytest.approx([0.1, 0.3, 0.5, 0.7, 0.9])
    assert [fifth.observed for fifth in found] == [Rate(0, 2), Rate(0, 2), Rate(1, 2), Rate(2, 2), Rate(2, 2)]


def test_a_profile_knows_nothing_later_and_normal_is_never_longer_silent_than_usual() -> None:
    data = dataset(orders("anna 2025-11-01 10\nanna 2025-12-01 10\nanna 2026-05-01 99"), quarter="2026-Q3")
    then = profiles(data.ledger, data.quarter.plus(-2))

    # On 31 March: one gap of 30 days, which is also the client's median; silent for 120 days.
    assert (then.silent.tolist(), then.usual.tolist(), then.own_gaps.tolist()) == ([120], [30.0], [1])
    assert then.numbers.shape == (1, len(NUMBERS))
    assert then.numbers[0, :2] == pytest.approx(np.log1p([120, 4]))
    assert then.as_usual()[0, :3] == pytest.approx([np.log(31), np.log(2), np.log(2) ** 2])


def _bought(*, stops: bool, seed: int) -> list[Row]:
    """Draw 80 customers over three years: in their own rhythm until some stop, or on days that tell nothing."""
    random, lines = Random(seed), []
    for number in range(80):
        rhythm = random.choice([15, 30, 45])
        end = date(2026, 9, 30) - timedelta(days=random.randrange(1100) if stops and number % 2 else 0)
        day = date(2023, 10, 1) + timedelta(days=random.randrange(30))
        while day <= end:
            lines.append(f"c{number:02} {day} {10 + number}")
            day += timedelta(
                days=random.randint(rhythm - 5, rhythm + 5) if stops else int(random.expovariate(0.01)) + 1
            )
    return orders("\n".join(lines))


@cache
def _found(*, stops: bool) -> EarlyWarning:
    return early_warning(dataset(_bought(stops=stops, seed=3), quarter="2026-Q3"))


def test_customers_who_fall_silent_are_called_first_and_never_more_than_can_be() -> None:
    found = _found(stops=True)
    client = Client("test", "Test", history_complete=True, contact_capacity=3)
    short = early_warning(dataset(_bought(stops=True, seed=3), quarter="2026-Q3", client=client))

    assert found.review is not None
    assert found.by_chance
    assert found.review.log_loss < found.review.recency_log_loss
    assert all(entry.outlook.silent_days > entry.outlook.usual_days for entry in found.calls)
    losses = [entry.expected_loss or 0 for entry in found.calls]
    assert losses == sorted(losses, reverse=True)
    assert found.review.called is not None
    assert found.review.called_by_recency is not None
    assert found.review.called.k >= found.review.called_by_recency.k
    assert len(short.calls) == 3
    assert all(entry.outlook.excess > 0 for entry in short.calls)


def test_who_buys_on_days_that_tell_nothing_is_not_called() -> None:
    found = _found(stops=False)

    assert found.review is not None
    assert not found.review.is_proven
    assert (found.calls, found.at_stake) == ((), None)
    assert "at_stake" in {entry.key for entry in found.missing}


def test_what_is_at_stake_is_the_year_before_the_silence() -> None:
    found = early_warning(dataset(orders("anna 2025-08-01 70\nanna 2025-10-01 30\nbo 2026-09-01 5"), quarter="2026-Q3"))

    # The last twelve months know only 30 of anna's 100.
    assert [(one.customer_id, one.at_stake) for one in found.flagged] == [("anna", 1_000_000)]


def test_a_model_that_hits_less_often_than_recency_is_not_used() -> None:
    review = _found(stops=True).review
    assert review is not None
    worse = replace(review, rule="recency")

    assert worse.used is review.recency
    assert worse.figures()["auc"] == review.recency.auc


def test_a_list_is_drawn_from_a_pool_small_enough_to_hold_as_many_leavers_as_recency() -> None:
    # By expected loss alone the list of two names b and d, of whom d stayed; recency names a and b, who both left. Of
    # the half likeliest to leave (a, b) the list holds both.
    past = PastList(
        chances=np.array([0.9, 0.8, 0.3, 0.4]),
        silent_days=np.array([200.0, 150.0, 10.0, 20.0]),
        losses=np.array([10.0, 500.0, 5.0, 900.0]),
        silent_after=np.array([True, True, False, False]),
    )

    chosen = choose_list([past], 2)

    assert past.hits(ListRule("model", 1.0), 2) == (1.0, 2.0, 2)
    assert (chosen.rule, chosen.hits, chosen.recency_hits, chosen.listed) == (ListRule("model", 0.5), 2, 2, 2)


def test_a_list_names_nobody_who_is_as_likely_to_buy_as_usual() -> None:
    scores, losses = np.array([0.9, 0.5, 0.1]), np.array([0.0, 3.0, 7.0])

    assert ListRule("model", 0.0).priorities(scores, losses, 1).tolist() == pytest.approx([0.0, 1.4, 1.0])
    assert ListRule("model", 1.0).priorities(scores, losses, 1).tolist() == [0.0, 3.0, 7.0]
    assert ListRule("model", 0.25).priorities(scores, losses, 1).tolist() == [0.0, 0.0, 0.0]


def test_where_no_list_holds_as_many_as_recency_the_silence_decides() -> None:
    past = PastList(
        chances=np.array([0.9, 0.8]),
        silent_days=np.array([10.0, 20.0]),
        losses=np.array([1.0, 0.0]),
        silent_after=np.array([False, True]),
    )

    assert choose_list([past], 1).rule == ListRule("recency", 0.0)
    assert choose_list([], 1).listed == 0


def _slice(quarter: Quarter, numbers: Floats, silent: Flags) -> Slice:
    count = len(silent)
    nobody = np.zeros(count, dtype=np.int64)
    return Slice(Profiles(quarter, nobody, nobody, np.ones(count), nobody, numbers), silent)


def test_chances_drawn_from_drifting_quarters_are_met_by_what_comes() -> None:
    # The level of leaving falls from quarter to quarter by 0.15 in log-odds: what was learnt is always too high.
    generator, slices = np.random.default_rng(8), []
    for place in range(12):
        numbers = generator.normal(size=(1500, 3))
        chances = sigmoid(-1.5 + 0.15 * place + numbers @ np.array([1.0, -0.5, 0.0]))
        slices.append(_slice(Quarter(2026, 2).plus(-place), numbers, generator.random(1500) < chances))

    trial = Teacher(slices).trials()[0]
    uncorrected = taught(slices[1:], slices[0].then, Rule.MODEL)

    assert uncorrected is not None
    came = float(slices[0].silent_after.mean())
    missed = [abs(float(one.chance(slices[0].then.numbers).mean()) - came) for one in (trial.model, uncorrected)]
    assert missed[0] < missed[1] / 2


def test_chances_drawn_from_the_model_hold_by_fifths() -> None:
    generator, slices = np.random.default_rng(9), []
    for place in range(12):
        numbers = generator.normal(size=(400, 3))
        chances = sigmoid(-1.0 + numbers @ np.array([1.2, -0.6, 0.3]))
        slices.append(_slice(Quarter(2026, 2).plus(-place), numbers, generator.random(400) < chances))
    trials = Teacher(slices).trials()

    said = np.concatenate([trial.model.chance(trial.slice.then.numbers) for trial in trials])
    found = fifths(said, np.concatenate([trial.slice.silent_after for trial in trials]))

    reach = [1.96 * np.sqrt(fifth.expected * (1 - fifth.expected) / fifth.observed.n) for fifth in found]
    within = [abs(one.observed.k / one.observed.n - one.expected) < far for one, far in zip(found, reach, strict=True)]
    assert sum(within) >= 4
