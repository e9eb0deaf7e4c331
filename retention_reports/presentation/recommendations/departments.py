"""Who sees to something where nobody is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.measures.measure_results import Measures
from retention_reports.recommending.kinds import MEASURE_KIND, Kind

if TYPE_CHECKING:
    from retention_reports.presentation.context import Context
    from retention_reports.recommending.results import Entry

_DEPARTMENTS = {
    Kind.SETTLE_COMPLAINT: "service",
    Kind.CORRECT_ADDRESS: "service",
    Kind.REMOVE_CAUSE: "management",
    Kind.EXTEND_MEASURE: "management",
    Kind.STOP_MEASURE: "management",
    Kind.CHANGE_PRACTICE: "management",
}
"""Sales otherwise."""
_PLANNED_AS = {**MEASURE_KIND, Kind.ASK_REASON: "win_back", Kind.SECOND_PURCHASE: "retention"}
"""The kind of measure whose owner sees to a list."""


def department(context: Context, kind: Kind) -> str:
    """Return the department whose work it is."""
    return context.wording.say(f"common.decisions.who_{_DEPARTMENTS.get(kind, 'sales')}")


def responsible(context: Context, entry: Entry) -> str:
    """Return who sees to an entry: its owner, else that of the next due measure of its kind, else the department."""
    if entry.owner:
        return entry.owner
    planned = (
        one.owner for one in context.result(Measures).plan if one.owner and one.kind == _PLANNED_AS.get(entry.kind)
    )
    return next(planned, "") or department(context, entry.kind)
