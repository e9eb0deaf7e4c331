"""Amounts that a separator has cut in two, because their decimal sign is the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retention_reports.model.schema import Kind
from retention_reports.reading.cells import cells_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retention_reports.model.schema import Column
    from retention_reports.reading.grid import Grid
    from retention_reports.reading.settings import FileSettings

_WHOLE = re.compile(r"\s*-?[0-9]+\s*")
_LOOKED_AT = 30
"""Rows by which nearly every column is told to be something else."""
_DECIMALS = re.compile(r"\s*[0-9]{2}\s*")


def cut_amounts(grid: Grid, columns: Iterable[tuple[Column, int]], settings: FileSettings) -> Iterator[tuple[int, str]]:
    """Yield the columns of amounts whose decimals stand in the column behind, each with its first amount as it was.

    `columns` are the table's, each with a column of the grid that it is made of. Digits such as `05` behind whole
    amounts are decimals and nothing else; others may be numbers of their own where somebody reads them. `decimal = "."`
    says that the amounts are whole.
    """
    read = list(columns)
    if grid.separator != "," or settings.decimal == "." or not len(grid.lines):
        return
    taken = {position for _, position in read}
    for column, position in read:
        behind = position + 1
        if column.kind is not Kind.MONEY or behind >= len(grid.header) or grid.header[behind] in settings.ignore:
            continue
        whole, digits = cells_of(grid.columns[position]), cells_of(grid.columns[behind])
        rows = range(min(len(grid.lines), _LOOKED_AT))
        if not all(_WHOLE.fullmatch(whole[row]) and _DECIMALS.fullmatch(digits[row]) for row in rows):
            continue
        words = set(digits.words.tolist())
        is_sure = any(text.strip().startswith("0") for text in words) or (behind not in taken and len(words) > 1)
        if is_sure and all(map(_DECIMALS.fullmatch, words)) and all(map(_WHOLE.fullmatch, whole.words.tolist())):
            yield position, f"{whole[0].strip()},{digits[0].strip()}"
