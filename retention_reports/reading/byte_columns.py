"""A column's cells as stretches of a file's bytes, looked at in all rows at once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Self, TypeAlias

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view

from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Signs: TypeAlias = npt.NDArray[np.uint8]
    Numbers: TypeAlias = npt.NDArray[np.int64]
    _Words: TypeAlias = npt.NDArray[np.uint64]

WIDEST = 32
"""Bytes up to which cells are compared as numbers; wider ones are sentences, which seldom repeat."""
_BREAK = ord("\n")
_BLANK = ord(" ")
_WORD = 8
_BASE = 10
_LAST_SIGNS = 3
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_WORD + 1)], dtype=np.uint64)
"""What is kept of eight bytes, by the number of those that belong to the cell."""


@record
class ByteColumn:
    """Cells as stretches of bytes: from `starts` up to (without) `ends`, in UTF-8 and without zero bytes.

    The bytes go on for `WIDEST` more behind the last cell.
    """

    signs: Signs
    starts: Numbers
    ends: Numbers

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        """Lay texts out as bytes, one after the other."""
        cells = [text.encode() for text in texts]
        ends = np.cumsum(np.fromiter(map(len, cells), dtype=np.int64, count=len(cells)))
        starts = np.concatenate([np.zeros(1, dtype=np.int64), ends[:-1]])[: len(cells)]
        return cls(np.frombuffer(b"".join((*cells, bytes(WIDEST))), dtype=np.uint8), starts, ends)

    def __len__(self) -> int:
        """Return the number of cells."""
        return len(self.starts)

    @cached_property
    def widths(self) -> Numbers:
        """The number of bytes of each cell."""
        return self.ends - self.starts

    @cached_property
    def widest(self) -> int:
        """The number of bytes of the widest cell."""
        return int(self.widths.max(initial=0))

    def every(self, step: int) -> Self:
        """Return the first of every `step` cells."""
        return type(self)(self.signs, self.starts[::step], self.ends[::step])

    def at(self, rows: Numbers) -> Self:
        """Return the cells of these rows."""
        return type(self)(self.signs, self.starts[rows], self.ends[rows])

    def positions(self, width: int) -> Signs:
        """Return the first, second, … sign of every cell, as rows of a table; behind a cell's end stands anything.

        `width` is at most `WIDEST`.
        """
        return np.ascontiguousarray(sliding_window_view(self.signs, width)[self.starts].T)

    @property
    def has_blank_edge(self) -> bool:
        """Tell whether any cell begins or ends with a blank; may say so wrongly where blanks separate cells."""
        last = self.signs[np.maximum(self.ends - 1, 0)]
        return bool((self.signs[self.starts] == _BLANK).any() or (last == _BLANK).any())

    @property
    def ends_in_digits(self) -> bool:
        """Tell whether the last three signs of each cell that has three are digits."""
        ends = self.ends[self.widths >= _LAST_SIGNS]
        return all(
            bool((self.signs[ends - back] - np.uint8(ord("0")) < _BASE).all()) for back in range(1, _LAST_SIGNS + 1)
        )

    @property
    def all_different(self) -> bool:
        """Tell whether no two cells (at most `WIDEST` bytes wide) are the same."""
        if self.widest > _WORD:
            return int(self.numbered().max(initial=-1)) + 1 == len(self)
        words = np.sort(self._words(0))
        return not bool((words[1:] == words[:-1]).any())

    def numbered(self) -> npt.NDArray[np.intp]:
        """Number the different cells (at most `WIDEST` bytes wide) as they come, and return each row's number."""
        places: npt.NDArray[np.intp] = pd.factorize(self._words(0))[0]
        for offset in range(_WORD, self.widest, _WORD):
            found, different = pd.factorize(self._words(offset))
            places = pd.factorize(places * len(different) + found)[0]
        return places

    def texts(self) -> list[str]:
        """Return the text of each cell."""
        if len(self) and self.widest <= WIDEST - 1:
            lines = self._lines()
            if lines.count(b"\n") == len(self):
                return lines[:-1].decode().split("\n")
        signs = self.signs.data
        pairs = zip(self.starts.tolist(), self.ends.tolist(), strict=True)
        return [str(signs[start:end], "utf-8") for start, end in pairs]

    def _words(self, offset: int) -> _Words:
        """Return eight bytes of each cell as one number, zeros where the cell has ended."""
        signs = self.signs
        windows = np.ndarray(len(signs) - _WORD + 1, dtype="<u8", buffer=signs.data, strides=(1,))
        words: _Words = windows[self.starts + offset]
        return words & _MASKS[np.clip(self.widths - offset, 0, _WORD)]

    def _lines(self) -> bytes:
        """Return all cells with a line break after each."""
        size = self.widest + 1
        cells = sliding_window_view(self.signs, size)[self.starts]
        cells[np.arange(len(cells)), self.widths] = _BREAK
        return cells[np.arange(size) <= self.widths[:, np.newaxis]].tobytes()
