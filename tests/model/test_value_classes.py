"""Value classes by the share cumulated before each customer."""

from __future__ import annotations

import numpy as np

from retention_reports.model.value_classes import value_classes


def test_classes_follow_the_share_before_the_customer() -> None:
    # 79 before b is below 80 %: b is still A. 90 before c: B. 96 before d: C. Nothing and less: no class.
    revenue = np.array([79, 11, 6, 4, 0, -5], dtype=np.int64)

    assert list(value_classes(revenue)) == ["A", "A", "B", "C", "", ""]


def test_equal_revenue_is_the_same_class() -> None:
    # 60 before the four: A, although 75 or 90 would lie before some of them in a row. 120 of 130 before the last: B.
    revenue = np.array([15, 60, 15, 10, 15, 15], dtype=np.int64)

    assert list(value_classes(revenue)) == ["A", "A", "A", "B", "A", "A"]


def test_nobody_has_a_class_where_nothing_was_bought() -> None:
    assert list(value_classes(np.array([0, -5], dtype=np.int64))) == ["", ""]
    assert list(value_classes(np.empty(0, dtype=np.int64))) == []
