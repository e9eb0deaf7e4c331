"""Several versions of what has one id: the newest counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.errors import Location
from retention_reports.messages import say
from retention_reports.reading.problems import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from retention_reports.reading.settings import FileSettings
    from retention_reports.validation.tables import CheckedTable

OLDER_VERSION = "older_version"
_LONGEST_CHANGE = 31
"""Days by which an order's day may differ between versions; farther apart, the number was used again."""
_WHOLE_NUMBER = re.compile(r"\d{1,18}")
_TIMES = ("", " %H:%M", " %H:%M:%S")


def leave_out_older_versions(table: CheckedTable, key: str) -> bool:
    """Leave the rows of each id that are the newest by the column that `latest_by` names: by its days or numbers.

    Returns whether that could be done; the log says why not.
    """
    source = table.source
    if key not in source.cells:
        message = say("repeated.no_ids_for_versions")
        table.log.error(Location(source.parts[0].path), "unusable setting", message)
        return False
    ids = table.frame[key]
    rows = ids.index[ids.duplicated(keep=False) & (ids != "")]
    if not _has_column(table):
        return False
    if not len(rows):
        return True
    texts = [_text(table, row) for row in rows.tolist()]
    versions = _versions(texts, _day_form(source.settings))
    if versions is None:
        _report_unreadable(table, rows, texts)
        return False
    found = pd.DataFrame({"id": ids.loc[rows].to_numpy(dtype=object), "version": versions}, index=rows)
    older = found["version"] < found.groupby("id")["version"].transform("max")
    if not _is_sound(table, key, older):
        return False
    table.leave_out(ids.index.to_series().isin(older.index[older]), OLDER_VERSION)
    return True


def _has_column(table: CheckedTable) -> bool:
    heading = table.source.settings.latest_by
    lacking = [part for part in table.source.parts if heading not in part.grid.header]
    for part in lacking:
        message = say("repeated.no_version_column", column=shown(heading))
        table.log.error(Location(part.path), "missing column", message)
    return not lacking


def _text(table: CheckedTable, row: int) -> str:
    part = table.source.part_of(row)
    position = part.grid.header.index(table.source.settings.latest_by)
    return str(part.grid.columns[position][part.rows[row - part.first_row]]).strip()


def _day_form(settings: FileSettings) -> str:
    """Return the one form in which days are declared to be written; none where there are several, or none."""
    forms = settings.day_forms_of(settings.latest_by)
    return forms[0] if len(forms) == 1 else ""


def _versions(texts: Sequence[str], day_form: str) -> npt.NDArray[np.int64] | None:
    """Return a number for each text that grows with what it says; None where not all say the same kind of thing."""
    if all(map(_WHOLE_NUMBER.fullmatch, texts)):
        return np.array([int(text) for text in texts], dtype=np.int64)
    column = pd.Series(texts, dtype=object)
    days = pd.Series(pd.NaT, index=column.index, dtype="datetime64[ns, UTC]")
    forms = [day_form + time for time in _TIMES] if day_form else ["ISO8601"]
    for form in forms:
        days = days.fillna(pd.to_datetime(column, format=form, errors="coerce", utc=True))
    return None if days.isna().any() else days.to_numpy(dtype="datetime64[ns]").astype(np.int64)


def _report_unreadable(table: CheckedTable, rows: pd.Index, texts: Sequence[str]) -> None:
    form = _day_form(table.source.settings)
    wrong = [place for place, text in enumerate(texts) if _versions([text], form) is None] or [0]
    heading = table.source.settings.latest_by
    location = table.location(int(rows[wrong[0]]))
    message = say("repeated.unreadable_version", n=len(wrong), text=shown(texts[wrong[0]]))
    table.log.error(Location(location.path, location.line, heading), "unreadable version", message)


def _is_sound(table: CheckedTable, key: str, older: pd.Series) -> bool:
    """Refuse what is no version of an order: the same number for another customer or day, or other lines of it."""
    if table.name != "orders":
        return True
    frame = table.frame.loc[older.index]
    ids = frame[key]
    customers, days = frame["customer_id"].where(frame["customer_id"] != ""), frame["ordered_on"]
    apart = (days.groupby(ids).transform("max") - days.groupby(ids).transform("min")).dt.days > _LONGEST_CHANGE
    wrong = (customers.groupby(ids).transform("nunique") > 1) | apart
    if wrong.any():
        row = int(wrong.index[wrong][0])
        repeated = int((wrong & ids.duplicated()).sum())
        message = say("repeated.no_version", n=repeated, id=shown(str(ids[row])), key=key)
        table.log.error(table.location(row, key), "duplicate id", message)
        return False
    return table.source.settings.rows != "order_line" or _are_whole_orders(table, key, older)


def _are_whole_orders(table: CheckedTable, key: str, older: pd.Series) -> bool:
    """Tell whether each order's newest rows hold a product of older ones in the same file; else its lines differ."""
    frame = table.frame.loc[older.index]
    parts = pd.Series(table.source.part_numbers(frame.index.to_numpy(dtype=np.intp)), index=frame.index)
    named = frame["product_id"] if "product_id" in table.source.cells else parts.astype("str")
    newest = pd.MultiIndex.from_arrays([frame.loc[~older, key], parts[~older], named[~older]])
    again = pd.MultiIndex.from_arrays([frame[key], parts, named]).isin(newest)
    beside = pd.MultiIndex.from_arrays([frame[key], parts]).isin(newest.droplevel(2))
    recurs = pd.Series(older.to_numpy() & again, index=frame.index).groupby(frame[key]).transform("any")
    lost = older & beside & ~recurs
    if lost.any():
        row = int(lost.index[lost][0])
        count = int(frame.loc[lost, key].nunique())
        message = say("repeated.line_versions", n=count, id=shown(str(frame.loc[row, key])))
        table.log.error(table.location(row, key), "duplicate id", message)
    return not lost.any()
