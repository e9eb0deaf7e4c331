"""What a published report said, and what the data says now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.model.figure_changes import FigureChange
    from retention_reports.model.figures import Figure
    from retention_reports.model.quarters import Quarter
    from retention_reports.model.row_changes import TableChanges


@record
class RestatedQuarter:
    """One published quarter whose figures would be others today; the rows that changed since up to its cut-off.

    `rows` is None where the data of then cannot be read any more (by today's rules it has errors, or it is not here).
    """

    quarter: Quarter
    commit: str
    tool_version: str
    figures: tuple[FigureChange, ...]
    rows: tuple[TableChanges, ...] | None

    def entry(self) -> dict[str, Figure]:
        """Return the quarter's entry in `figures.json`."""
        return {
            "quarter": str(self.quarter),
            "published_commit": self.commit,
            "published_tool_version": self.tool_version,
            "figures": [{"key": change.key, "published": change.then, "now": change.now} for change in self.figures],
            "rows": None
            if self.rows is None
            else {
                entry.table: {"added": entry.added, "corrected": entry.corrected, "deleted": entry.deleted}
                for entry in self.rows
            },
        }


@record
class Restatement:
    """The published quarters that are restated, newest first; never empty."""

    quarters: tuple[RestatedQuarter, ...]

    def figures(self) -> list[Figure]:
        """Return the part `restated` of `figures.json`."""
        return [quarter.entry() for quarter in self.quarters]
