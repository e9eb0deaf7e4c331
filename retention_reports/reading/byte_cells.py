"""A column's cells that are still bytes, and become texts only when somebody asks for those."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.reading.byte_columns import WIDEST
from retention_reports.reading.cells import Cells, cells_of, mostly_different, sample_step

if TYPE_CHECKING:
    import numpy.typing as npt

    from retention_reports.reading.byte_columns import ByteColumn


class ByteCells(Cells):
    """Cells of a file, as its bytes."""

    def __init__(self, column: ByteColumn, *, plain: bool, has_blanks: bool = True) -> None:
        """Keep the bytes. `plain`: they are printable ASCII signs; without `has_blanks`, none of them is a blank."""
        self.column = column
        self._plain = plain
        self._has_blanks = has_blanks

    @cached_property
    def _as_texts(self) -> Cells:
        column = self.column
        if column.widest > WIDEST:
            return cells_of(column.texts())
        if mostly_different(column.every(sample_step(len(column))).numbered().tolist()):
            return Cells(np.array(column.texts(), dtype=object))
        places = column.numbered()
        first = np.empty(int(places.max(initial=-1)) + 1, dtype=np.intp)
        first[places[::-1]] = np.arange(len(places) - 1, -1, -1)
        return Cells(np.array(column.at(first).texts(), dtype=object), places)

    @property
    def words(self) -> npt.NDArray[np.object_]:
        """Every text that occurs."""
        return self._as_texts.words

    @property
    def places(self) -> npt.NDArray[np.intp] | None:
        """Which of the words stands in each row."""
        return self._as_texts.places

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.column)

    @property
    def empty(self) -> npt.NDArray[np.bool_]:
        """Tell for each row whether its cell is empty."""
        empty: npt.NDArray[np.bool_] = self.column.widths == 0
        return empty

    @property
    def has_empty(self) -> bool:
        """Tell whether any cell is empty."""
        return not self.column.widths.all()

    @property
    def all_different(self) -> bool:
        """Tell whether all cells are known to differ; may miss it."""
        return self.column.widest <= WIDEST and self.column.all_different

    def needs_no_cleaning(self, longest: int) -> bool:
        """Tell whether all cells are known to be plain, without blanks around them and not too long; may miss it."""
        is_plain = self._plain and self.column.widest <= longest
        return is_plain and not (self._has_blanks and self.column.has_blank_edge)

    def at(self, rows: npt.NDArray[np.intp]) -> Cells:
        """Return the cells of these rows."""
        return ByteCells(self.column.at(rows), plain=self._plain, has_blanks=self._has_blanks)
