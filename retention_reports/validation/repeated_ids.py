"""The same id twice: one row each is left, or what stands twice is told once for each cause."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.messages import say
from retention_reports.reading.problems import shown_id
from retention_reports.validation.tables import REPEATED_KEY, WITHOUT_KEY, numbered
from retention_reports.validation.versions import leave_out_older_versions

if TYPE_CHECKING:
    from retention_reports.validation.tables import CheckedTable

_SAME_ORDER = ("customer_id", "ordered_on")


def check_key(table: CheckedTable) -> None:
    """Leave one row for each value of the table's key: repetitions are errors unless settings say which row counts.

    With `distinct` the first counts, with `latest_by` the newest. Contradictions between rows of one order are errors
    then, of anything else warnings.
    """
    key, settings = table.schema.key, table.source.settings
    if not key or settings.rows == "order_line":
        return
    if settings.distinct or settings.latest_by:
        if settings.latest_by and not leave_out_older_versions(table, key):
            return
        if table.name == "orders":
            _refuse_contradictions(table)
        else:
            table.leave_out(table.frame[key] == "", WITHOUT_KEY)
            _warn_of_contradictions(table)
        table.leave_out(table.frame[key].duplicated() & (table.frame[key] != ""), REPEATED_KEY)
        return
    cells = table.source.cells.get(key)
    if cells is not None and cells.all_different:
        return
    repeated = table.frame[key].duplicated() & (table.frame[key] != "")
    if repeated.any():
        _report(table, _repetitions(table, repeated))


def _repetitions(table: CheckedTable, repeated: pd.Series) -> pd.DataFrame:
    """Return the rows whose key stands before: `origin`, where it does, the files of both, and what that means."""
    frame, source = table.frame, table.source
    key = frame[table.schema.key]
    first = key.loc[~repeated].drop_duplicates()
    origins = pd.Series(first.index, index=first.to_numpy()).loc[key.loc[repeated]].to_numpy(dtype=np.intp)
    rows = key.index[repeated]
    found = pd.DataFrame({"origin": origins, "origin_file": source.part_numbers(origins)}, index=rows)
    found["file"] = source.part_numbers(rows.to_numpy(dtype=np.intp))
    same = _agree(table, found, sorted(table.given_columns))
    elsewhere = (found["file"] != found["origin_file"]).to_numpy()
    found["meaning"] = np.where(same, "same_id", "id")
    if table.name == "orders":
        found.loc[same & ~elsewhere & ~_all_cells_agree(table, found), "meaning"] = "same_id_or_lines"
    found.loc[same & elsewhere, "meaning"] = "same_id_elsewhere"
    found.loc[~same & elsewhere, "meaning"] = "other_version"
    if table.name == "orders":
        found.loc[~_agree(table, found, _SAME_ORDER) & elsewhere, "meaning"] = "id_elsewhere"
    return found


def _agree(table: CheckedTable, found: pd.DataFrame, columns: tuple[str, ...] | list[str]) -> np.ndarray:
    agree = np.ones(len(found), dtype=np.bool_)
    for name in columns:
        values = table.frame[name]
        here, there = values.loc[found.index].array, values.loc[found["origin"]].array
        both_missing = pd.isna(here) & pd.isna(there)
        agree &= both_missing | np.asarray(pd.Series(here == there).fillna(value=False), dtype=np.bool_)
    return agree


def _all_cells_agree(table: CheckedTable, found: pd.DataFrame) -> np.ndarray:
    source = table.source
    pairs = zip(found.index.tolist(), found["origin"].tolist(), strict=True)
    return np.array([source.unread_in(row) == source.unread_in(origin) for row, origin in pairs], dtype=np.bool_)


def _report(table: CheckedTable, found: pd.DataFrame) -> None:
    key = table.schema.key
    for (_, _, meaning), rows in found.groupby(["file", "origin_file", "meaning"]):
        row, there = int(rows.index[0]), table.location(int(rows["origin"].iloc[0]))
        message = say(
            f"repeated.{meaning}",
            n=len(rows),
            id=shown_id(str(table.frame.loc[row, key])),
            line=str(there.line),
            file=PurePosixPath(there.path).name,
            key=key,
            name=table.name,
        )
        table.log.error(table.location(row, key), "duplicate id", message)


def _refuse_contradictions(table: CheckedTable) -> None:
    key = table.frame[table.schema.key]
    repeated = key.duplicated() & (key != "")
    if not repeated.any():
        return
    found = _repetitions(table, repeated)
    for name in sorted(table.given_columns):
        differing = found.index[~_agree(table, found, [name])]
        if len(differing):
            row = int(differing[0])
            message = say(
                "repeated.contradiction",
                n=len(differing),
                id=shown_id(str(key[row])),
                column=name,
                key=table.schema.key,
            )
            table.log.error(table.location(row, name), "contradiction", message)


def _warn_of_contradictions(table: CheckedTable) -> None:
    key = table.schema.key
    for name in table.given_columns - {key}:
        column = table.frame[[key, name]]
        given = column.loc[column[name].notna() & (column[name].astype("str") != "")]
        different = given.drop_duplicates()
        contradicted = different[key].duplicated()
        for row, value in numbered(different.loc[contradicted, key]):
            message = say("tables.contradiction", id=shown_id(value), column=name)
            table.log.warning(table.location(row, name), "contradiction", message)
