"""Which standard columns a table has, by the names of its columns and by what stands in them."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from retention_reports.reading.column_words import folded, word_groups
from retention_reports.reading.reshaping import GROUP
from retention_reports.recognising.contents import Content
from retention_reports.recognising.naming import group_of, headings_named

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention_reports.recognising.sheets import Sheet

_ORDER = (
    "ordered_on", "email", "customer_id", "order_id", "offer_id", "decision_due_on", "net", "gross", "tax_rate", "tax",
    "amount", "unit_price", "quantity", "product_id", "product_name", "category", "shipping", "discount", "cost",
    "status", "kind", "currency", "channel", "sales_rep", "segment", "salutation", "promised_on", "delivered_on",
    "supplier", "returned", "line", "name",
)  # fmt: skip
_DAYS = frozenset({"ordered_on", "decision_due_on", "promised_on", "delivered_on"})
_NUMBERS = frozenset(
    {"net", "gross", "amount", "tax", "tax_rate", "unit_price", "quantity", "shipping", "discount", "cost"}
)
_MOST_KINDS = 60
_FEW_KINDS = 12
_MAY_BE_TOTAL = re.compile(r"[^0-9]{3,20}").fullmatch
"""What no word for totals fits is looked up in no list."""
_NUMBERED = re.compile(r"[A-Za-z]{0,3}[0-9]{3,}\b")
"""How a heading begins that holds a customer's number before the name."""


class Guess:
    """What a table's columns seem to be: `columns` by standard name (and `net`, `gross`, `tax`, …)."""

    def __init__(self, sheet: Sheet) -> None:
        """Look at every column once."""
        self.sheet = sheet
        self._contents: dict[str, Content] = {}
        self.columns: dict[str, str] = {}
        for column in _ORDER:
            fits = self._fits(column)
            for heading in headings_named(column, sheet.header, self.columns.values()):
                if sheet.header.count(heading) == 1 and fits(self.content(heading)):
                    self.columns[column] = heading
                    break
        self._by_content()
        self._by_words()
        self._by_groups()

    def content(self, heading: str) -> Content:
        """Return what a column holds."""
        if heading not in self._contents:
            self._contents[heading] = Content(self.sheet.cells(heading))
        return self._contents[heading]

    def has(self, *columns: str) -> bool:
        """Tell whether all these columns were found."""
        return all(column in self.columns for column in columns)

    @property
    def has_money(self) -> bool:
        """Tell whether rows say how much."""
        return any(map(self.has, ("net", "gross", "amount"))) or self.has("unit_price", "quantity")

    @property
    def listed_price(self) -> str:
        """By which column a list of products tells its prices: the net one, else the only one; or nothing."""
        return next((self.columns[name] for name in ("net", "unit_price", "gross", "amount") if self.has(name)), "")

    @property
    def tells_prices(self) -> bool:
        """Tell whether it is a list of products that a report can read, with their prices."""
        return self.has("product_id", "product_name", "category") and bool(self.listed_price)

    @property
    def customer(self) -> str:
        """By which column rows name a customer: `customer_id`, `email`, `name` or nothing."""
        return next((column for column in ("customer_id", "email", "name") if self.has(column)), "")

    @cached_property
    def role(self) -> str:
        """Which table it is: customers, orders, order_lines, products, offers, suppliers, returns; else nothing."""
        has_product = self.has("product_id") or self.has("product_name")
        tests = {
            "suppliers": self.has("supplier")
            and not (self.has("customer_id") or self.has("product_id") or self.has("category") or self.has("order_id")),
            "offers": self.has("offer_id", "ordered_on", "status") and bool(self.customer) and not self.has("order_id"),
            "orders": self.has("ordered_on") and bool(self.customer) and (self.has_money or self.has("order_id")),
            "order_lines": self.has("order_id") and self.has_money and has_product,
            "returns": self.has("order_id", "returned") and not self.customer,
            "products": (self.has("product_id") and not self.customer) or self.has("category", "product_name"),
            "customers": bool(self.customer) and not self.has("order_id") and not self.has("product_id"),
        }
        return next((role for role, is_it in tests.items() if is_it), "")

    def _by_content(self) -> None:
        """Find what no name told: addresses, and the only column of days."""
        free = [heading for heading in self.sheet.header if heading and heading not in self.columns.values()]
        if not self.has("email"):
            found = [heading for heading in free if self.content(heading).is_email]
            if len(found) == 1:
                self.columns["email"] = found[0]
        if not self.has("ordered_on"):
            found = [heading for heading in free if self.content(heading).day_forms]
            # Without a document, a day of no known name may be that of the last purchase in a list of customers.
            if len(found) == 1 and self.customer and self.has_money and self.has("order_id"):
                self.columns["ordered_on"] = found[0]

    def _by_words(self) -> None:
        """Find by its words a column that tells credit notes from invoices, whatever it is called."""
        if self.has("kind"):
            return
        for heading in self.sheet.header:
            if heading and heading not in self.columns.values() and self.sheet.header.count(heading) == 1:
                words = self.content(heading).words
                groups = {group_of(word, "kinds") for word in words} if len(words) <= _FEW_KINDS else set()
                if {"plus", "minus"} <= groups and "" not in groups:
                    self.columns["kind"] = heading
                    return

    def _by_groups(self) -> None:
        """Take headings of groups for customers, where no column names any, and what they stand above for documents."""
        heading = self.sheet.shape.get("groups", "")
        if not heading or self.has("customer_id"):
            return
        if self.columns.get("name") == heading:
            del self.columns["name"]
        if not self.has("order_id") and heading not in self.columns.values():
            self.columns["order_id"] = heading
        if not self.has("name"):
            words = self.content(GROUP).words
            numbers = {found.group() for word in words if (found := _NUMBERED.match(word))}
            self.columns["name"] = GROUP
            if len(numbers) == len(words):
                self.columns["customer_id"] = GROUP

    def _fits(self, column: str) -> Callable[[Content], bool]:
        return _FITS.get(column, _is_filled)


def _is_filled(content: Content) -> bool:
    return bool(content.words)


def _is_day(content: Content) -> bool:
    return bool(content.day_forms or content.mixed_day_forms) or content.is_counted_days or content.is_seconds


def _is_number(content: Content) -> bool:
    return content.is_number and not content.is_email


def _is_group(content: Content) -> bool:
    return 0 < len(content.words) <= _MOST_KINDS and not content.is_email


_FITS: dict[str, Callable[[Content], bool]] = {
    **dict.fromkeys(_DAYS, _is_day),
    **dict.fromkeys(_NUMBERS, _is_number),
    **dict.fromkeys(("status", "kind", "currency", "segment", "channel"), _is_group),
    **dict.fromkeys(("customer_id", "order_id", "offer_id"), lambda c: not c.is_email and bool(c.words)),
    "email": lambda content: content.is_email,
    "name": lambda content: not content.is_email and not content.is_number,
}


def totals_in(guess: Guess) -> dict[str, list[str]]:
    """Return by column the words of rows that add up others, such as "Summe"."""
    words = set(word_groups()["totals"]["words"])
    found = {}
    for heading in guess.sheet.header:
        if heading and guess.sheet.header.count(heading) == 1:
            named = [word for word in guess.content(heading).words if _MAY_BE_TOTAL(word) and folded(word) in words]
            if named:
                found[heading] = named
    return found
