"""Why the data cannot answer a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.model.figures import Unknown


@record
class Gap:
    """The reason; `detail` names the table or the column that would be needed."""

    reason: Unknown
    detail: str = ""
