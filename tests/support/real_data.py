"""Client folders around well-known data sets that lie beside the repository (and are absent elsewhere)."""

from __future__ import annotations

import shutil
from pathlib import Path

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"

NORTHWIND = """
name = "Northwind Traders"
language = "en"
currency = "USD"
[files.customers.columns]
name = "company_name"
[files.orders.columns]
ordered_on = "order_date"
promised_on = "required_date"
delivered_on = "shipped_date"
sales_rep = "employee_id"
[files.order_lines]
path = "order_details.csv"
[files.products.columns]
name = "product_name"
category = "category_id"
[files.products.values.category]
1 = "Beverages"
2 = "Condiments"
3 = "Confections"
4 = "Dairy Products"
5 = "Grains/Cereals"
6 = "Meat/Poultry"
7 = "Produce"
8 = "Seafood"
"""

SUPERSTORE = """
name = "Superstore"
language = "en"
currency = "USD"
[files.orders]
path = "superstore_orders.csv"
rows = "order_line"
[files.orders.columns]
order_id = "Order ID"
customer_id = "Customer ID"
ordered_on = "Order Date"
delivered_on = "Ship Date"
amount = "Sales"
product_id = "Product ID"
quantity = "Quantity"
[[files.orders.marks]]
path = "superstore_returns.csv"
column = "Order ID"
status = "returned"
[files.customers]
path = "superstore_orders.csv"
distinct = true
[files.customers.columns]
customer_id = "Customer ID"
name = "Customer Name"
segment = "Segment"
[files.products]
path = "superstore_orders.csv"
distinct = true
[files.products.columns]
product_id = "Product ID"
name = "Product Name"
category = "Category"
"""

CDNOW = """
name = "CDNOW"
language = "en"
currency = "USD"
history_complete = true
[files.orders]
path = "{file}"
number_rows = true
[files.orders.columns]
customer_id = "{customer}"
ordered_on = "date"
amount = "dollar_value"
[files.customers]
path = "{file}"
distinct = true
[files.customers.columns]
customer_id = "{customer}"
"""

GROCERY = """
name = "Grocery"
language = "en"
currency = "USD"
history_complete = true
[files.orders]
path = "grocery.csv"
number_rows = true
[files.orders.columns]
customer_id = "cust"
ordered_on = "date"
[files.orders.constants]
amount = "10"
[files.customers]
path = "grocery.csv"
distinct = true
[files.customers.columns]
customer_id = "cust"
"""


def northwind(folder: Path) -> Path:
    """A wholesaler with order lines, products and categories."""
    source = SHARED / "northwind" / "utf8_postgres_snakecase"
    return _client(
        folder / "northwind",
        NORTHWIND,
        [source / f"{name}.csv" for name in ("customers", "orders", "order_details", "products")],
    )


def superstore(folder: Path) -> Path:
    """A retailer with one row an order line, and returns in a file of their own."""
    source = SHARED / "superstore"
    return _client(
        folder / "superstore", SUPERSTORE, [source / "superstore_orders.csv", source / "superstore_returns.csv"]
    )


def cdnow_master(folder: Path) -> Path:
    """A music retailer: 23,570 customers, no order ids."""
    settings = CDNOW.format(file="cdnow_master.csv", customer="customer_id")
    return _client(folder / "cdnow", settings, [SHARED / "cdnow" / "cdnow_master.csv"])


def cdnow_sample(folder: Path) -> Path:
    """The tenth of its customers that the literature computes with."""
    settings = CDNOW.format(file="cdnow_sample.csv", customer="master_id")
    return _client(folder / "cdnow_sample", settings, [SHARED / "cdnow" / "cdnow_sample.csv"])


def grocery(folder: Path) -> Path:
    """An online grocer of which the days of purchases are known, and no amounts: each counts 10."""
    return _client(folder / "grocery", GROCERY, [SHARED / "grocery" / "grocery.csv"])


def _client(folder: Path, settings: str, files: list[Path]) -> Path:
    folder.mkdir(parents=True)
    (folder / "client.toml").write_text(settings, encoding="utf-8")
    for file in files:
        shutil.copyfile(file, folder / file.name)
    return folder
