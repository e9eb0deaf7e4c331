"""The same row twice: in one file, in two files of a pattern, or as two files that are the same."""

from __future__ import annotations

from itertools import combinations
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.errors import Location
from retention_reports.messages import say
from retention_reports.model.money import in_cents
from retention_reports.reading.byte_cells import ByteCells
from retention_reports.reading.byte_columns import WIDEST
from retention_reports.reading.problems import shown
from retention_reports.validation.line_amounts import priced_amounts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    import numpy.typing as npt

    from retention_reports.messages import Message
    from retention_reports.reading.cells import Cells
    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.tables import SourcePart, SourceTable
    from retention_reports.validation.tables import CheckedTable

    Places: TypeAlias = npt.NDArray[np.intp]

REPEATED_ROW = "repeated_row"
_NOTEWORTHY = 0.01
_MANY = 0.1
_TELLING = frozenset({"order_id", "product_id", "amount", "unit_price"})
"""Columns that are compared first: few rows are alike in them, so that the others need not be looked at."""


def without_copied_files(source: SourceTable, log: ProblemLog) -> SourceTable:
    """Return the table without files whose rows are those of another; an error unless `distinct` is set."""
    is_copied = np.zeros(source.row_count, dtype=np.bool_)
    for original, copy in _copies(source.parts):
        is_copied[copy.first_row : copy.first_row + len(copy.lines)] = True
        if not source.settings.distinct:
            message = say("repeated.copied_file", n=len(copy.lines), file=_file_name(original.path))
            log.error(Location(copy.path), "copied file", message)
    return source.without(is_copied, REPEATED_ROW) if is_copied.any() else source


def settle_repeated_rows(table: CheckedTable) -> None:
    """Leave out, refuse or tell rows that stand twice in a table that has no id of its own for each row.

    With `distinct = true` the same row counts once; with `distinct = "files"` what stands in two files counts once, and
    what stands twice in one of them still twice. Rows are the same when all cells of the file are; a line of an order
    that names its product is the same in two files when all cells that are read are.
    """
    source, distinct = table.source, table.source.settings.distinct
    alike = _twins(source, table.frame.index.to_numpy(dtype=np.intp))
    if not len(alike):
        return
    same = _told_apart_by_all_cells(source, alike)
    is_line = "order_id" in source.cells
    if distinct is True:
        table.leave_out(table.frame.index.to_series().isin(same.index[same["twin"].duplicated()]), REPEATED_ROW)
        return
    overlapping = alike if is_line and "product_id" in source.cells else same
    across = overlapping.loc[overlapping[["twin", "time"]].duplicated()]
    if distinct == "files":
        table.leave_out(table.frame.index.to_series().isin(across.index), REPEATED_ROW)
    else:
        _report_overlaps(table, overlapping, across)
        if is_line and overlapping is same:
            _ask_about_like_orders(table, alike.drop(across.index))
    within = same.loc[same["twin"].duplicated() & ~same.index.isin(across.index)]
    if len(within):
        _warn_of_repeated_rows(table, within.index)


def _copies(parts: tuple[SourcePart, ...]) -> Iterator[tuple[SourcePart, SourcePart]]:
    """Yield each file that has the rows of another, behind that other: the one with the shorter name."""
    alike: dict[tuple[object, ...], list[SourcePart]] = {}
    for part in sorted(parts, key=lambda part: (len(part.path), part.path)):
        if len(part.lines):
            # There may be thousands of files: only those that begin and end alike are compared.
            ends = [(column[part.rows[0]], column[part.rows[-1]]) for column in part.grid.columns]
            alike.setdefault((len(part.lines), part.grid.header, *ends), []).append(part)
    told: set[int] = set()
    for original, copy in (pair for group in alike.values() for pair in combinations(group, 2)):
        if id(original) not in told and id(copy) not in told and _is_copy(original, copy):
            told.add(id(copy))
            yield original, copy


def _is_copy(original: SourcePart, copy: SourcePart) -> bool:
    if original.path == copy.path:
        return False
    columns = zip(original.grid.columns, copy.grid.columns, strict=True)
    return all(
        all(first[one] == second[other] for one, other in zip(original.rows, copy.rows, strict=True))
        for first, second in columns
    )


def _twins(source: SourceTable, rows: Places) -> pd.DataFrame:
    """Return the rows that are like others in all columns that are read, in the order of the files.

    `twin` numbers what is alike, `part` the file, and `time` counts from 0 how often it stood in that file before.
    """
    labels = np.zeros(len(rows), dtype=np.intp)
    left = np.arange(len(rows))
    telling = sorted(source.cells, key=lambda name: name not in _TELLING)
    for cells in (*(source.cells[name] for name in telling), *source.further_cells.values()):
        labels, left = _narrowed(labels, left, _numbers(cells, rows[left]))
    return _counted(source, rows[left], labels)


def _told_apart_by_all_cells(source: SourceTable, alike: pd.DataFrame) -> pd.DataFrame:
    rows = alike.index.to_numpy(dtype=np.intp)
    others = pd.factorize(pd.Series([_whole_row(source, row) for row in rows.tolist()], dtype=object))[0]
    labels, left = _narrowed(alike["twin"].to_numpy(), np.arange(len(rows)), others)
    return _counted(source, rows[left], labels)


