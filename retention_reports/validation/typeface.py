"""Letters that the PDF's typeface lacks, so that nobody is surprised by boxes on paper."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.model.schema import Kind
from retention_reports.reading.grid import LONGEST_CELL
from retention_reports.resources import templates_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.tables import SourceTable

_FACE = "Inter-Regular.otf"
_PRINTED = frozenset({Kind.IDENTIFIER, Kind.TEXT})
_LAST_USUAL = "\u017f"
"""Up to here, through the Latin letters of Europe, the typeface has every character."""
_LOST = "\ufffd"
"""Stands for a letter that was lost, which is told where the file is read."""
_MOST_NAMED = 20


def warn_of_missing_letters(tables: Mapping[str, SourceTable], log: ProblemLog) -> None:
    """Name the characters of each table's texts for which the PDF shows a box."""
    for table in tables.values():
        by_column = {
            column.name: _characters_beyond_latin(table, column.name)
            for column in table.schema.columns
            if column.kind in _PRINTED and column.name in table.cells
        }
        lacking = {name: missing for name, found in by_column.items() if (missing := found - _covered(found))}
        if lacking:
            characters = sorted(frozenset().union(*lacking.values()))
            named = " ".join(characters[:_MOST_NAMED]) + (" …" if len(characters) > _MOST_NAMED else "")
            row = _first_row(table, next(iter(lacking)), frozenset(characters))
            message = say("letters.not_in_typeface", n=len(characters), characters=named)
            log.warning(table.location(row, next(iter(lacking))), "letters not in typeface", message)


def _characters_beyond_latin(table: SourceTable, column: str) -> frozenset[str]:
    cells = table.cells[column]
    if cells.needs_no_cleaning(LONGEST_CELL):
        return frozenset()
    text = "".join(cells.words)
    return frozenset() if text.isascii() else frozenset(sign for sign in set(text) if sign > _LAST_USUAL) - {_LOST}


def _covered(characters: frozenset[str]) -> frozenset[str]:
    return frozenset(sign for sign in characters if ord(sign) in _code_points()) if characters else characters


def _first_row(table: SourceTable, column: str, characters: frozenset[str]) -> int:
    return next(row for row, text in enumerate(table.cells[column]) if not characters.isdisjoint(text))


@cache
def _code_points() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- costs a tenth of a second, and few names need it

    with TTFont(templates_folder() / "fonts" / _FACE, lazy=True) as face:
        return frozenset(face.getBestCmap())
