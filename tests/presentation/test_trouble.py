"""Nothing is sold to customers before something is settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from retention_reports.analyses.early_warning.early_warning_analysis import early_warning
from retention_reports.presentation.trouble import in_trouble
from tests.support.datasets import dataset, orders
from tests.support.presenting import context

if TYPE_CHECKING:
    from tests.support.datasets import Row

COMPLAINT: list[Row] = [{"customer_id": "anna", "date": "2026-09-01", "kind": "complaint", "resolved_on": ""}]
LEDGER = "\n".join(f"{name} 2026-0{month}-01 10" for name in ("anna", "bernd") for month in range(4, 10))


def test_the_dissatisfied_are_in_trouble_and_the_others_are_not() -> None:
    data = dataset(orders(LEDGER), quarter="2026-Q3", tables={"feedback": COMPLAINT})
    made = context(data, early_warning(data))

    assert in_trouble(made) == {"anna"}
    assert in_trouble(replace(made, results={})) == frozenset()


def test_deadlines_follow_the_commit_where_it_came_late() -> None:
    data = dataset(orders(LEDGER), quarter="2026-Q3")
    made = context(data)

    assert made.deadline(4) == date(2026, 10, 28)
    assert replace(made, committed_on=date(2026, 11, 22)).deadline(4) == date(2026, 12, 20)
    assert replace(made, committed_on=date(2026, 9, 1)).deadline(4) == date(2026, 10, 28)
