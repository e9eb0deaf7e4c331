"""A table's files as text under standard column names; each cell still knows its file, line and column."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.errors import Location
from retention_reports.messages import say
from retention_reports.reading.cells import Cells, joined, same_in_every_row
from retention_reports.reading.cut_amounts import cut_amounts
from retention_reports.reading.file_columns import FileColumns
from retention_reports.reading.mapping import ColumnSource
from retention_reports.reading.problems import shown
from retention_reports.reading.reshaping import SKIPPED_ROW, reshaped
from retention_reports.reading.row_filters import RowSorter, rows_of
from retention_reports.reading.sources import check_typing
from retention_reports.reading.word_tables import WordTable
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import numpy.typing as npt

    from retention_reports.model.schema import Table
    from retention_reports.reading.file_columns import FileTerm
    from retention_reports.reading.files import FolderFiles
    from retention_reports.reading.grid import Grid
    from retention_reports.reading.row_filters import Locate
    from retention_reports.reading.settings import FileSettings

_LAST_LINES = frozenset({65_536, 1_048_576})
"""The last lines that spreadsheets of the old and of the new kind can hold."""
COMMENT_LINE = "comment_line"
"""The reason for which rows are left out that begin with # and have not as many cells as the header."""


@record
class SourcePart:
    """One file of a table: where its rows begin in the table, each row's line in the file, and what its columns are.

    `headings` names the columns of the file that the table's are made of, `chosen` tells row by row which of several
    was taken. `grid` holds all rows of the file; `rows` tells which of them (numbered from 0) are the table's, and
    `left_out` which are not, by the reason. `positions` are the columns that the table reads.
    """

    path: str
    first_row: int
    lines: npt.NDArray[np.int64]
    headings: Mapping[str, str]
    chosen: Mapping[str, Cells]
    grid: Grid
    rows: npt.NDArray[np.intp]
    left_out: Mapping[str, npt.NDArray[np.intp]]
    positions: frozenset[int]

    def heading(self, column: str, row: int) -> str:
        """Return what the column is called from which the cell in a row of this file was taken."""
        return self.chosen[column][row] if column in self.chosen else self.headings.get(column, column)

    def without(self, rows: npt.NDArray[np.bool_], reason: str, first_row: int) -> SourcePart:
        """Return the file without its rows marked true, which are left out for the reason."""
        kept, gone = np.flatnonzero(~rows), self.rows[rows]
        return replace(
            self,
            first_row=first_row,
            lines=self.lines[kept],
            chosen={name: headings.at(kept) for name, headings in self.chosen.items()},
            rows=self.rows[kept],
            left_out={**self.left_out, reason: np.append(self.left_out.get(reason, gone[:0]), gone)},
        )


