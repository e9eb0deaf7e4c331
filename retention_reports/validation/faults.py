"""Why texts of a column cannot be used, told once for each cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.messages import Private, say
from retention_reports.reading.problems import shown
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from retention_reports.messages import Message, Value
    from retention_reports.reading.cells import Cells

_MOST_TEXTS = 10
"""So many different broken texts of one sort are named one by one; more have one cause, whatever it is."""


@record
class Fault:
    """Why a text cannot be used: a sentence, and what fills it beside `cell` (the text) and `n` (cells like it).

    `of_column`: all cells that have the fault have one cause; else each text must be mended. `is_error`: what the other
    cells mean depends on it, so that it is an error in every column.
    """

    key: str
    values: tuple[tuple[str, Value], ...] = ()
    of_column: bool = False
    is_error: bool = False

    def message(self, text: str, count: int, *, private: bool = False, **places: Value) -> Message:
        """Return the sentence for a text that stands for so many cells; `places` fills what the fault does not."""
        cell = Private(shown(text)) if private else shown(text)
        return say(self.key, cell=cell, n=count, **{**places, **dict(self.values)})


def column_fault(key: str, **values: Value) -> Fault:
    """Return a fault of the way in which the whole column is written."""
    return Fault(key, tuple(sorted(values.items())), of_column=True, is_error=True)


def cell_fault(key: str, **values: Value) -> Fault:
    """Return a fault of a single cell."""
    return Fault(key, tuple(sorted(values.items())))


@record
class Cause:
    """A fault, the first row and text that have it, and how many rows do."""

    fault: Fault
    row: int
    text: str
    rows: int


def causes_of(cells: Cells, faults: Mapping[int, Fault]) -> Iterator[Cause]:
    """Put faulty words (by their place) that have one cause together; yields each with its first row."""
    texts_of: dict[str, set[str]] = {}
    for word, fault in faults.items():
        texts_of.setdefault(fault.key, set()).add(cells.words[word])
    found: dict[tuple[Fault | str, ...], list[tuple[int, int]]] = {}
    for row, word in _sorted_rows(cells, faults):
        fault = faults[word]
        by_text = not fault.of_column and len(texts_of[fault.key]) <= _MOST_TEXTS
        cause = (fault, cells.words[word]) if by_text else (fault if fault.of_column else fault.key,)
        found.setdefault(cause, []).append((row, word))
    for rows in found.values():
        row, word = rows[0]
        yield Cause(faults[word], row, cells.words[word], len(rows))


def _sorted_rows(cells: Cells, faults: Iterable[int]) -> list[tuple[int, int]]:
    return sorted(cells.rows_of(faults))
