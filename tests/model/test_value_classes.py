"""Value classes by the share cumulated before each customer."""

from __future__ import annotations

import numpy as np

from retention_reports.model.value_classes import value_classes


def test_classes_follow_the_share_before_the_customer() -> None:
    # 79 before b is below 80 %: b is still A. 90 before c: B. 96 before d: C. Nothing and less: no class.
    revenue = np.array([79, 11, 6, 4, 0, -5], dtype=np.int64)
    names = np.array(["a", "b", "c", "d", "e", "f"], dtype=object)

    assert list(value_classes(revenue, names)) == ["A", "A", "B", "C", "", ""]


def test_ties_go_by_id() -> None:
    revenue = np.array([10, 10, 10, 10, 10], dtype=np.int64)
    names = np.array(["e", "d", "c", "b", "a"], dtype=object)

    assert list(value_classes(revenue, names)) == ["B", "A", "A", "A", "A"]
