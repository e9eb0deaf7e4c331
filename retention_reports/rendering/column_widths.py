"""How wide the columns of a table on paper are: found from its texts as a browser would, for a fraction of the time.

WeasyPrint lays out every cell three times to find the widths of columns, and once where they are given.
"""

from __future__ import annotations

from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING

from retention_reports.charts.text import SOFT_HYPHEN, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.presentation.view import Cell, Column

FULL_WIDTH = 680.0
HALF_WIDTH = 330.0
_CELL_SIZE = 11.33
_HEAD_SIZE = 10.0
_GAP = 9.0
_STEPS = 200  # a table is so many steps wide
_ALLOWANCE = 1.04  # figures of equal width, and kerning
_WIDEST_FIGURE = str.maketrans("123456789", "0" * 9)


def column_widths(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], available: float) -> tuple[int, ...]:
    """Return each column's share of the table's width in half per cents; none where the texts are too wide for that.

    A column is never narrower than its longest word, and numbers are never broken; what is left goes to the columns
    that have use for it, or to all as they are wide. Cells with pictures are left to WeasyPrint.
    """
    if any(cell.svg for row in rows for cell in row):
        return ()
    cells = [[row[index].text for row in rows if index < len(row)] for index in range(len(columns))]
    step = available / _STEPS
    least = [ceil(_least(column, texts) / step) for column, texts in zip(columns, cells, strict=True)]
    wanted = [_wanted(column, texts) / step for column, texts in zip(columns, cells, strict=True)]
    left = _STEPS - sum(least)
    if left < 0:
        return ()
    if sum(wanted) <= _STEPS:
        wanted = [width * _STEPS / sum(wanted) for width in wanted]
    room = [max(0.0, high - low) for low, high in zip(least, wanted, strict=True)]
    grown = [round(left * share / (sum(room) or 1)) for share in accumulate(room)]
    return tuple(low + now - before for low, now, before in zip(least, grown, (0, *grown), strict=False))


def width_class(width: int) -> str:
    """Return the class of columns of this width (see `width_rules`)."""
    return f"w{width}"


def width_rules() -> str:
    """Return the stylesheet that gives columns their widths.

    WeasyPrint finds the style of elements of one class once, and of every element with a style of its own anew.
    """
    return "".join(f".{width_class(width)}{{width:{width / 2:g}%}}" for width in range(1, _STEPS + 1))


def _least(column: Column, texts: Sequence[str]) -> float:
    """Return the width below which the column cannot go without breaking words or numbers."""
    if column.numeric:
        return _wanted(column, texts)
    head = max(_width(word, _HEAD_SIZE) for word in _words(column.label))
    return max(head, *(_width(word, _CELL_SIZE) for text in texts for word in _words(text)), 0.0) + _GAP


def _wanted(column: Column, texts: Sequence[str]) -> float:
    """Return the width at which nothing is broken."""
    return max(_width(column.label, _HEAD_SIZE), *(_width(text, _CELL_SIZE) for text in texts), 0.0) + _GAP


def _words(text: str) -> list[str]:
    return text.replace(SOFT_HYPHEN, "- ").replace("-", "- ").split(" ") or [""]


def _width(text: str, size: float) -> float:
    return text_width(text.translate(_WIDEST_FIGURE), size) * _ALLOWANCE
