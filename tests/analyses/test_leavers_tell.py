"""What leavers tell and what win-back brings, worked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.lost_customers.leaver_results import Brought, LeaversTell, PassedOn, WinBackBenefits
from retention_reports.analyses.lost_customers.lost_customer_analysis import lost_customers
from retention_reports.model.figures import Rate
from tests.support.datasets import Row, amount, dataset, orders

if TYPE_CHECKING:
    from retention_reports.analyses.lost_customers.lost_customer_results import LostCustomers

# On 30 September 2026 anna, bernd and clara are lost; dora came back in May 2026, emil in 2024, and is still there.
LEDGER = """
    anna   2025-08-10  200
    bernd  2025-07-01  300
    clara  2025-06-05   50
    dora   2024-09-01   70
    dora   2026-05-02   11
    dora   2026-09-01   13
    emil   2022-01-01   40
    emil   2024-06-01   40
    emil   2025-05-20   40
    emil   2026-05-10   40
    finn   2026-06-05  500
    gerd   2024-03-05  900
    gerd   2026-03-05  100
"""
CUSTOMERS: list[Row] = [
    {"customer_id": "finn", "referred_by": "dora"},  # first purchase after dora's return
    {"customer_id": "gerd", "referred_by": "dora"},  # before it
]
LOSSES: list[Row] = [
    {"customer_id": "anna", "noticed_on": "2026-08-20", "reason": "price", "note": "too dear", "competitor": "Rival"},
    {
        "customer_id": "bernd",
        "noticed_on": "2026-08-01",
        "reason": "late_delivery",
        "note": "waited twice",
        "passed_on": "2026-08-06",
    },
    {"customer_id": "clara", "noticed_on": "2026-07-01", "reason": "late_delivery", "passed_on": "2026-07-12"},
    {"customer_id": "dora", "noticed_on": "2025-10-01", "reason": "competitor", "competitor": "Rival"},
]


def found(losses: list[Row] | None = None) -> LostCustomers:
    rows = LOSSES if losses is None else losses
    data = dataset(orders(LEDGER), quarter="2026-Q3", customers=CUSTOMERS, tables={"losses": rows})
    return lost_customers(data)


def test_words_stand_by_department_and_notes_are_followed_to_it() -> None:
    told = found().told

    assert [(one.customer_id, one.note.department, one.note.remark) for one in told.words] == [
        ("bernd", "logistics", "waited twice"),
        ("anna", "sales", "too dear"),
    ]
    assert told.passed_on == PassedOn("", Rate(2, 3), 8.0)
    assert told.departments == (PassedOn("logistics", Rate(2, 2), 8.0), PassedOn("sales", Rate(0, 1), None))


def test_a_note_passed_on_after_the_cut_off_has_not_arrived() -> None:
    late = [{**row, **({"passed_on": "2026-10-02"} if "passed_on" in row else {})} for row in LOSSES]

    assert found(late).told.passed_on == PassedOn("", Rate(0, 3), None)


def test_without_the_column_nobody_knows_what_was_passed_on() -> None:
    rows = [{key: cell for key, cell in row.items() if key != "passed_on"} for row in LOSSES]
    told = found(rows).told

    assert (told.passed_on, told.departments) == (None, ())
    assert len(told.words) == 2
    assert told == LeaversTell(told.words, None, ())


def test_each_benefit_of_win_back_has_an_own_figure() -> None:
    # dora 11 + 13 and gerd 100 since their returns; finn 500 came through dora, gerd's first purchase was before that.
    assert found().benefits == WinBackBenefits(
        earnings=Brought(2, amount("124")),
        loyalty=Rate(1, 1),
        reputation=Brought(1, amount("500")),
        competition=Rate(1, 2),
        knowledge=Rate(3, 3),
    )