@record
class SourceTable:
    """The rows of a table as text, file after file.

    `cells` holds the columns that the files carry, by standard name. `terms` are added to an amount or subtracted from
    it, row by row; their cells and those of `TAX_RATE` are among `further_cells`. `signs` tells with which sign a row's
    amounts count, where the files tell that. `settings_at` gives the place of a key of the table's settings. A table is
    incomplete when rows or columns had to be dropped: nothing can be said about what it does not hold.
    """

    schema: Table
    settings: FileSettings
    parts: tuple[SourcePart, ...]
    cells: Mapping[str, Cells]
    further_cells: Mapping[str, Cells]
    terms: Mapping[str, tuple[FileTerm, ...]]
    signs: npt.NDArray[np.int8] | None
    settings_at: Locate
    row_count: int
    blank_rows: int
    complete: bool

    def part_numbers(self, rows: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
        """Return in which of the files each of these rows (counted over all files, from 0) stands."""
        return np.searchsorted(self._starts, rows, side="right") - 1

    @cached_property
    def _starts(self) -> npt.NDArray[np.intp]:
        """The first row of each file: there may be thousands of them, and each is asked for its rows."""
        return np.array([part.first_row for part in self.parts], dtype=np.intp)

    def part_of(self, row: int) -> SourcePart:
        """Return the file that a row stands in."""
        return self.parts[int(self.part_numbers(np.array([row]))[0])]

    def location(self, row: int, column: str = "") -> Location:
        """Return where a row stands."""
        part = self.part_of(row)
        place = row - part.first_row
        return Location(part.path, int(part.lines[place]), part.heading(column, place))

    def unread_in(self, row: int) -> dict[str, str]:
        """Return what stands in a row in columns that the table does not read, by their name in the file."""
        part = self.part_of(row)
        place = part.rows[row - part.first_row]
        others = [position for position in range(len(part.grid.header)) if position not in part.positions]
        return {part.grid.header[position]: part.grid.columns[position][place].strip() for position in others}

    def without(self, rows: npt.NDArray[np.bool_], reason: str) -> SourceTable:
        """Return the table without the rows marked true, which the account names under the reason."""
        kept = np.flatnonzero(~rows)
        numbers = self.part_numbers(kept)
        parts = tuple(
            part.without(rows[part.first_row :][: len(part.lines)], reason, int(np.searchsorted(numbers, number)))
            for number, part in enumerate(self.parts)
        )
        return replace(
            self,
            parts=parts,
            cells={name: column.at(kept) for name, column in self.cells.items()},
            further_cells={name: column.at(kept) for name, column in self.further_cells.items()},
            signs=None if self.signs is None else self.signs[kept],
            row_count=len(kept),
        )

    def left_out(self) -> dict[str, int]:
        """Return how many rows of the files are none of the table's, by the reason."""
        counts = Counter[str]()
        for part in self.parts:
            counts.update({reason: len(rows) for reason, rows in part.left_out.items()})
            counts[COMMENT_LINE] += sum(len(fault.rows) for fault in part.grid.faults if not fault.is_error)
        return dict(+counts)

    def column_location(self, column: str) -> Location:
        """Return a column of the first file that has it, as a whole."""
        part = next((part for part in self.parts if column in part.headings), self.parts[0])
        return Location(part.path, 0, part.headings.get(column, column))


class TableReader:
    """Puts one table together from its files."""

    def __init__(self, schema: Table, settings: FileSettings, files: FolderFiles, settings_at: Locate) -> None:
        """Prepare to read a table by its settings; problems go to the files' log."""
        self._schema = schema
        self._settings = settings
        self._files = files
        self._settings_at = settings_at
        self._log = files.log

    def read(self, grids: Sequence[tuple[str, Grid]]) -> SourceTable | None:
        """Join the files, each given with its path, under standard column names.

        Return None where the types of cells betray that the files cannot be read.
        """
        sorter = RowSorter(self._settings, self._log, self._settings_at)
        parts: list[SourcePart] = []
        files: list[FileColumns] = []
        signs: list[npt.NDArray[np.int8] | None] = []
        first_row = 0
        is_readable = True
        for path, as_read in grids:
            location = self._files.location(path).path
            grid = self._reshaped(as_read)
            self._note_faults(location, grid)
            self._warn_of_cut_off_rows(location, grid)
            rows = sorter.sort(location, grid)
            kept = rows_of(grid, rows.rows)
            found = self._columns_of(location, kept)
            is_readable &= check_typing(location, kept, found.used, self._settings, self._log)
            self._refuse_cut_amounts(location, kept, found)
            parts.append(
                SourcePart(
                    path=location,
                    first_row=first_row,
                    lines=kept.lines,
                    headings=found.headings,
                    chosen=found.chosen,
                    grid=grid,
                    rows=rows.rows,
                    left_out=rows.left_out,
                    positions=rows.positions | found.positions,
                )
            )
            signs.append(rows.signs)
            files.append(found)
            first_row += len(kept.lines)
        sorter.tell()
        table = self._joined(parts, files, first_row, complete=all(found.complete for found in files))
        return replace(table, signs=_all_signs(parts, signs)) if is_readable else None

    def _reshaped(self, as_read: Grid) -> Grid:
        grid, faults = reshaped(as_read, self._settings)
        for key, message in faults:
            self._log.error(self._settings_at(key), "missing column", message)
        return grid

    def _note_faults(self, path: str, grid: Grid) -> None:
        for fault in grid.faults:
            if fault.kind == SKIPPED_ROW:
                continue
            report = self._log.error if fault.is_error else self._log.warning
            report(Location(path, fault.line), fault.kind, fault.message)

    def _warn_of_cut_off_rows(self, path: str, grid: Grid) -> None:
        last = int(grid.lines[-1]) if len(grid.lines) else 0
        if last in _LAST_LINES:
            page = say("sheets.cut_off_rows_page", file=path.rpartition("/")[2], line=last)
            self._log.warning(Location(path, last), "cut off rows", say("sheets.cut_off_rows", line=last), page)

    def _refuse_cut_amounts(self, path: str, grid: Grid, found: FileColumns) -> None:
        for position, first in cut_amounts(grid, found.used, self._settings):
            behind = grid.header[position + 1] or f"({position + 2})"
            message = say("headers.cut_amounts", cell=shown(first), column=shown(behind), table=self._schema.name)
            self._log.error(Location(path, int(grid.lines[0]), grid.header[position]), "cut amounts", message)

    def _columns_of(self, path: str, grid: Grid) -> FileColumns:
        found = FileColumns(path, self._settings.header_line, grid, self._log)
        for column in self._schema.columns:
            source = self._settings.columns.get(column.name)
            if source is None and column.name in grid.header:
                source = ColumnSource(((column.name,),))
            if source is not None:
                found.add(column, source)
        if self._settings.tax_rate_column:
            found.add_tax_rates((self._settings.tax_rate_column,))
        if self._settings.tax_share is not None:
            found.add_tax_share(self._settings.tax_share)
        return found

    def _joined(
        self, parts: Sequence[SourcePart], files: Sequence[FileColumns], rows: int, *, complete: bool
    ) -> SourceTable:
        names = {name: None for found in files for name in found.cells}
        all_cells = {name: _one_column(name, parts, files) for name in names}
        cells = {name: self._translated(name, all_cells[name]) for name in self._schema.column_names if name in names}
        return SourceTable(
            self._schema,
            self._settings,
            tuple(parts),
            cells | self._constants(rows, cells),
            {name: column for name, column in all_cells.items() if name not in cells},
            {name: terms for found in files for name, terms in found.terms.items()},
            None,
            self._settings_at,
            rows,
            sum(part.grid.blank_rows for part in parts),
            complete=complete and not any(fault.is_error for part in parts for fault in part.grid.faults),
        )

    def _translated(self, name: str, cells: Cells) -> Cells:
        declared = self._settings.values.get(name, {})
        words = WordTable(declared)
        return (
            cells.reworded(lambda texts: [text if (word := words.get(text)) is None else word for text in texts])
            if declared
            else cells
        )

    def _constants(self, rows: int, given: Collection[str]) -> dict[str, Cells]:
        return {
            name: same_in_every_row(value, rows)
            for name, value in self._settings.constants.items()
            if name not in given and name in self._schema.column_names
        }


def _one_column(name: str, parts: Sequence[SourcePart], files: Sequence[FileColumns]) -> Cells:
    return joined(
        [
            found.cells[name] if name in found.cells else same_in_every_row("", len(part.lines))
            for part, found in zip(parts, files, strict=True)
        ]
    )


def _all_signs(
    parts: Sequence[SourcePart], signs: Sequence[npt.NDArray[np.int8] | None]
) -> npt.NDArray[np.int8] | None:
    if all(found is None for found in signs):
        return None
    plain = [np.ones(len(part.lines), dtype=np.int8) for part in parts]
    return np.concatenate([one if found is None else found for one, found in zip(plain, signs, strict=True)])
