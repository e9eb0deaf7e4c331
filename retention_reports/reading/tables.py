"""A table's files as text under standard column names; each cell still knows its file, line and column."""

from __future__ import annotations

from collections import Counter
from dataclasses import field, replace
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.errors import Location
from retention_reports.model.schema import Kind
from retention_reports.reading.cells import Cells, cells_of, joined, same_in_every_row
from retention_reports.reading.cleaning import clean
from retention_reports.reading.grid import LONGEST_CELL, LONGEST_NAME
from retention_reports.reading.problems import nearest, shown, suggestion
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import numpy.typing as npt

    from retention_reports.model.schema import Column, Table
    from retention_reports.reading.files import FolderFiles
    from retention_reports.reading.grid import Grid, Texts
    from retention_reports.reading.settings import FileSettings

LONG_TEXTS = frozenset({"text", "note", "evidence", "wishes", "criteria", "motive", "occasion"})
"""Columns that hold sentences; every other text is a name and has to fit on a line."""


@record
class SourcePart:
    """One file of a table: where its rows begin in the table, and each row's line in the file.

    `unread` holds the columns that nobody asked for, by their name in the file, as they are written.
    """

    path: str
    first_row: int
    lines: npt.NDArray[np.int64]
    unread: Mapping[str, Texts] = field(default_factory=dict)


