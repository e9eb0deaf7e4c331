"""What was sold to whom, product by product: order lines as arrays beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.model.ledger import NEVER, day_number, day_numbers, day_of
from retention_reports.model.order_status import has_status
from retention_reports.records import record

if TYPE_CHECKING:
    from datetime import date

    import numpy.typing as npt

    from retention_reports.model.known_data import KnownData
    from retention_reports.model.ledger import Flags, Integers

NO_CATEGORY = -1


@record
class Product:
    """A product on offer or sold; `category` is "" and `listed` False where the products file does not know it.

    `kind` is product or service. `cost` is what one unit costs us, in ten-thousandths, None where unknown;
    `suitability` for selling it besides is declared, "" where it is not.
    """

    identifier: str
    name: str
    category: str
    introduced_on: date | None
    listed: bool
    kind: str = "product"
    cost: int | None = None
    suitability: str = ""


@record
class ProductLines:
    """The lines of all orders that were not cancelled, up to the cut-off, one entry a line.

    `customer` is -1 where nobody is known, `product` the place in `products`, `category` the place in `categories` (-1
    without), `seller` the place in `sellers` ("" is the first), `amount` ten-thousandths, `quantity` NaN where there is
    none on record. `bought` tells lines above zero of purchases, returned ones included; `billed` completed lines of
    completed orders, credit notes included: only these are revenue. `products` are all that were on offer by the
    cut-off or stand in a line, sorted by id.
    """

    customer: Integers
    day: Integers
    product: Integers
    category: Integers
    seller: Integers
    amount: Integers
    quantity: npt.NDArray[np.float64]
    bought: Flags
    billed: Flags
    products: tuple[Product, ...]
    categories: tuple[str, ...]
    sellers: tuple[str, ...]
    product_category: Integers

    def within(self, after: date, until: date) -> Flags:
        """Tell which lines are dated later than `after`, up to and including `until`."""
        inside: Flags = (self.day > day_number(after)) & (self.day <= day_number(until))
        return inside


def product_lines(known: KnownData) -> ProductLines | None:
    """Return the lines of orders that were not cancelled; None without order lines.

    A line's sales person is that of its order, else that of its customer.
    """
    lines = known.table("order_lines")
    if lines is None:
        return None
    orders = known.orders.loc[known.orders["status"] != "cancelled"]
    place = pd.Index(orders["order_id"]).get_indexer(pd.Index(lines["order_id"]))
    lines, place = lines.loc[place >= 0, ["product_id", "amount", "quantity", "status"]], place[place >= 0]
    products, product = _products(known, lines["product_id"])
    categories = tuple(sorted({entry.category for entry in products if entry.category}))
    numbers = {name: number for number, name in enumerate(categories)}
    product_category = np.array([numbers.get(entry.category, NO_CATEGORY) for entry in products], dtype=np.int64)
    sellers, seller = _sellers(known, orders)
    amount = lines["amount"].to_numpy(dtype=np.int64)
    positive = (orders["amount"] > 0).to_numpy(dtype=np.bool_)
    completed = (orders["status"] == "completed").to_numpy(dtype=np.bool_)
    return ProductLines(
        customer=orders["customer"].to_numpy(dtype=np.int64)[place],
        day=day_numbers(orders["ordered_on"])[place],
        product=product,
        category=product_category[product] if len(product) else product,
        seller=seller[place],
        amount=amount,
        quantity=lines["quantity"].to_numpy(dtype=np.float64),
        bought=positive[place] & (amount > 0),
        billed=completed[place] & has_status(lines, "completed"),
        products=products,
        categories=categories,
        sellers=sellers,
        product_category=product_category,
    )


def _products(known: KnownData, sold: pd.Series) -> tuple[tuple[Product, ...], Integers]:
    """Return the products on offer by the cut-off or sold, sorted by id, and the place of each line's product."""
    codes, names = pd.factorize(sold)
    by_id = {name: Product(name, name, "", None, listed=False) for name in names.tolist()}
    table = known.table("products")
    if table is not None:
        texts = ("product_id", "name", "category", "kind", "suitability")
        fields = (table[column].tolist() for column in texts)
        costs = [None if pd.isna(cost) else int(cost) for cost in table["cost"]]
        rows = zip(*fields, _days(table["introduced_on"]), costs, strict=True)
        for identifier, name, category, kind, suitability, day, cost in rows:
            offered = day == NEVER or day <= day_number(known.cut_off)
            if offered or identifier in by_id:
                introduced = None if day == NEVER else day_of(day)
                by_id[identifier] = Product(
                    identifier=identifier,
                    name=name or identifier,
                    category=category,
                    introduced_on=introduced,
                    listed=True,
                    kind=kind,
                    cost=cost,
                    suitability=suitability,
                )
    products = tuple(by_id[identifier] for identifier in sorted(by_id))
    places = {entry.identifier: place for place, entry in enumerate(products)}
    by_code = np.array([places[name] for name in names.tolist()], dtype=np.int64)
    return products, by_code[codes] if len(codes) else codes.astype(np.int64)


def _days(days: pd.Series) -> list[int]:
    known = days.notna().to_numpy()
    numbers = np.full(len(days), NEVER, dtype=np.int64)
    numbers[known] = day_numbers(days.loc[known])
    return numbers.tolist()


def _sellers(known: KnownData, orders: pd.DataFrame) -> tuple[tuple[str, ...], Integers]:
    """Return all sales people, "" first, and the place of each order's."""
    customers = orders["customer"].to_numpy(dtype=np.int64)
    own = orders["sales_rep"].to_numpy(dtype=object)
    of_customer = np.append(known.customers["sales_rep"].to_numpy(dtype=object), "")
    names = np.where(own == "", of_customer[customers], own)
    sellers = tuple(sorted({"", *names.tolist()}))
    numbers = {name: number for number, name in enumerate(sellers)}
    return sellers, np.array([numbers[name] for name in names.tolist()], dtype=np.int64)
