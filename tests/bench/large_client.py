"""Writes large invented clients: `python -m tests.bench.large_client FOLDER --orders 1000000 [--lines 10] …`.

Customers buy at paces of their own, each from a day of its own until one on which it leaves, so that every analysis
has something to tell. The same arguments give the same bytes.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import numpy.typing as npt

FIRST_DAY = np.datetime64("2021-01-01")
LAST_DAY = np.datetime64("2026-09-30")
_DAYS = int((LAST_DAY - FIRST_DAY).astype(int)) + 1
_PRODUCTS_PER_CATEGORY = 3
_ROWS_AT_ONCE = 1_000_000


@dataclass(frozen=True)
class Size:
    """How large a client is. With `lines` above 0 every order has so many order lines, and there is a products file."""

    orders: int
    customers: int
    lines: int = 0
    categories: int = 20
    sales_people: int = 20
    segments: int = 20


def write_large_client(folder: Path, size: Size, seed: int = 7) -> None:
    """Write the client's folder; files that are there are overwritten."""
    folder.mkdir(parents=True, exist_ok=True)
    generator = np.random.default_rng(seed)
    settings = ['name = "Large Ltd"', 'language = "en"', 'currency = "EUR"']
    (folder / "client.toml").write_text("\n".join(settings) + "\n", encoding="utf-8")
    _customers(folder / "customers.csv", size, generator)
    amounts = _orders(folder / "orders.csv", size, generator)
    if size.lines:
        _products(folder / "products.csv", size)
        _order_lines(folder / "order_lines.csv", size, amounts, generator)


def _customers(path: Path, size: Size, generator: np.random.Generator) -> None:
    numbers = pd.Series(np.arange(size.customers)).astype(str).str.zfill(7)
    table = pd.DataFrame(
        {
            "customer_id": "C" + numbers,
            "name": "Customer " + numbers,
            "segment": _named("Segment ", generator.integers(0, size.segments, size.customers)),
            "sales_rep": _named("Seller ", generator.integers(0, size.sales_people, size.customers)),
        }
    )
    table.to_csv(path, index=False)


def _orders(path: Path, size: Size, generator: np.random.Generator) -> npt.NDArray[np.int64]:
    """Write the orders, oldest first, and return their amounts in cents."""
    paces = generator.gamma(1.0, 1.0, size.customers)
    begun = generator.integers(0, _DAYS * 3 // 4, size.customers)
    stayed = np.ceil(generator.exponential(_DAYS / 2, size.customers)).astype(np.int64) + 1
    left = np.minimum(begun + stayed, _DAYS)
    weights = paces * (left - begun)
    # Everybody buys once; the others fall on those who buy often.
    extra = generator.choice(size.customers, size.orders - size.customers, p=weights / weights.sum())
    customers = np.concatenate([np.arange(size.customers), extra])
    days = begun[customers] + np.floor(generator.random(size.orders) * (left - begun)[customers]).astype(np.int64)
    order = np.argsort(days, kind="stable")
    customers, days = customers[order], days[order]
    level = generator.lognormal(4.5, 0.8, size.customers)
    cents = np.maximum(np.round(100 * level[customers] * generator.lognormal(0, 0.4, size.orders)), 100)
    amounts: npt.NDArray[np.int64] = cents.astype(np.int64)
    status = np.array(["completed", "cancelled", "returned"])[generator.choice(3, size.orders, p=[0.96, 0.02, 0.02])]
    table = pd.DataFrame(
        {
            "order_id": "O" + pd.Series(np.arange(size.orders)).astype(str).str.zfill(8),
            "customer_id": "C" + pd.Series(customers).astype(str).str.zfill(7),
            "ordered_on": np.datetime_as_string(FIRST_DAY + days),
            "amount": amounts / 100,
            "cost": np.round(amounts * generator.uniform(0.5, 0.8, size.orders)) / 100,
            "status": status,
            "sales_rep": _named("Seller ", generator.integers(0, size.sales_people, size.orders)),
        }
    )
    table.to_csv(path, index=False, float_format="%.2f")
    return amounts


def _products(path: Path, size: Size) -> None:
    numbers = np.arange(size.categories * _PRODUCTS_PER_CATEGORY)
    table = pd.DataFrame(
        {
            "product_id": _named("P", numbers),
            "name": _named("Product ", numbers),
            "category": _named("Category ", numbers // _PRODUCTS_PER_CATEGORY),
        }
    )
    table.to_csv(path, index=False)


def _order_lines(path: Path, size: Size, amounts: npt.NDArray[np.int64], generator: np.random.Generator) -> None:
    """Write the lines a block of orders at a time; the lines of an order add up to its amount."""
    block = max(1, _ROWS_AT_ONCE // size.lines)
    products = size.categories * _PRODUCTS_PER_CATEGORY
    shares = np.arange(1, size.lines + 1)
    for start in range(0, size.orders, block):
        cents = amounts[start : start + block]
        # No two lines of an order are alike: those would be taken for one that was exported twice.
        each = cents[:, None] * shares // shares.sum()
        each[:, -1] += cents - each.sum(axis=1)
        # Few products are bought often, most of them seldom.
        sold = np.floor(products * generator.random(each.size) ** 2).astype(np.int64)
        table = pd.DataFrame(
            {
                "order_id": "O"
                + pd.Series(np.repeat(np.arange(start, start + len(cents)), size.lines)).astype(str).str.zfill(8),
                "product_id": _named("P", sold),
                "quantity": generator.integers(1, 10, each.size),
                "amount": each.ravel() / 100,
            }
        )
        table.to_csv(path, index=False, float_format="%.2f", header=not start, mode="a" if start else "w")


def _named(word: str, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.object_]:
    """Return the word with each number behind it."""
    names = np.array([f"{word}{number:05}" for number in range(int(numbers.max(initial=0)) + 1)], dtype=object)
    named: npt.NDArray[np.object_] = names[numbers]
    return named


def main() -> None:
    """Write a client of the size asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.large_client")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--customers", type=int, default=125_000)
    parser.add_argument("--lines", type=int, default=0)
    parser.add_argument("--categories", type=int, default=20)
    parser.add_argument("--sales-people", type=int, default=20)
    parser.add_argument("--segments", type=int, default=20)
    given = vars(parser.parse_args())
    write_large_client(given.pop("folder"), Size(**given))


if __name__ == "__main__":
    main()