def _narrowed(labels: Places, left: Places, numbers: Places) -> tuple[Places, Places]:
    """Tell labels apart by further numbers, and keep those that still occur twice."""
    if not len(left):
        return labels, left
    told = pd.factorize(labels * (int(numbers.max()) + 1) + numbers)[0]
    is_kept = np.bincount(told)[told] > 1
    return told[is_kept], left[is_kept]


def _counted(source: SourceTable, rows: Places, labels: Places) -> pd.DataFrame:
    frame = pd.DataFrame({"twin": labels, "part": source.part_numbers(rows)}, index=rows)
    return frame.assign(time=frame.groupby(["twin", "part"]).cumcount())


def _numbers(cells: Cells, rows: Places) -> Places:
    if isinstance(cells, ByteCells) and cells.column.widest <= WIDEST:
        return cells.column.at(rows).numbered()
    if cells.places is None:
        return pd.factorize(cells.words[rows])[0]
    return pd.factorize(pd.factorize(cells.words)[0][cells.places[rows]])[0]


def _whole_row(source: SourceTable, row: int) -> tuple[str, ...]:
    part = source.part_of(row)
    place = part.rows[row - part.first_row]
    return tuple(str(column[place]) for column in part.grid.columns)


def _report_overlaps(table: CheckedTable, twins: pd.DataFrame, across: pd.DataFrame) -> None:
    """Tell what stands in two files, once for each pair of them.

    An error where rows have order ids or much of a file stands in another: there the same row is no second purchase.
    """
    source = table.source
    first = twins.loc[~twins[["twin", "time"]].duplicated()].reset_index().set_index(["twin", "time"])["index"]
    origins = first.loc[pd.MultiIndex.from_frame(across[["twin", "time"]])].to_numpy(dtype=np.intp)
    pairs = pd.DataFrame({"origin": origins, "file": source.part_numbers(origins)}, index=across.index)
    for _, rows in pairs.groupby([across["part"], pairs["file"]]):
        row, origin = int(rows.index[0]), int(rows["origin"].iloc[0])
        size = min(len(source.part_of(place).lines) for place in (row, origin))
        there = source.location(origin)
        message = say(
            "repeated.overlap",
            n=len(rows),
            file=_file_name(there.path),
            line=str(there.line),
            added=_added(table, rows.index),
            name=table.name,
        )
        is_order = table.name in {"orders", "order_lines"}
        if is_order and ("order_id" in source.cells or len(rows) >= _MANY * size):
            table.log.error(source.location(row), "overlapping files", message)
        else:
            table.log.warning(
                source.location(row), "overlapping files", message, on_first_page=_page(table, rows.index)
            )


def _ask_about_like_orders(table: CheckedTable, alike: pd.DataFrame) -> None:
    """Refuse orders that stand in two files, alike in all that is read though not in all cells.

    Without the lines' products nobody can tell the same lines, exported twice, from others of the same amounts.
    """
    ids = table.frame["order_id"]
    across = alike.loc[alike[["twin", "time"]].duplicated()]
    parts = pd.Series(table.source.part_numbers(ids.index.to_numpy(dtype=np.intp)), index=ids.index)
    whole = pd.MultiIndex.from_arrays([ids, parts]).value_counts()
    found = pd.MultiIndex.from_arrays([ids.loc[across.index], across["part"]]).value_counts()
    repeated = found.loc[found == whole.reindex(found.index)]
    if len(repeated):
        order, _ = min(repeated.index.tolist())
        row = int(ids.loc[across.index].index[ids.loc[across.index] == order][0])
        message = say("repeated.like_orders", n=len(repeated), order=shown(str(order)))
        table.log.error(table.location(row, "order_id"), "overlapping files", message)


def _warn_of_repeated_rows(table: CheckedTable, rows: pd.Index) -> None:
    message = say("repeated.rows", n=len(rows), added=_added(table, rows), name=table.name)
    location = table.location(int(rows[0]))
    table.log.warning(location, "duplicate row", message, on_first_page=_page(table, rows))


def _amounts(table: CheckedTable, rows: pd.Index) -> tuple[int, int]:
    """Return what these rows, and all, add to revenue."""
    if table.name not in {"orders", "order_lines"}:
        return 0, 0
    is_priced = "unit_price" in table.source.cells and "amount" not in table.source.cells
    amounts = (priced_amounts(table) if is_priced else table.frame["amount"]).fillna(0)
    if "amount" in table.source.settings.per_order:
        return 0, int(amounts.sum())
    counts = table.frame["status"] == "completed"
    return int(amounts.loc[rows].where(counts.loc[rows], 0).sum()), int(amounts.where(counts, 0).sum())


def _added(table: CheckedTable, rows: pd.Index) -> Message:
    amount, _ = _amounts(table, rows)
    return say("repeated.added", amount=in_cents(amount)) if amount else say("repeated.added_nothing")


def _page(table: CheckedTable, rows: pd.Index) -> Message | None:
    amount, whole = _amounts(table, rows)
    if table.name != "orders" or not amount or abs(amount) < _NOTEWORTHY * abs(whole - amount):
        return None
    return say("repeated.page", n=len(rows), amount=in_cents(amount))


def _file_name(path: str) -> str:
    return PurePosixPath(path).name
