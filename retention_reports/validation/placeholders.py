"""Days that stand for none: gaps where a day may be missing, and rows that no quarter can count where it may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.messages import say
from retention_reports.reading.problems import shown_cell

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, MutableMapping

    import numpy.typing as npt
    import pandas as pd

    from retention_reports.messages import Private
    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.tables import SourceTable

    _Flags = npt.NDArray[np.bool_]

PLACEHOLDER_DAY = "placeholder_day"
_KIND = "placeholder day"
_BIRTHDAY = "birthday"
_FEWEST = 3
_SHARE = 0.1
"""One birthday in 365 is on 1 January; a tenth of several is a habit of those who type."""


def settle_placeholders(
    source: SourceTable,
    columns: MutableMapping[str, pd.Series],
    found: Mapping[str, _Flags],
    required: Collection[str],
    log: ProblemLog,
) -> _Flags:
    """Tell of the days that stand for none (rows by column), and return which rows are to be left out.

    Rows that need their day are left out where they count nothing or where the settings say so; else they are errors.
    """
    rows = np.zeros(source.row_count, dtype=np.bool_)
    leaves_out = source.settings.placeholder_days == "leave_out"
    for name, flags in found.items():
        if name not in required:
            _tell(source, name, flags, log)
            continue
        counts_nothing = (
            (columns["amount"] == 0).to_numpy(dtype=np.bool_, na_value=False) if "amount" in columns else rows
        )
        left_out = flags & (counts_nothing | leaves_out)
        rows = rows | left_out
        _tell_left_out(source, name, left_out, any_counts=bool((left_out & ~counts_nothing).any()), log=log)
        _refuse(source, name, flags & ~left_out, log)
    if _BIRTHDAY in source.cells:
        _tell_new_years_children(source, columns, log)
    return rows


def _tell(source: SourceTable, name: str, flags: _Flags, log: ProblemLog) -> None:
    row, count = int(np.argmax(flags)), int(flags.sum())
    log.warning(source.location(row, name), _KIND, say("days.placeholder", cell=_cell(source, name, row), n=count))


def _tell_left_out(source: SourceTable, name: str, flags: _Flags, *, any_counts: bool, log: ProblemLog) -> None:
    if flags.any():
        row, count = int(np.argmax(flags)), int(flags.sum())
        message = say("days.placeholder_left_out", cell=_cell(source, name, row), n=count)
        on_first_page = say("days.placeholder_page", table=say(f"days.rows.{source.schema.name}"), n=count)
        log.warning(source.location(row, name), _KIND, message, on_first_page if any_counts else None)


def _refuse(source: SourceTable, name: str, flags: _Flags, log: ProblemLog) -> None:
    if flags.any():
        row, count = int(np.argmax(flags)), int(flags.sum())
        cell = _cell(source, name, row)
        message = say("days.placeholder_refused", cell=cell, file=source.schema.name, n=count)
        log.error(source.location(row, name), _KIND, message)


def _tell_new_years_children(source: SourceTable, columns: Mapping[str, pd.Series], log: ProblemLog) -> None:
    days = columns[_BIRTHDAY]
    first = ((days.dt.month == 1) & (days.dt.day == 1)).to_numpy(dtype=np.bool_)
    if first.sum() >= max(_FEWEST, _SHARE * days.notna().sum()):
        row, count = int(np.argmax(first)), int(first.sum())
        message = say("days.new_years_children", cell=_cell(source, _BIRTHDAY, row), n=count)
        log.warning(source.location(row, _BIRTHDAY), _KIND, message)


def _cell(source: SourceTable, name: str, row: int) -> str | Private:
    return shown_cell(source.schema.column(name), source.cells[name][row])
