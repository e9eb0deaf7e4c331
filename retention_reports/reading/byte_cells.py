"""Cuts a rectangle of delimited text into columns without making a text of every single cell.

Cells are compared as bytes, eight at a time, all rows of a column at once; only what differs becomes text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view

from retention_reports.reading.cells import Cells, cells_of, mostly_different, sample_step

if TYPE_CHECKING:
    import numpy.typing as npt

    _Signs: TypeAlias = npt.NDArray[np.uint8]
    _Numbers: TypeAlias = npt.NDArray[np.int64]

_WORD = 8
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_WORD + 1)], dtype=np.uint64)
"""What is kept of eight bytes, by the number of those that belong to the cell."""
_WIDEST = 4 * _WORD
"""Bytes up to which cells are compared as numbers; wider ones are sentences, which seldom repeat."""


@dataclass(frozen=True)
class ByteTable:
    """A file's bytes, and where each of its cells ends, `count` to a line; a cell begins after the one before."""

    data: bytes
    ends: npt.NDArray[np.int64]
    count: int

    def columns(self) -> tuple[Cells, ...]:
        """Return the cells of all rows but the first, which holds the names."""
        signs = np.frombuffer(self.data + bytes(_WIDEST), dtype=np.uint8)
        count = self.count
        return tuple(
            self._column(signs, self.ends[count + place - 1 : -1 : count] + 1, self.ends[count + place :: count])
            for place in range(count)
        )

    def _column(self, signs: _Signs, starts: _Numbers, ends: _Numbers) -> Cells:
        widths = ends - starts
        if int(widths.max()) > _WIDEST:
            return cells_of(self._texts(starts, widths))
        step = sample_step(len(starts))
        if mostly_different(_places(signs, starts[::step], widths[::step]).tolist()):
            return Cells(_lines(signs, starts, widths))
        places = _places(signs, starts, widths)
        first = np.empty(int(places.max()) + 1, dtype=np.intp)
        first[places[::-1]] = np.arange(len(places) - 1, -1, -1)
        return Cells(np.array(self._texts(starts[first], widths[first]), dtype=object), places)

    def _texts(self, starts: _Numbers, widths: _Numbers) -> list[str]:
        data = self.data
        pairs = zip(starts.tolist(), (starts + widths).tolist(), strict=True)
        return [data[start:end].decode() for start, end in pairs]


def _lines(signs: _Signs, starts: _Numbers, widths: _Numbers) -> str:
    """Return all cells as one text, with a line break after each."""
    size = int(widths.max()) + 1
    cells = sliding_window_view(signs, size)[starts]
    cells[np.arange(len(cells)), widths] = ord("\n")
    return cells[np.arange(size) <= widths[:, np.newaxis]].tobytes().decode()


def _places(signs: _Signs, starts: _Numbers, widths: _Numbers) -> npt.NDArray[np.intp]:
    """Number the different cells in the order in which they come, and return each row's number."""
    windows = sliding_window_view(signs, _WORD)
    places = np.zeros(len(starts), dtype=np.intp)
    for offset in range(0, max(int(widths.max()), 1), _WORD):
        word = windows[starts + offset].view("<u8").ravel() & _MASKS[np.clip(widths - offset, 0, _WORD)]
        found, different = pd.factorize(word)
        places = pd.factorize(places * len(different) + found)[0] if offset else found
    return places
