"""What was bought: the product lines of purchases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset


def purchase_lines(dataset: Dataset) -> pd.DataFrame | None:
    """Return the lines with an amount above zero of purchases by known customers; None without order lines.

    Columns: `customer`, `ordered_on`, `product_id`, `product` (its name, else the id), `category` ("" where the product
    has none on record), `amount` (ten-thousandths).
    """
    lines = dataset.table("order_lines")
    if lines is None:
        return None
    purchases = dataset.purchases
    purchases = purchases.loc[purchases["customer"] >= 0, ["order_id", "customer", "ordered_on"]]
    bought = lines.loc[lines["amount"] > 0, ["order_id", "product_id", "amount"]]
    rows = bought.merge(purchases, on="order_id", how="inner")
    products = dataset.table("products")
    codes, identifiers = pd.factorize(rows["product_id"])
    names = pd.Series(identifiers, index=identifiers, dtype="str")
    categories = pd.Series("", index=identifiers, dtype="str")
    if products is not None:
        known = products.drop_duplicates("product_id").set_index("product_id").reindex(identifiers)
        names, categories = known["name"].fillna(names), known["category"].fillna(categories)
    return rows.assign(product=names.to_numpy()[codes], category=categories.to_numpy()[codes])
