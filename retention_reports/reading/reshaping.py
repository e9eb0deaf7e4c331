"""Tables that people made for people, as rows: cells that stand for those below, group headings, a column a month."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.messages import say
from retention_reports.reading.cells import cells_of
from retention_reports.reading.day_forms import day_pattern
from retention_reports.reading.problems import shown, suggestion
from retention_reports.reading.word_tables import WordTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from retention_reports.messages import Message
    from retention_reports.reading.grid import Grid
    from retention_reports.reading.ragged import Fault
    from retention_reports.reading.settings import FileSettings, Unroll
    from retention_reports.reading.typed_cells import Cell

GROUP = "group"
"""What the column is called that holds the heading under which a row stands."""
SKIPPED_ROW = "skipped row"
"""The kind of rows of another width that `skip_rows` leaves out: nothing needs to be told of them."""
_NOTHING = frozenset({"", "-", "–", "0", "0.0", "0,0", "0.00", "0,00"})


def reshaped(grid: Grid, settings: FileSettings) -> tuple[Grid, list[tuple[str, Message]]]:
    """Return the table as the settings shape it, and what was not found for it, each with the key that named it."""
    faults: list[tuple[str, Message]] = []
    if settings.footers and grid.faults:
        grid = replace(grid, faults=tuple(_settled(fault, footer_words(settings.footers)) for fault in grid.faults))
    if settings.groups:
        grid = _grouped(grid, settings.groups, faults)
    if settings.fill_down:
        grid = _filled_down(grid, settings.fill_down, faults)
    if settings.unroll is not None:
        grid = _unrolled(grid, settings.unroll, faults)
    return grid, faults


def _missing(heading: str, grid: Grid) -> Message:
    hint = suggestion(heading, grid.header)
    return say("mapping.no_shaped_column", column=shown(heading), hint=hint)


def footer_words(texts: Sequence[str]) -> WordTable[bool]:
    """Return the words that end tables, as they are compared."""
    return WordTable({text.casefold(): True for text in texts})


def is_footer(cells: Sequence[str], words: WordTable[bool]) -> bool:
    """Tell whether a row that is mostly empty holds a word that ends tables."""
    filled = [cell.strip().casefold() for cell in cells if cell.strip()]
    return any(map(words.get, filled))


def _settled(fault: Fault, words: WordTable[bool]) -> Fault:
    """Return what is wrong with rows of another width; nothing where they end the table."""
    is_skipped = all(is_footer(cells, words) for _, cells in fault.rows)
    return replace(fault, kind=SKIPPED_ROW, is_error=False) if is_skipped else fault


def _grouped(grid: Grid, heading: str, faults: list[tuple[str, Message]]) -> Grid:
    """Return the rows below headings of groups, each with the heading above it in a column of its own."""
    if heading not in grid.header:
        faults.append(("groups", _missing(heading, grid)))
        return grid
    place = grid.header.index(heading)
    filled = [np.char.strip(cells_of(column).texts.astype(np.str_)) != "" for column in grid.columns]
    others = np.sum([cells for position, cells in enumerate(filled) if position != place], axis=0)
    is_heading = filled[place] & (others == 0)
    rows = np.flatnonzero(~is_heading)
    texts = _carried(cells_of(grid.columns[place]).texts, is_heading)
    shaped = _at(grid, rows)
    typed = (*shaped.typed, tuple(texts[rows].tolist())) if shaped.typed else ()
    return replace(shaped, header=(*shaped.header, GROUP), columns=(*shaped.columns, texts[rows]), typed=typed)


def _filled_down(grid: Grid, headings: Sequence[str], faults: list[tuple[str, Message]]) -> Grid:
    """Return the grid with empty cells of these columns filled by what stands above them."""
    columns, typed = list(grid.columns), list(grid.typed)
    for heading in headings:
        if heading not in grid.header:
            faults.append(("fill_down", _missing(heading, grid)))
            continue
        place = grid.header.index(heading)
        texts = cells_of(columns[place]).texts
        is_given = np.char.strip(texts.astype(np.str_)) != ""
        columns[place] = _carried(texts, is_given)
        if typed:
            cells = np.empty(len(texts), dtype=object)
            cells[:] = typed[place]
            typed[place] = tuple(_carried(cells, is_given).tolist())
    return replace(grid, columns=tuple(columns), typed=tuple(typed))


def _carried(cells: npt.NDArray[np.object_], is_given: npt.NDArray[np.bool_]) -> npt.NDArray[np.object_]:
    """Return each row's last given cell, from itself upwards; empty where there is none."""
    places = np.maximum.accumulate(np.where(is_given, np.arange(len(cells)), -1))
    carried = cells[np.maximum(places, 0)].copy()
    carried[places < 0] = ""
    return carried


def months_in(header: Sequence[str], form: str) -> list[int]:
    """Return which columns are called by a month, written in this form."""
    pattern = day_pattern(form)
    return [place for place, heading in enumerate(header) if pattern.fullmatch(heading)]


def _unrolled(grid: Grid, unroll: Unroll, faults: list[tuple[str, Message]]) -> Grid:
    """Return a row for each cell below a month that holds more than nothing."""
    months = months_in(grid.header, unroll.form)
    if not months:
        faults.append(("unroll", say("mapping.no_months", form=shown(unroll.form), columns=", ".join(grid.header))))
        return grid
    kept = [place for place in range(len(grid.header)) if place not in set(months)]
    amounts = np.array([cells_of(grid.columns[place]).texts for place in months], dtype=object).T
    rows, places = np.nonzero(~np.isin(np.char.strip(amounts.astype(np.str_)), list(_NOTHING)))
    names = np.array([grid.header[place] for place in months], dtype=object)[places]
    shaped = _at(grid, rows)
    columns = (*(shaped.columns[place] for place in kept), names, amounts[rows, places])
    typed: tuple[Sequence[Cell], ...] = ()
    if grid.typed:
        cells = [grid.typed[months[place]][row] for row, place in zip(rows.tolist(), places.tolist(), strict=True)]
        typed = (*(shaped.typed[place] for place in kept), tuple(names.tolist()), tuple(cells))
    header = (*(grid.header[place] for place in kept), unroll.day, unroll.amount)
    return replace(shaped, header=header, columns=columns, typed=typed)


def _at(grid: Grid, rows: npt.NDArray[np.intp]) -> Grid:
    columns = tuple(cells_of(column).texts[rows] for column in grid.columns)
    typed = tuple(tuple(cells[row] for row in rows.tolist()) for cells in grid.typed)
    return replace(grid, columns=columns, lines=grid.lines[rows], typed=typed)
