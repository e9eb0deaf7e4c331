"""Who sees to something where nobody is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.recommending.kinds import Kind

if TYPE_CHECKING:
    from retention_reports.presentation.context import Context

_DEPARTMENTS = {
    Kind.SETTLE_COMPLAINT: "service",
    Kind.CORRECT_ADDRESS: "service",
    Kind.REMOVE_CAUSE: "management",
    Kind.EXTEND_MEASURE: "management",
    Kind.STOP_MEASURE: "management",
    Kind.CHANGE_PRACTICE: "management",
}
"""Sales otherwise."""


def department(context: Context, kind: Kind) -> str:
    """Return the department whose work it is."""
    return context.wording.say(f"common.decisions.who_{_DEPARTMENTS.get(kind, 'sales')}")
