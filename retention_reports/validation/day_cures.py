"""What to write into `client.toml` so that a column's days are read, and no other column's are misread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.schema import Kind
from retention_reports.validation.day_proposals import declared
from retention_reports.validation.day_texts import day_text, patterns_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.reading.tables import SourceTable


class DayCure:
    """Writes declarations for one column of a table."""

    def __init__(self, source: SourceTable, column: str) -> None:
        """Prepare to write for the column."""
        self._source = source
        self._column = column

    def written(self, forms: Sequence[str]) -> str:
        """Return what declares the forms: for the whole file where they read all its days, else for the column."""
        given = self._source.settings.date_format
        entry = f"{self._column} = {declared(forms)}"
        if isinstance(given, dict):
            return f"[files.{self._source.schema.name}.date_format] {entry}"
        if not given and self._read_all(forms):
            return f"date_format = {declared(forms)}"
        before = self._source.settings.day_forms_of("")
        default = f"default = {declared(before)}, " if before else ""
        return f"date_format = {{ {default}{entry} }}"

    def _read_all(self, forms: Sequence[str]) -> bool:
        """Tell whether each column of days has a day that the forms read, and none that only other forms do."""
        patterns = patterns_of(forms)
        for column in self._source.schema.columns:
            cells = self._source.cells.get(column.name)
            if column.kind is not Kind.DAY or cells is None or column.name == self._column:
                continue
            if any(text and not day_text(text, patterns) for text in cells.words.tolist()):
                return False
        return True
