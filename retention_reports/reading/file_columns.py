"""The columns of one file to the columns of a table: found, put together and cleaned."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.errors import Location
from retention_reports.messages import say
from retention_reports.model.schema import Column, Kind
from retention_reports.reading.cells import Cells, cells_of
from retention_reports.reading.cleaning import clean, is_wrapped, unwrapped
from retention_reports.reading.grid import LONGEST_CELL, LONGEST_NAME
from retention_reports.reading.mapping import MappingError, find_column, find_position
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retention_reports.reading.formulas import Term
    from retention_reports.reading.grid import Grid
    from retention_reports.reading.mapping import ColumnSource, FoundColumn, Reference
    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.settings import TaxShare

LONG_TEXTS = frozenset({"text", "note", "evidence", "wishes", "guarantees", "criteria", "motive", "occasion"})
"""Columns that hold sentences; every other text is a name and has to fit on a line."""
_NUMBERS = frozenset({Kind.MONEY, Kind.NUMBER, Kind.FRACTION, Kind.DAY})
TAX_RATE = "tax rate"
"""Stands for the column of tax rates among a file's columns; no standard column is called so."""
TAX_SHARE = {"tax": "tax share", "of": "tax share of", "less": "tax share less"}
"""Stand for the columns by which amounts take their share of a document's tax."""


@record
class FileTerm:
    """A column that is added to another of the table or subtracted from it; `name` stands for it among the cells."""

    name: str
    sign: int


class FileColumns:
    """What one file holds of a table.

    `cells` holds columns by standard name, and further ones by the names that `terms` and `TAX_RATE` give them;
    `headings` their names in the file; `chosen` tells row by row which of several columns was taken; `used` are the
    columns of the table, each with every column of the file that it is made of.
    """

    def __init__(self, path: str, header_line: int, grid: Grid, log: ProblemLog) -> None:
        """Begin without columns. `path` is how messages name the file; `grid` holds the table's rows only."""
        self.cells: dict[str, Cells] = {}
        self.headings: dict[str, str] = {}
        self.chosen: dict[str, Cells] = {}
        self.terms: dict[str, tuple[FileTerm, ...]] = {}
        self.used: list[tuple[Column, int]] = []
        self.complete = True
        self._path = path
        self._header_line = header_line
        self._grid = grid
        self._log = log

    @property
    def positions(self) -> frozenset[int]:
        """The columns of the file that are read."""
        return frozenset(position for _, position in self.used)

    def add(self, column: Column, source: ColumnSource) -> None:
        """Make a column of the table; what the file lacks is an error."""
        if source.lookup:
            # What stands there is a name; what it stands for is looked up once all files are read.
            column = replace(column, kind=Kind.IDENTIFIER)
        is_amount = column.kind is Kind.MONEY
        try:
            found = find_column(column.name, source, self._grid.header, is_amount=is_amount)
        except MappingError as problem:
            self._note(problem)
            if problem.heading in self._grid.header:
                # What stands there twice is read all the same, so that nothing else is told as missing.
                self._take(column, self._grid.header.index(problem.heading))
            return
        if found is not None:
            self._add_found(column, found)
            self._add_terms(column, found.terms)

    def add_tax_rates(self, part: Reference) -> None:
        """Make the column of tax rates."""
        try:
            position = find_position("tax_rate_column", part, self._grid.header)
        except MappingError as problem:
            self._note(problem)
            return
        self._take(Column(TAX_RATE, Kind.NUMBER), position)

    def add_tax_share(self, share: TaxShare) -> None:
        """Make the columns by which amounts take their share of a document's tax."""
        for key, name in TAX_SHARE.items():
            heading = getattr(share, key)
            if not heading:
                continue
            try:
                position = find_position(f"tax_share.{key}", (heading,), self._grid.header)
            except MappingError as problem:
                self._note(problem)
                continue
            self._take(Column(name, Kind.MONEY), position)

    def _note(self, problem: MappingError) -> None:
        self._log.error(Location(self._path, self._header_line, problem.heading), problem.kind, problem.message)
        self.complete = False

    def _add_found(self, column: Column, found: FoundColumn) -> None:
        if found.how == "one":
            self._take(column, found.positions[0])
            return
        self.used += [(column, position) for position in found.positions]
        headings = [self._grid.header[position] for position in found.positions]
        pieces = [_stripped(cells_of(self._grid.columns[position])) for position in found.positions]
        if found.how == "first":
            texts, origins = _first_filled(pieces)
            self.chosen[column.name] = Cells(np.array(headings, dtype=object), origins)
            self.headings[column.name] = headings[0]
        else:
            texts = np.array([" ".join(filter(None, row)) for row in zip(*pieces, strict=True)], dtype=object)
            self.headings[column.name] = ", ".join(headings)
        self.cells[column.name] = self._cleaned(cells_of(texts), column, lambda row: self._heading(column.name, row))

    def _add_terms(self, column: Column, terms: Sequence[Term]) -> None:
        added = []
        for number, term in enumerate(terms, start=2):
            name = f"{column.name} {number}"
            self._take(replace(column, name=name), term.position)
            added.append(FileTerm(name, term.sign))
        if added:
            self.terms[column.name] = tuple(added)

    def _take(self, column: Column, position: int) -> None:
        heading = self._grid.header[position]
        self.used.append((column, position))
        self.headings[column.name] = heading
        cells = cells_of(self._grid.columns[position])
        self.cells[column.name] = self._cleaned(cells, column, lambda _: heading)

    def _heading(self, name: str, row: int) -> str:
        return self.chosen[name][row] if name in self.chosen else self.headings[name]

    def _cleaned(self, cells: Cells, column: Column, heading: Callable[[int], str]) -> Cells:
        longest = _longest(column)
        if column.kind is not Kind.TEXT and len(cells) and is_wrapped(next(filter(None, cells), "")):
            cells = cells.reworded(unwrapped)
        if cells.needs_no_cleaning(longest):
            return cells
        result = clean(cells.words.tolist(), longest, of_numbers=column.kind in _NUMBERS)
        faults = {word: (kind, message) for word, kind, message in result.faults}
        lines = self._grid.lines
        for row, word in cells.rows_of(faults):
            self._log.error(Location(self._path, int(lines[row]), heading(row)), *faults[word])
            self.complete = False
        for row, _ in cells.rows_of(result.stripped_rows):
            message = say("rows.invisible")
            self._log.warning(Location(self._path, int(lines[row]), heading(row)), "invisible characters", message)
        return cells.reworded(lambda _: result.cells)


def _longest(column: Column) -> int:
    is_name = column.kind in {Kind.IDENTIFIER, Kind.TEXT} and column.name not in LONG_TEXTS
    return LONGEST_NAME if is_name else LONGEST_CELL


def _stripped(cells: Cells) -> list[str]:
    return [text.strip() for text in cells]


def _first_filled(pieces: Sequence[Sequence[str]]) -> tuple[np.ndarray, np.ndarray]:
    """Return the first text of each row that is not empty, and which piece it comes from."""
    texts = np.array(pieces[0], dtype=object)
    origins = np.zeros(len(texts), dtype=np.intp)
    for number, piece in enumerate(pieces[1:], start=1):
        others = np.array(piece, dtype=object)
        taken = ~texts.astype(np.bool_) & others.astype(np.bool_)
        texts[taken] = others[taken]
        origins[taken] = number
    return texts, origins
