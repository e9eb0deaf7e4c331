"""What customers bring in the next 12 months, worked by hand."""

from __future__ import annotations

from datetime import date

import numpy as np

from retention_reports.analyses.forecast.coming_value import Valuer, coming_values
from tests.support.datasets import amount, dataset, orders


def _newcomers(per_quarter: int = 1) -> str:
    """Let newcomers of 2023 to 2025 buy for 100 in their quarter and for 50, 30, 20 and 10 in the four after it."""
    lines = []
    for year in (2023, 2024, 2025):
        for quarter in range(4):
            for number in range(per_quarter):
                for age, value in enumerate((100, 50, 30, 20, 10)):
                    months = 3 * (quarter + age) + 1
                    day = date(year + months // 12, months % 12 + 1, 10)
                    lines.append(f"c{year}{quarter}{number} {day} {value}")
    return "\n".join(lines)


def test_newcomers_bring_what_those_before_them_brought_at_the_same_age() -> None:
    data = dataset(orders(_newcomers()), quarter="2025-Q4")

    values = {(one.pillar, one.months): one for one in coming_values(data)}

    # 100 in the first quarter; every cohort before brought 50 + 30 + 20 + 10 after it, each on the day.
    year = values["new", 12]
    assert (year.customers, year.cohorts, year.estimate.expected) == (1, 8, amount("110"))
    # All came to the day, but only four earlier values could be held against what came in time.
    assert (year.estimate.low, year.estimate.high) == (amount("110"), amount("110"))
    assert [(str(one.quarter), one.estimate.expected, one.came) for one in year.checks] == [
        ("2024-Q4", amount("110"), amount("110")),
    ]


def test_the_interval_holds_what_earlier_cohorts_varied() -> None:
    # Every second cohort brings nothing after its first quarter.
    kept = [line for line in _newcomers().splitlines() if line.split()[2] == "100" or int(line[5]) % 2 == 0]
    value = Valuer(dataset(orders("\n".join(kept)), quarter="2025-Q4"), "new", 4)
    estimate = value.now().estimate

    assert estimate.low is not None
    assert estimate.high is not None
    assert estimate.low == 0
    assert estimate.high >= amount("110")


def test_nothing_is_told_without_customers_or_without_cohorts_old_enough() -> None:
    young = dataset(orders(_newcomers()), quarter="2023-Q2")

    assert all(one.estimate.expected is None for one in coming_values(young))


def test_intervals_hold_four_of_five_of_customers_drawn_from_one_law() -> None:
    generator = np.random.default_rng(11)
    lines = []
    for cohort in range(24):
        for number in range(25):
            for age in range(6):
                place = cohort + age
                if age and generator.random() > 0.5:
                    continue
                day = date(2018 + place // 4, 3 * (place % 4) + 2, 10)
                lines.append(f"c{cohort:02}{number:02} {day} {generator.integers(20, 400)}")
    data = dataset(orders("\n".join(lines)), quarter="2025-Q2")
    value = Valuer(data, "new", 4)
    checks = [check for back in range(6, 22) if (check := value.check(data.quarter.plus(-back)))]

    held = [(check.estimate.low or 0) <= check.came <= (check.estimate.high or 0) for check in checks]
    assert len(held) >= 12
    assert sum(held) >= 0.7 * len(held)
    single = [check.customers_held for check in checks if check.customers_held]
    share = sum(rate.k for rate in single) / sum(rate.n for rate in single)
    assert 0.74 <= share <= 0.86
