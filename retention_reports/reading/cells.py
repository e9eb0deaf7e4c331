"""A column's cells as text, each different text once wherever texts repeat."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy.typing as npt

_SAMPLE = 4_000
_MOSTLY_DIFFERENT = 0.8


class Cells:
    """The texts of a column, row by row. `words` holds them, `places` tells which of them stands in each row.

    Without places, `words` are the rows themselves. Words may occur twice; only mostly they do not.
    """

    def __init__(self, words: npt.NDArray[np.object_], places: npt.NDArray[np.intp] | None = None) -> None:
        """Keep the words and where they stand."""
        self._words = words
        self._places = places

    @property
    def words(self) -> npt.NDArray[np.object_]:
        """Every text that occurs."""
        return self._words

    @property
    def places(self) -> npt.NDArray[np.intp] | None:
        """Which of the words stands in each row; None: each stands in its own."""
        return self._places

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.words if self.places is None else self.places)

    def __iter__(self) -> Iterator[str]:
        """Yield the text of each row."""
        return iter(self.texts.tolist())

    def __getitem__(self, row: int) -> str:
        """Return the text of a row."""
        text: str = self.words[row if self.places is None else self.places[row]]
        return text

    @cached_property
    def texts(self) -> npt.NDArray[np.object_]:
        """The text of each row."""
        rows: npt.NDArray[np.object_] = self.words if self.places is None else self.words[self.places]
        return rows

    @property
    def empty(self) -> npt.NDArray[np.bool_]:
        """Tell for each row whether its cell is empty."""
        empty: npt.NDArray[np.bool_] = ~self.words.astype(np.bool_)
        return empty if self.places is None else empty[self.places]

    @property
    def has_empty(self) -> bool:
        """Tell whether any cell is empty."""
        return not all(self.words.tolist())

    @property
    def all_different(self) -> bool:
        """Tell whether all cells are known to differ; may miss it."""
        return self.places is None and len(set(self.words.tolist())) == len(self.words)

    def needs_no_cleaning(self, longest: int) -> bool:  # noqa: ARG002 - other cells know how long they are
        """Tell whether all cells are known to be plain, without blanks around them and not too long; may miss it."""
        return False

    def at(self, rows: npt.NDArray[np.intp]) -> Cells:
        """Return the cells of these rows."""
        if self.places is None:
            return Cells(self.words[rows])
        places, left = pd.factorize(self.places[rows])
        return Cells(self.words[left], places)

    def rows_of(self, words: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Yield each row that holds one of these words (given by their place), and the word's place."""
        wanted = sorted(words)
        if self.places is None:
            return zip(wanted, wanted, strict=True)
        rows = np.flatnonzero(np.isin(self.places, wanted)) if wanted else np.empty(0, dtype=np.intp)
        return zip(rows.tolist(), self.places[rows].tolist(), strict=True)

    def reworded(self, change: Callable[[list[str]], Sequence[str]]) -> Cells:
        """Return the same rows with other words."""
        return Cells(np.array(change(self.words.tolist()), dtype=object), self.places)


def cells_of(texts: Sequence[str] | npt.NDArray[np.object_] | Cells) -> Cells:
    """Return the rows' texts as cells, told apart only where many of them repeat."""
    if isinstance(texts, Cells):
        return texts
    rows = np.asarray(texts, dtype=object)
    if mostly_different(rows[:: sample_step(len(rows))].tolist()):
        return Cells(rows)
    places, words = pd.factorize(rows)
    return Cells(words, places)


def mostly_different(sample: Sequence[object]) -> bool:
    """Tell whether so few of a column's cells seem to be the same that telling them apart does not pay."""
    return len(set(sample)) > _MOSTLY_DIFFERENT * len(sample)


def sample_step(rows: int) -> int:
    """Return the distance of the rows to look at before a decision on so many."""
    return max(1, rows // _SAMPLE)


def same_in_every_row(text: str, rows: int) -> Cells:
    """Return a column that holds one text."""
    return Cells(np.array([text], dtype=object), np.zeros(rows, dtype=np.intp))


def joined(pieces: Sequence[Cells]) -> Cells:
    """Return the rows of all pieces, one after the other."""
    if len(pieces) == 1:
        return pieces[0]
    if all(piece.places is None for piece in pieces):
        return Cells(np.concatenate([piece.words for piece in pieces]))
    words = np.array(list(chain.from_iterable(piece.words for piece in pieces)), dtype=object)
    starts = np.cumsum([0, *(len(piece.words) for piece in pieces[:-1])])
    places = [
        start + (np.arange(len(piece)) if piece.places is None else piece.places)
        for start, piece in zip(starts, pieces, strict=True)
    ]
    new_places, different = pd.factorize(words)
    return Cells(different, new_places[np.concatenate(places)])
