"""Order lines and products from a few words, for tests about what was bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.support.datasets import Row


def sales(text: str, **more: str) -> tuple[list[Row], list[Row]]:
    """Read lines of `customer day product:amount … [status]` as orders and their lines; customer `-` is nobody.

    An order's amount is the sum of its lines; `more` are further columns of every order.
    """
    orders: list[Row] = []
    lines: list[Row] = []
    for number, line in enumerate(filter(None, map(str.strip, text.splitlines())), start=1):
        customer, day, *words = line.split()
        parts = [word.split(":") for word in words if ":" in word]
        status = next((word for word in words if ":" not in word), "completed")
        orders.append(
            {
                "order_id": str(number),
                "customer_id": "" if customer == "-" else customer,
                "ordered_on": day,
                "amount": str(sum(int(amount) for _, amount in parts)),
                "status": status,
                **more,
            }
        )
        lines += [{"order_id": str(number), "product_id": product, "amount": amount} for product, amount in parts]
    return orders, lines


def products(*words: str) -> list[Row]:
    """Read words of `id/category` or `id/category/day of introduction`; the name is the id."""
    rows: list[Row] = []
    for word in words:
        identifier, category, *introduced = word.split("/")
        rows.append(
            {
                "product_id": identifier,
                "name": identifier,
                "category": category,
                "introduced_on": introduced[0] if introduced else "",
            }
        )
    return rows


def segments(segment: str, names: Sequence[str]) -> list[Row]:
    """Return customers of one segment."""
    return [{"customer_id": name, "segment": segment} for name in names]
