"""Tables for wider circulation: groups below five customers added up, and amounts of single customers in bands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.model.money import band
from retention_reports.model.small_groups import is_small
from retention_reports.presentation.tables import customers_cell, money_cell, text_cell, unknown_cell
from retention_reports.presentation.view import Chart, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Block, Cell, SectionView


def for_circulation(context: Context, view: SectionView) -> SectionView:
    """Return a section whose tables tell no amount of fewer than five customers."""
    rows = (replace(row, blocks=tuple(_block(context, block) for block in row.blocks)) for row in view.rows)
    return replace(view, rows=tuple(rows))


def _block(context: Context, block: Block) -> Block:
    if isinstance(block, Table):
        return _table(context, block)
    if isinstance(block, Chart) and block.table is not None:
        return replace(block, table=_table(context, block.table))
    return block


def _table(context: Context, table: Table) -> Table:
    """Return a table whose small groups stand in one row behind the others; a lone one shows bands."""
    small = [row for row in table.rows if is_small(_customers(row)) and not _named(row)]
    if len(small) < 2:  # noqa: PLR2004 -- one group is added to nothing
        return replace(table, rows=tuple(_in_bands(context, row) for row in table.rows))
    rows = [_in_bands(context, row) for row in table.rows if row not in small]
    return replace(table, rows=(*rows, _in_bands(context, _added_up(context, small))))


def _customers(row: Sequence[Cell]) -> int:
    return next((cell.customers for cell in row if cell.customers is not None), 0)


def _named(row: Sequence[Cell]) -> bool:
    return any(cell.customer_id for cell in row)


def _added_up(context: Context, rows: Sequence[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    count = context.formats.count(len(rows))
    head = text_cell(context.wording.say("pseudonyms.small_groups", n=count))
    return (head, *(_sum(context, cells) for cells in tuple(zip(*rows, strict=True))[1:]))


def _sum(context: Context, cells: Sequence[Cell]) -> Cell:
    numbers = [cell.customers for cell in cells if cell.customers is not None]
    if len(numbers) == len(cells):
        return customers_cell(context, sum(numbers))
    amounts = [cell.money for cell in cells if cell.money is not None]
    return money_cell(context, sum(amounts)) if len(amounts) == len(cells) else unknown_cell(context)


def _in_bands(context: Context, row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    if not (_named(row) or is_small(_customers(row))):
        return row
    return tuple(cell if cell.money is None else _banded(context, cell, cell.money) for cell in row)


def _banded(context: Context, cell: Cell, amount: float) -> Cell:
    low, _ = band(amount)
    return replace(cell, text=context.formats.band(amount), sort=str(low), money=None)
