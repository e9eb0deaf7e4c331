"""A client's files as tables of plain values, before they are written in anybody's format."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell: TypeAlias = str | int | float | date | None


@record
class Table:
    """One file's rows. Columns of money hold cents.

    `parts` names the part each row belongs to, where the file is written in several parts (by year).
    """

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    parts: Sequence[str] = ()
