"""Whom the report's lists name, those first for whom there is most to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.view import Chart, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import SectionView


def listed_customers(context: Context, sections: Sequence[SectionView]) -> list[str]:
    """Return the ids: those of the decisions, then the listed ones as the register ranks them, then all others."""
    listed = dict.fromkeys(_named(sections))
    decided = (name for one in context.register.decisions for name in one.customers)
    ranked = (entry.customer_id for entry in context.register.entries if entry.customer_id in listed)
    return list(dict.fromkeys((*decided, *ranked, *listed)))


def _named(sections: Sequence[SectionView]) -> Iterator[str]:
    for view in sections:
        for block in (block for row in view.rows for block in row.blocks):
            table = block.table if isinstance(block, Chart) else block
            if isinstance(table, Table):
                yield from (cell.customer_id for row in table.rows for cell in row if cell.customer_id)
