"""The models of the customer base: formulas worked by hand, their laws, and fits that fail."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.analyses.forecast import purchase_model, value_model
from retention_reports.analyses.forecast.histories import Histories
from retention_reports.analyses.forecast.maximum_likelihood import (
    Coordinate,
    FitProblem,
    Floats,
    LogLikelihood,
    Maximum,
    maximise,
    significant,
)
from retention_reports.analyses.forecast.purchase_model import PurchaseModel, fit_purchase_model
from retention_reports.analyses.forecast.value_model import ValueModel, fit_value_model

PUBLISHED = PurchaseModel(r=0.243, alpha=4.414, a=0.793, b=2.426, log_likelihood=-9582.4)


def histories(*customers: tuple[float, float, float]) -> Histories:
    repeats, recency, age = np.array(customers, dtype=np.float64).T
    return Histories(repeats, recency, age)


def simulated(customers: int, *, r: float, alpha: float, a: float, b: float) -> Histories:
    """Customers who buy and leave as the model says, seen for 300 to 700 days."""
    return _drawn(customers, PurchaseModel(r, alpha, a, b, 0))[0]


def _drawn(customers: int, model: PurchaseModel, ahead: float = 0.0) -> tuple[Histories, float, int]:
    """Draw customers as the model says; the sum of ln of their gaps, and what they buy in the days after."""
    generator = np.random.default_rng(7)
    rows, log_gaps, later = [], 0.0, 0
    for _ in range(customers):
        age = float(generator.integers(300, 700))
        rate, leaving = generator.gamma(model.r) / model.alpha, generator.beta(model.a, model.b)
        time, repeats, last = 0.0, 0, 0.0
        while (time := last + generator.gamma(model.k) / max(rate, 1e-9)) <= age:
            log_gaps += log(time - last)
            repeats, last = repeats + 1, time
            if generator.random() < leaving:
                break
        else:
            while time <= age + ahead:
                later += 1
                if generator.random() < leaving:
                    break
                time += generator.gamma(model.k) / max(rate, 1e-9)
        rows.append((repeats, last, age))
    return histories(*rows), log_gaps, later


def test_the_published_example_expects_1_226_purchases() -> None:
    expected = PUBLISHED.expected_purchases(histories((2, 30.43, 38.86)), 39)

    assert expected[0] == pytest.approx(1.226, abs=0.0005)


def test_without_a_repeat_purchase_the_likelihood_is_that_of_no_event() -> None:
    # (α ÷ (α + T))^r: with r = 1, α = 10, T = 30 a quarter, whatever a and b are.
    likelihood = purchase_model.log_likelihood(histories((0, 0, 30)), np.array([1.0]))

    values, _ = likelihood(np.log([[1.0, 1.0 / 10.0, 0.7, 0.7 / 2.0]]))

    assert values == pytest.approx(log(1 / 4))


def test_without_a_repeat_purchase_regular_customers_may_be_on_the_way_to_one() -> None:
    # k = 2: E[e^(-λT) (1 + λT)] = (α ÷ (α + T))^r × (1 + r × T ÷ (α + T)) = 1/4 × (1 + 3/4).
    likelihood = purchase_model.log_likelihood(histories((0, 0, 30)), np.array([1.0]), 2)

    values, _ = likelihood(np.log([[1.0, 1.0 / 10.0, 0.7, 0.7 / 2.0]]))

    assert values == pytest.approx(log(7 / 16))


def test_with_one_repeat_purchase_the_likelihood_adds_staying_and_leaving() -> None:
    # r = 1, α = 10, a = 1, b = 1, x = 1, t = 10, T = 30. Stayed: E[1 - p] × 10 ÷ 40² = 1/320;
    # left at the purchase: E[p] × 10 ÷ 20² = 1/80; together 1/64.
    likelihood = purchase_model.log_likelihood(histories((1, 10, 30)), np.array([1.0]))

    values, _ = likelihood(np.log([[1.0, 0.1, 1.0, 1.0]]))

    assert values == pytest.approx(log(1 / 64))


def test_the_chance_of_being_alive_is_the_part_of_the_likelihood_that_stayed() -> None:
    model = PurchaseModel(r=1, alpha=10, a=1, b=1, log_likelihood=0)

    # (1/320) ÷ (1/64) of the customer above; a one-time buyer cannot have left.
    assert model.alive(histories((1, 10, 30), (0, 0, 30))) == pytest.approx([0.2, 1.0])


def test_a_gamma_gamma_expectation_lies_between_own_mean_and_that_of_all() -> None:
    model = ValueModel(p=6, q=4, gamma=15)

    # 6 × 15 ÷ 3 without a purchase; 6 × (15 + 2 × 50) ÷ (6 × 2 + 4 - 1) with two of 50.
    expected = model.expected_value(np.array([0.0, 2.0]), np.array([0.0, 50.0]))

    assert expected == pytest.approx([30.0, 46.0])


def test_the_gamma_gamma_likelihood_of_one_purchase() -> None:
    # p = q = γ = 1 and a value of 1: density γ ÷ (γ + m)² = 1/4.
    values, _ = value_model.log_likelihood(np.array([1.0]), np.array([1.0]))(np.log([[1.0, 1.0, 1.0]]))

    assert values == pytest.approx(log(1 / 4))


def _differenced(likelihood: LogLikelihood, point: Floats) -> Floats:
    steps = np.eye(len(point)) * 1e-6
    return (likelihood(point + steps)[0] - likelihood(point - steps)[0]) / 2e-6


def test_gradients_are_those_of_the_likelihoods() -> None:
    buying = purchase_model.log_likelihood(histories((0, 0, 30), (1, 10, 30), (7, 25, 26)), np.array([5.0, 2.0, 1.0]))
    value = value_model.log_likelihood(np.array([1.0, 3.0, 8.0]), np.array([20.0, 35.0, 28.0]))

    some = histories((0, 0, 30), (1, 10, 30), (7, 25, 26))
    regular = [purchase_model.log_likelihood(some, np.array([5.0, 2.0, 1.0]), k) for k in (2, 3, 4)]

    for likelihood, point in (
        (buying, np.log([0.6, 0.05, 0.9, 0.3])),
        *((likelihood, np.log([0.6, 0.05, 0.9, 0.3])) for likelihood in regular),
        (value, np.log([4.0, 3.0, 25.0])),
    ):
        assert likelihood(point[np.newaxis])[1][0] == pytest.approx(_differenced(likelihood, point), rel=1e-5)


some_models = st.builds(
    PurchaseModel,
    r=st.floats(0.05, 30),
    alpha=st.floats(2, 400),
    a=st.floats(0.05, 19) | st.sampled_from([1.0, 1 + 1e-7]),
    b=st.floats(2, 400),
    log_likelihood=st.just(0.0),
)
some_customers = st.tuples(st.integers(0, 60), st.floats(0, 1), st.integers(30, 1500)).map(
    lambda drawn: histories((drawn[0], drawn[1] * drawn[2] if drawn[0] else 0.0, drawn[2]))
)


@given(some_models, some_customers, st.sampled_from([30, 91, 1826]))
def test_no_expectation_is_negative_or_beyond_buying_on_without_end(
    model: PurchaseModel, customer: Histories, days: int
) -> None:
    without_leaving = (model.r + customer.repeats) * days / (model.alpha + customer.age)
    expected = model.expected_purchases(customer, days)[0]

    assert 0 <= expected <= without_leaving[0] * (1 + 1e-9)
    assert 0 < model.alive(customer)[0] <= 1


@given(some_models, st.integers(1, 30), st.floats(1, 998), st.floats(0.01, 1))
def test_a_later_last_purchase_makes_being_alive_likelier(
    model: PurchaseModel, repeats: int, recency: float, later: float
) -> None:
    earlier, sooner = model.alive(histories((repeats, recency, 1000), (repeats, recency + later, 1000)))

    assert sooner >= earlier


@pytest.mark.parametrize("k", [1, 2, 3])
def test_a_fit_finds_how_regularly_simulated_customers_buy(k: int) -> None:
    model = PurchaseModel(r=1.2, alpha=60 / k, a=0.8, b=6, log_likelihood=0, k=k)
    customers, log_gaps, later = _drawn(3000, model, ahead=180)

    found = fit_purchase_model(customers, log_gaps=log_gaps)

    assert isinstance(found, PurchaseModel)
    assert found.k == k
    assert (found.r, found.alpha) == pytest.approx((model.r, model.alpha), rel=0.1)
    assert found.a / (found.a + found.b) == pytest.approx(0.8 / 6.8, rel=0.15)
    assert float(found.expected_purchases(customers, 180.0).sum()) == pytest.approx(later, rel=0.05)


def test_a_fit_finds_the_parameters_of_simulated_customers() -> None:
    found = fit_purchase_model(simulated(4000, r=1.2, alpha=60, a=0.8, b=6))

    assert isinstance(found, PurchaseModel)
    assert found.r == pytest.approx(1.2, rel=0.15)
    assert found.alpha == pytest.approx(60, rel=0.15)
    assert found.a / (found.a + found.b) == pytest.approx(0.8 / 6.8, rel=0.2)
    assert found.limits == ()


def test_a_fit_starts_from_anywhere_and_ends_in_the_same_place() -> None:
    customers = simulated(600, r=1.2, alpha=60, a=0.8, b=6)

    found = fit_purchase_model(customers)

    assert fit_purchase_model(customers, near=PurchaseModel(5, 300, 0.2, 9, 0)) == found


def test_a_fit_does_not_depend_on_the_unit_of_time() -> None:
    customers = simulated(600, r=1.2, alpha=60, a=0.8, b=6)
    in_weeks = Histories(customers.repeats, customers.recency / 7, customers.age / 7)

    days, weeks = fit_purchase_model(customers), fit_purchase_model(in_weeks)

    assert isinstance(days, PurchaseModel)
    assert isinstance(weeks, PurchaseModel)
    assert weeks.alpha * 7 == pytest.approx(days.alpha, rel=1e-5)
    assert (weeks.r, weeks.b) == pytest.approx((days.r, days.b), rel=1e-5)


def test_customers_who_all_leave_with_the_same_chance_put_the_fit_on_a_named_bound() -> None:
    found = fit_purchase_model(simulated(400, r=2, alpha=60, a=500, b=9500))

    assert isinstance(found, PurchaseModel)
    assert "leaving_alike" in found.limits
    assert found.a / (found.a + found.b) == pytest.approx(0.05, rel=0.25)


def test_customers_of_whom_nobody_leaves_put_the_fit_on_a_named_bound_in_the_same_place_from_anywhere() -> None:
    customers = simulated(300, r=3, alpha=60, a=1, b=1e9)
    found = fit_purchase_model(customers)

    assert isinstance(found, PurchaseModel)
    assert found.limits == ("nobody_leaves",)
    assert fit_purchase_model(customers, near=found) == found


def test_customers_who_never_come_back_cannot_be_fitted() -> None:
    assert fit_purchase_model(histories((0, 0, 10), (0, 0, 20))) is FitProblem.TOO_FEW
    assert fit_value_model(np.zeros(3), np.zeros(3)) is FitProblem.TOO_FEW


def test_a_distribution_without_a_mean_is_a_failed_fit() -> None:
    generator = np.random.default_rng(3)
    repeats = generator.integers(1, 6, 400).astype(np.float64)
    # Customers' means with a Pareto tail of index 0.6: their expectation does not exist.
    means = generator.pareto(0.6, 400) + 1

    assert fit_value_model(repeats, means) is FitProblem.NO_MEAN


def _parabola(centre: float) -> LogLikelihood:
    def evaluate(points: Floats) -> tuple[Floats, Floats]:
        return -((points - centre) ** 2).sum(axis=1), -2 * (points - centre)

    return evaluate


def test_a_maximum_on_a_named_bound_says_so_and_on_another_is_a_failure() -> None:
    named, nameless = Coordinate(0.1, 10, at_high="alike"), Coordinate(0.1, 10)

    found = maximise(_parabola(5.0), [named], [[1.0]])

    assert isinstance(found, Maximum)
    assert (found.point[0], found.limits) == (pytest.approx(10), ("alike",))
    assert maximise(_parabola(5.0), [nameless], [[1.0]]) is FitProblem.AT_BOUND


def test_a_likelihood_that_is_flat_in_one_direction_does_not_converge() -> None:
    def ridge(points: Floats) -> tuple[Floats, Floats]:
        sums = points.sum(axis=1)
        return -(sums**2), np.stack([-2 * sums] * 2, axis=1)

    assert maximise(ridge, [Coordinate(0.01, 100)] * 2, [[2.0, 3.0]]) is FitProblem.NOT_CONVERGED


def test_parameters_keep_six_significant_digits() -> None:
    assert significant(0.24259456) == 0.242595
    assert significant(66255.7123) == 66255.7


def test_equal_histories_are_counted_once() -> None:
    distinct, counts = histories((0, 0, 5), (2, 3, 5), (0, 0, 5)).distinct()

    rows = {
        (x, t, age): n for x, t, age, n in zip(distinct.repeats, distinct.recency, distinct.age, counts, strict=True)
    }
    assert rows == {(0, 0, 5): 2, (2, 3, 5): 1}