@record
class SourceTable:
    """The rows of a table as text, file after file.

    `cells` holds the columns that the files carry, by standard name; `headings` their names in the file. A table is
    incomplete when rows or columns had to be dropped: nothing can be said about what it does not hold.
    """

    schema: Table
    settings: FileSettings
    parts: tuple[SourcePart, ...]
    cells: Mapping[str, Cells]
    headings: Mapping[str, str]
    row_count: int
    blank_rows: int
    complete: bool

    def part_numbers(self, rows: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
        """Return in which of the files each of these rows (counted over all files, from 0) stands."""
        starts = [part.first_row for part in self.parts]
        return np.searchsorted(starts, rows, side="right") - 1

    def location(self, row: int, column: str = "") -> Location:
        """Return where a row stands."""
        part = self.parts[int(self.part_numbers(np.array([row]))[0])]
        return Location(part.path, int(part.lines[row - part.first_row]), self.headings.get(column, column))

    def unread_in(self, row: int) -> dict[str, str]:
        """Return what stands in a row in columns that nobody asked for, by their name in the file."""
        part = self.parts[int(self.part_numbers(np.array([row]))[0])]
        return {heading: texts[row - part.first_row].strip() for heading, texts in part.unread.items()}

    def without(self, rows: npt.NDArray[np.bool_]) -> SourceTable:
        """Return the table without the rows marked true."""
        kept = np.flatnonzero(~rows)
        numbers = self.part_numbers(kept)
        parts = []
        for number, part in enumerate(self.parts):
            own = kept[numbers == number] - part.first_row
            unread = {heading: cells_of(texts).at(own) for heading, texts in part.unread.items()}
            first_row = int(np.searchsorted(numbers, number))
            parts.append(SourcePart(part.path, first_row, part.lines[own], unread))
        cells = {name: column.at(kept) for name, column in self.cells.items()}
        return replace(self, parts=tuple(parts), cells=cells, row_count=len(kept))

    def column_location(self, column: str) -> Location:
        """Return a column of the (first) file as a whole."""
        return Location(self.parts[0].path, 0, self.headings.get(column, column))


class TableReader:
    """Puts one table together from its files."""

    def __init__(self, schema: Table, settings: FileSettings, files: FolderFiles) -> None:
        """Prepare to read a table by its settings; problems go to the files' log."""
        self._schema = schema
        self._settings = settings
        self._files = files
        self._log = files.log
        self._complete = True

    def read(self, grids: Sequence[tuple[str, Grid]]) -> SourceTable:
        """Join the files, each given with its path, under standard column names."""
        parts = []
        columns = []
        first_row = 0
        for path, grid in grids:
            location = self._files.location(path).path
            for fault in grid.faults:
                report = self._log.error if fault.is_error else self._log.warning
                report(Location(location, fault.line), fault.kind, fault.message)
                self._complete &= not fault.is_error
            found = self._columns_of(path, grid)
            read = {heading for heading, _ in found.values()}
            unread = {
                heading: texts for heading, texts in zip(grid.header, grid.columns, strict=True) if heading not in read
            }
            parts.append(SourcePart(location, first_row, grid.lines, unread))
            columns.append(found)
            first_row += len(grid.lines)
        headings = {name: heading for found in reversed(columns) for name, (heading, _) in found.items()}
        cells = {name: self._joined(name, columns, parts) for name in self._schema.column_names if name in headings}
        blank = sum(grid.blank_rows for _, grid in grids)
        cells |= self._constants(first_row, cells)
        return SourceTable(
            self._schema, self._settings, tuple(parts), cells, headings, first_row, blank, complete=self._complete
        )

    def _columns_of(self, path: str, grid: Grid) -> dict[str, tuple[str, Texts]]:
        position_of = {heading: position for position, heading in reversed(list(enumerate(grid.header)))}
        found = {}
        for name in self._schema.column_names:
            heading = self._settings.columns.get(name, name)
            if heading in position_of:
                found[name] = (heading, grid.columns[position_of[heading]])
            elif heading and name in self._settings.columns:
                self._missing_heading(path, name, heading, grid.header)
        self._check_header(path, grid.header, [heading for heading, _ in found.values()])
        return found

    def _missing_heading(self, path: str, name: str, heading: str, header: Sequence[str]) -> None:
        hint = suggestion(heading, header)
        message = f"{name} is declared to be the column {shown(heading)}, which the file lacks ({hint})"
        self._log.error(self._files.location(path, self._settings.header_line, heading), "missing column", message)
        self._complete = False

    def _check_header(self, path: str, header: Sequence[str], used: Sequence[str]) -> None:
        line = self._settings.header_line
        for heading, times in Counter(header).items():
            if times > 1 and heading in used:
                message = f"{times} columns have this name (rename all but one)"
                self._log.error(self._files.location(path, line, heading), "duplicate column", message)
                self._complete = False
        if self._settings.columns:
            return
        absent = [name for name in self._schema.column_names if name not in header]
        for heading in header:
            near = nearest(heading, absent) if heading not in self._schema.column_names else ""
            if near:
                message = f'is not a column of {self._schema.name} and is not read (did you mean "{near}"?)'
                self._log.warning(self._files.location(path, line, heading), "unknown column", message)

    def _joined(
        self, name: str, columns: Sequence[Mapping[str, tuple[str, Texts]]], parts: Sequence[SourcePart]
    ) -> Cells:
        column = self._schema.column(name)
        pieces = []
        for found, part in zip(columns, parts, strict=True):
            if name in found:
                pieces.append(self._cleaned(column, *found[name], part))
            else:
                pieces.append(same_in_every_row("", len(part.lines)))
        words = self._settings.values.get(name, {})
        cells = joined(pieces)
        return cells.reworded(lambda texts: [words.get(text, text) for text in texts]) if words else cells

    def _cleaned(self, column: Column, heading: str, texts: Texts, part: SourcePart) -> Cells:
        cells = cells_of(texts)
        is_name = column.kind in {Kind.IDENTIFIER, Kind.TEXT} and column.name not in LONG_TEXTS
        longest = LONGEST_NAME if is_name else LONGEST_CELL
        if cells.needs_no_cleaning(longest):
            return cells
        result = clean(cells.words.tolist(), longest)
        faults = {word: fault for word, *fault in result.faults}
        for row, word in cells.rows_of(faults):
            self._log.error(Location(part.path, int(part.lines[row]), heading), *faults[word])
            self._complete = False
        for row, _ in cells.rows_of(result.stripped_rows):
            message = "the cell holds invisible characters, which were dropped (delete them)"
            self._log.warning(Location(part.path, int(part.lines[row]), heading), "invisible characters", message)
        return cells.reworded(lambda _: result.cells)

    def _constants(self, rows: int, given: Collection[str]) -> dict[str, Cells]:
        return {
            name: same_in_every_row(value, rows)
            for name, value in self._settings.constants.items()
            if name not in given and name in self._schema.column_names
        }
