"""The files orders and order_lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.samples.tables import Table

if TYPE_CHECKING:
    from retention_reports.samples.world import World


def orders_table(world: World) -> Table:
    """Return all orders and credit notes by day."""
    columns = (
        "order_id",
        "customer_id",
        "ordered_on",
        "amount",
        "cost",
        "status",
        "channel",
        "sales_rep",
        "promised_on",
        "delivered_on",
    )
    rows = [
        (
            order.order_id,
            order.customer_id,
            order.day,
            order.amount,
            order.cost,
            order.status,
            order.channel,
            order.rep,
            order.promised,
            order.delivered,
        )
        for order in world.orders
    ]
    return Table("orders", columns, rows)


def order_lines_table(world: World) -> Table:
    """Return all lines in the order of the orders, in parts by year."""
    pairs = [(order, line) for order in world.orders for line in order.lines]
    rows = [(order.order_id, line.product.product_id, line.quantity, line.amount) for order, line in pairs]
    parts = tuple(str(order.day.year) for order, _ in pairs)
    return Table("order_lines", ("order_id", "product_id", "quantity", "amount"), rows, parts)
