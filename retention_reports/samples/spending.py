"""The files costs and price_changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.quarters import Quarter
from retention_reports.samples.chance import stream
from retention_reports.samples.tables import Cell, Table

if TYPE_CHECKING:
    from retention_reports.samples.world import World

_GROWTH = 0.012


def costs_table(world: World, start_month: int) -> Table:
    """Return spending by fiscal quarter, for all quarters wholly inside the period."""
    chance = stream(world.seed, "costs")
    rows: list[tuple[Cell, ...]] = []
    quarter = Quarter.of(world.period.first, start_month)
    step = 0
    while quarter.last_day <= world.period.last:
        for kind, amount in world.profile.costs.items():
            spent = amount * (1 + _GROWTH * step) * (0.85 + 0.3 * chance.random())
            rows.append((str(quarter), kind, round(spent) * 100))
        quarter, step = quarter.plus(1), step + 1
    return Table("costs", ("quarter", "kind", "amount"), rows)


def price_changes_table(world: World) -> Table:
    """Return price changes by day."""
    changes = sorted(world.profile.catalogue.price_changes, key=lambda change: -change.months_back)
    rows = [
        (world.period.back(change.months_back), change.percent, change.product_id, change.category)
        for change in changes
    ]
    return Table("price_changes", ("date", "percent", "product_id", "category"), rows)
