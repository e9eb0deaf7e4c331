"""Why the data cannot answer a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retention_reports.model.figures import Unknown


@dataclass(frozen=True)
class Gap:
    """The reason; `detail` names the table or the column that would be needed."""

    reason: Unknown
    detail: str = ""
