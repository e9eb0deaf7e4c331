"""How sections are put together: rows without what has nothing to show, definitions, permission, decisions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.presentation.tables import text_cell
from retention_reports.presentation.view import Definition, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Block, Cell

_WEEKS = 4


def rows_of(*rows: Sequence[Block | None]) -> tuple[Row, ...]:
    """Return the rows with the blocks that exist; rows without any are left out."""
    present = [tuple(block for block in blocks if block is not None) for blocks in rows]
    return tuple(Row(blocks) for blocks in present if blocks)


def on_screen_only(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows as ones that the PDF leaves out: it has room for the finding and one picture of each topic."""
    return tuple(replace(row, on_paper=False) for row in rows)


def definitions(context: Context, section: str, names: Iterable[str]) -> tuple[Definition, ...]:
    """Return the method entries `<section>.method.<name>.term` and `.text`."""
    say = context.wording.say
    return tuple(
        Definition(say(f"{section}.method.{name}.term"), say(f"{section}.method.{name}.text")) for name in names
    )


def permission_cell(context: Context, permission: str) -> Cell:
    """Return whether one may write: yes, no, or not known."""
    return text_cell(context.wording.say(f"common.permission.{permission}"))


def due_day(context: Context) -> str:
    """Return by when what is decided or agreed is to be done, with its year."""
    return context.formats.day(context.deadline(_WEEKS))
