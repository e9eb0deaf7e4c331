"""What became of every row of the client's files: used, left out or refused, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from retention_reports.errors import Location, Severity
from retention_reports.records import record
from retention_reports.validation.tables import BLANK_ROW

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from retention_reports.errors import Problem
    from retention_reports.reading.grid import Grid
    from retention_reports.reading.tables import SourcePart
    from retention_reports.validation.tables import CheckedTable

    _Errors: TypeAlias = Mapping[tuple[str, int], tuple[str, str]]

Fate: TypeAlias = Literal["left_out", "refused"]


@record
class RejectedRow:
    """A row that no figure uses: where it stands, for which table it was read, its id, and why it is not used.

    `reason` is a reason of the account where the row is left out, and the kind of its first error where it is refused;
    the location's column is then the one to blame. `cells` are the row's, as the file has them.
    """

    location: Location
    table: str
    fate: Fate
    identifier: str
    reason: str
    cells: tuple[str, ...]


@record
class FileRows:
    """Where the rows of one file went, for one table. `rows_in == used + left_out + refused` always holds."""

    path: str
    table: str
    rows_in: int
    used: int
    left_out: int
    refused: int


@record
class RowFates:
    """The rows that no figure uses, in the order of the files, and an account of every file."""

    rejected: tuple[RejectedRow, ...]
    files: tuple[FileRows, ...]


def row_fates(tables: Iterable[CheckedTable], problems: Sequence[Problem]) -> RowFates:
    """Say of every row of the tables' files what became of it. A row with an error is refused, whatever else it is."""
    errors = _first_errors(problems)
    rejected: list[RejectedRow] = []
    files = []
    for table in tables:
        left_out = {row: reason for reason, rows in table.left_out.items() for row in rows.tolist()}
        for part in table.source.parts:
            used, found = _of_part(table, part, left_out, errors)
            refused = sum(row.fate == "refused" for row in found)
            rows_in = len(part.grid.lines) + len(part.grid.blank_lines) + _unfit_rows(part.grid)
            files.append(FileRows(part.path, table.name, rows_in, used, len(found) - refused, refused))
            rejected += found
    return RowFates(tuple(sorted(rejected, key=lambda row: (row.location, row.table))), tuple(files))


def _of_part(
    table: CheckedTable, part: SourcePart, left_out: Mapping[int, str], errors: _Errors
) -> tuple[int, list[RejectedRow]]:
    """Return how many rows of a file are used, and those that are not."""
    found = list(_never_read(table, part))
    used = 0
    for place, (row, line) in enumerate(zip(part.rows.tolist(), part.lines.tolist(), strict=True), part.first_row):
        error = errors.get((part.path, line))
        if error is not None:
            found.append(_rejected(table, part, row, Location(part.path, line, error[0]), ("refused", error[1])))
        elif place in left_out:
            found.append(_rejected(table, part, row, Location(part.path, line), ("left_out", left_out[place])))
        else:
            used += 1
    return used, found


def _never_read(table: CheckedTable, part: SourcePart) -> Iterator[RejectedRow]:
    """Yield the rows of a file that are none of the table's from the start."""
    for reason, rows in part.left_out.items():
        for row in rows.tolist():
            location = Location(part.path, int(part.grid.lines[row]))
            yield _rejected(table, part, row, location, ("left_out", reason))
    for line in part.grid.blank_lines:
        yield RejectedRow(Location(part.path, line), table.name, "left_out", "", BLANK_ROW, ())
    for fault in part.grid.faults:
        for line, cells in fault.rows:
            fate: Fate = "refused" if fault.is_error else "left_out"
            reason = fault.kind if fault.is_error else fault.kind.replace(" ", "_")
            yield RejectedRow(Location(part.path, line), table.name, fate, "", reason, cells)


def _rejected(
    table: CheckedTable, part: SourcePart, row: int, location: Location, fate: tuple[Fate, str]
) -> RejectedRow:
    """Return a row of a file's grid; `fate` says what became of it and why."""
    cells = tuple(column[row] for column in part.grid.columns)
    heading = part.headings.get(table.schema.key or table.schema.column_names[0])
    identifier = cells[part.grid.header.index(heading)].strip() if heading in part.grid.header else ""
    return RejectedRow(location, table.name, fate[0], identifier, fate[1], cells)


def _unfit_rows(grid: Grid) -> int:
    return sum(len(fault.rows) for fault in grid.faults)


def _first_errors(problems: Sequence[Problem]) -> dict[tuple[str, int], tuple[str, str]]:
    """Return the column and the kind of the first error of each row that has one, by file and line."""
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for problem in problems:
        if problem.severity is Severity.ERROR:
            for place in (problem.location, *problem.rows_at):
                found.setdefault((place.path, place.line), (place.column, problem.kind))
    return found
