"""Who is left alone: drawn by a seed, of the size asked for, and nobody who is in another test."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.model.sample_size import Needed, needed_for
from retention_reports.recommending.control_group import control_group, in_tests, seed_of
from tests.support.datasets import Row, day, table

NAMES = [f"K{number}" for number in range(20)]


@pytest.mark.parametrize(("share", "size"), [(0.3, 6), (0.5, 10), (0.01, 1), (0.99, 19)])
def test_the_group_has_the_share_asked_for_but_never_nobody_nor_everybody(share: float, size: int) -> None:
    assert len(control_group(NAMES, share, 1)) == size


def test_the_same_seed_draws_the_same_and_another_others() -> None:
    assert control_group(NAMES, 0.3, 7) == control_group(NAMES[::-1], 0.3, 7)
    assert len({control_group(NAMES, 0.3, seed) for seed in range(10)}) > 5
    assert seed_of("M1") == seed_of("M1") != seed_of("M2")


@given(st.integers(2, 60), st.floats(0.01, 0.99), st.integers(0, 10_000))
def test_two_groups_are_always_there(count: int, share: float, seed: int) -> None:
    names = [str(number) for number in range(count)]
    drawn = control_group(names, share, seed)

    assert 0 < len(drawn) < count
    assert drawn < set(names)


def test_over_many_seeds_everybody_is_drawn_about_as_often() -> None:
    counts = dict.fromkeys(NAMES, 0)
    for seed in range(1000):
        for name in control_group(NAMES, 0.3, seed):
            counts[name] += 1

    # 300 are expected, with a standard deviation of 14.5: five of them to either side.
    assert all(228 < count < 372 for count in counts.values())


def test_the_number_needed_is_that_of_two_proportions() -> None:
    # Halves, 10 % against 20 %: 7.849 × (0.16 ÷ 0.5 + 0.09 ÷ 0.5) ÷ 0.01 = 392.4, so 197 in each.
    assert needed_for(0.1, 0.2, 0.5) == Needed(197, 197)
    assert needed_for(0.1, 0.2, 0.5).all == 394
    # Of three tenths: 7.849 × (0.16 ÷ 0.7 + 0.09 ÷ 0.3) ÷ 0.01 = 414.9.
    assert needed_for(0.1, 0.2, 0.3) == Needed(291, 125)


@pytest.mark.parametrize(
    ("fields", "taken"),
    [
        ({"started_on": "2026-08-01"}, True),
        ({"started_on": "2026-11-01", "state": "planned"}, True),
        ({"started_on": "2026-08-01", "state": "dropped"}, False),
        ({"started_on": "2025-08-01"}, False),
        ({"started_on": "2025-08-01", "state": "running"}, True),
        ({"started_on": "2026-08-01", "group": "control"}, True),
        ({"started_on": "2026-08-01", "customer_id": "K99"}, False),
    ],
)
def test_who_is_in_another_measure_is_found(fields: Row, *, taken: bool) -> None:
    row = {"measure_id": "M1", "kind": "retention", "title": "Call", "customer_id": "K3", **fields}
    measures = table("measures", [row], NAMES)

    assert in_tests(measures, NAMES, day("2026-10-10")) == ({"K3": "M1"} if taken else {})
    assert in_tests(None, NAMES, day("2026-10-10")) == {}
