"""From tables to settings: which of them are orders, customers, products, and how each is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from retention_reports.messages import say
from retention_reports.recognising.amounts import money_columns, taxes_of_others
from retention_reports.recognising.counting import (
    ask_word,
    draft_credit_files,
    draft_signs,
    draft_status,
    leave_out_shipping,
)
from retention_reports.recognising.filling import filled_down
from retention_reports.recognising.guessing import Guess, totals_in
from retention_reports.recognising.naming import group_of
from retention_reports.recognising.proposal import GAP, ask_which
from retention_reports.recognising.refusals import RefusedError
from retention_reports.recognising.writing_style import once_each, read_together, style_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.recognising.proposal import Proposal

_ENOUGH = 0.5
_FIRST_ROWS = 10_000
_AS_OPENED = frozenset(
    ("path", "encoding", "separator", "sheet", "header_line", "skip_rows", "footers", "fill_down", "groups", "unroll")
)
"""How a file of orders is opened, which goes for the customers in it as well."""
_PLAIN_ORDER_COLUMNS = ("currency", "channel", "sales_rep", "cost", "promised_on", "delivered_on")
_OFFER_COLUMNS = ("offer_id", "decision_due_on", "sales_rep")


def draft(proposal: Proposal, guesses: Sequence[Guess]) -> None:
    """Propose settings for tables of no known system.

    Raises:
        RefusedError: they hold no orders, or such as do not belong together.
    """
    by_role: dict[str, list[Guess]] = {}
    for guess in guesses:
        by_role.setdefault(guess.role, []).append(guess)
    orders = _alike(by_role.get("orders", []))
    customers = _customers_for(orders[0] if orders else None, by_role.get("customers", []))
    if not orders:
        _refuse_without_orders(by_role, guesses)
    lines = by_role.get("order_lines", [])
    products = next(iter(by_role.get("products", [])), None)
    key = _draft_orders(proposal, orders, customers, None if lines else products, has_lines=bool(lines))
    _draft_customers(proposal, orders[0], customers, key)
    if lines:
        _draft_lines(proposal, lines[0])
    if products is not None:
        _draft_products(proposal, products, with_price=_has_listed_prices(proposal))
    for guess in by_role.get("offers", [])[:1]:
        _draft_offers(proposal, guess)
    for guess in by_role.get("returns", [])[:1]:
        mark = {"path": proposal.paths[guess.sheet.file], "column": guess.columns["order_id"], "status": "returned"}
        proposal.tables["orders"]["marks"] = [mark]
    used = {settings.get("path") for settings in proposal.tables.values()}
    for guess in guesses:
        path = proposal.paths[guess.sheet.file]
        is_marks = guess in by_role.get("returns", [])[:1]
        if path not in used and not is_marks and not any(guess is one for one in (*orders, *customers)):
            proposal.tell(say("new.not_used", file=guess.sheet.shown_as))


def _refuse_without_orders(by_role: dict[str, list[Guess]], guesses: Sequence[Guess]) -> None:
    if by_role.get("suppliers") and not by_role.get("customers"):
        raise RefusedError(say("new.suppliers"), by_role["suppliers"][0].sheet.shown_as)
    bought = next((guess for guess in guesses if guess.has("supplier", "ordered_on") and not guess.customer), None)
    if bought is not None:
        raise RefusedError(say("new.purchases"), bought.sheet.shown_as)
    headings = ", ".join(heading for heading in guesses[0].sheet.header if heading)[:300]
    raise RefusedError(say("new.no_orders", columns=headings), guesses[0].sheet.shown_as)


def _alike(orders: list[Guess]) -> list[Guess]:
    """Return the tables of orders, all with the same columns.

    Raises:
        RefusedError: two files of orders have other columns: two systems, or two clients.
    """
    if any(set(guess.sheet.header) != set(orders[0].sheet.header) for guess in orders):
        others = ", ".join(guess.sheet.shown_as for guess in orders)
        raise RefusedError(say("new.mixed", files=others))
    return orders


def _customers_for(orders: Guess | None, lists: list[Guess]) -> list[Guess]:
    """Return the lists of one layout that know the orders' customers.

    Raises:
        RefusedError: none knows half of them.
    """
    if not lists or orders is None:
        return lists[:1]
    alike: dict[frozenset[str], list[Guess]] = {}
    for guess in lists:
        alike.setdefault(frozenset(guess.sheet.header), []).append(guess)
    groups = list(alike.values())
    shares = [(_share_known(orders, group)[0], -place) for place, group in enumerate(groups)]
    share, place = max(shares)
    if share < _ENOUGH:
        named = ", ".join(guess.sheet.shown_as for guess in groups[-place])
        raise RefusedError(say("new.other_customers", orders=orders.sheet.shown_as, customers=named))
    return groups[-place]


def _share_known(orders: Guess, lists: Sequence[Guess]) -> tuple[float, str, str]:
    """Return which share of the orders' customers lists know, by which column of the orders and which of the lists."""
    best = (0.0, "", "")
    for theirs in ("customer_id", "email", "name"):
        named = [guess.content(guess.columns[theirs]) for guess in lists if guess.has(theirs)]
        known = {word.casefold() for content in named for word in content.words}
        for ours in ("customer_id", "email", "name"):
            if orders.has(ours) and known:
                words = orders.content(orders.columns[ours]).words
                share = sum(word.casefold() in known for word in words) / max(len(words), 1)
                if share > best[0]:
                    best = (share, ours, theirs)
    return best


def _draft_orders(
    proposal: Proposal, orders: list[Guess], customers: list[Guess], products: Guess | None, *, has_lines: bool
) -> dict[str, Any]:
    """Propose the orders' settings; return what names customers in them."""
    guess = orders[0]
    found = guess.columns
    settings: dict[str, Any] = {}
    money = {} if has_lines and not guess.has_money else money_columns(proposal, "orders", guess, settings, products)
    columns: dict[str, Any] = {}
    key = _customer_key(proposal, guess, customers)
    if guess.has("order_id"):
        columns["order_id"] = found["order_id"]
    else:
        settings["number_rows"] = True
    columns |= {
        "customer_id": key["columns"],
        "ordered_on": found.get("ordered_on") or ask_which(proposal, "orders", "ordered_on", guess.sheet.header),
    }
    columns |= money
    columns |= {column: found[column] for column in _PLAIN_ORDER_COLUMNS if guess.has(column)}
    columns |= _lines_within(guess, settings, are_priced="unit_price" in money)
    taxes = taxes_of_others(guess, str(money.get("amount", "")))
    settings |= {"ignore": taxes} if taxes else {}
    columns |= draft_status(proposal, "orders", guess, settings)
    draft_signs(proposal, guess, money, settings)
    leave_out_shipping(proposal, guess, settings)
    settings |= filled_down(guess, columns)
    totals = totals_in(guess)
    if totals:
        settings["skip_rows"] = {**guess.sheet.shape.get("skip_rows", {}), **settings.get("skip_rows", {}), **totals}
        proposal.tell(say("new.totals", words=", ".join(word for words in totals.values() for word in words)))
    days = [columns[name] for name in ("ordered_on", "promised_on", "delivered_on") if name in columns]
    numbers = [
        guess.columns[name] for name in ("net", "gross", "amount", "unit_price", "tax", "cost") if guess.has(name)
    ]
    style = style_of(proposal, "orders", guess, days, [*numbers, *map(str, money.values())])
    settings |= draft_credit_files(proposal, [one.sheet for one in orders], money.values())
    style |= read_together(proposal, [one.sheet for one in orders], "orders")
    settings |= once_each(proposal, [one.sheet for one in orders], found.get("order_id", ""), settings)
    proposal.tables["orders"] = {**style, **settings, "columns": columns}
    return key


def _customer_key(proposal: Proposal, guess: Guess, customers: list[Guess]) -> dict[str, Any]:
    if customers:
        share, ours, theirs = _share_known(guess, customers)
        if share >= _ENOUGH:
            named = guess.columns[ours]
            if theirs == "customer_id" or not customers[0].has("customer_id"):
                return {"columns": named, "key": theirs}
            return {"columns": {"from": named, "lookup": theirs}, "key": "customer_id"}
    if guess.customer == "name":
        answer = proposal.ask(
            "orders.customer_id", say("new.name_as_key", column=guess.columns["name"]), [guess.columns["name"]]
        )
        return {"columns": answer, "key": "name"}
    if guess.customer == "email":
        proposal.tell(say("new.email_as_key", column=guess.columns["email"]))
    return {"columns": guess.columns[guess.customer], "key": guess.customer}


def _draft_customers(proposal: Proposal, orders: Guess, customers: list[Guess], key: dict[str, Any]) -> None:
    guess = customers[0] if customers else orders
    names = ("name", "segment", "email", "salutation", "sales_rep") if customers else ("name", "segment", "email")
    columns: dict[str, Any] = {"customer_id": guess.columns.get(key["key"], GAP) if customers else key["columns"]}
    columns |= {name: guess.columns[name] for name in names if guess.has(name)}
    if not customers:
        kept = {name: value for name, value in proposal.tables["orders"].items() if name in _AS_OPENED}
        proposal.tables["customers"] = {**kept, "distinct": True, "columns": columns}
        return
    style = style_of(proposal, "customers", guess, (), ())
    style |= read_together(proposal, [one.sheet for one in customers], "customers")
    proposal.tables["customers"] = {**style, "columns": columns}


def _draft_lines(proposal: Proposal, guess: Guess) -> None:
    settings: dict[str, Any] = {}
    money = money_columns(proposal, "order_lines", guess, settings)
    columns: dict[str, Any] = {"order_id": guess.columns["order_id"]}
    columns["product_id"] = guess.columns.get("product_id") or guess.columns["product_name"]
    columns |= {"quantity": guess.columns["quantity"]} if guess.has("quantity") else {}
    columns |= money
    style = style_of(proposal, "order_lines", guess, (), map(str, money.values()))
    proposal.tables["order_lines"] = {**style, **settings, "columns": columns}


def _has_listed_prices(proposal: Proposal) -> bool:
    return isinstance(proposal.tables["orders"]["columns"].get("unit_price"), dict)


def _draft_products(proposal: Proposal, guess: Guess, *, with_price: bool) -> None:
    if guess.has("product_id", "product_name", "category"):
        names = {"product_id": "product_id", "name": "product_name", "category": "category"}
        columns = {column: guess.columns[found] for column, found in names.items()}
        prices = {"price": guess.listed_price} if with_price else {}
        style = style_of(proposal, "products", guess, (), prices.values())
        proposal.tables["products"] = {**style, "columns": columns | prices}


def _draft_offers(proposal: Proposal, guess: Guess) -> None:
    settings: dict[str, Any] = {}
    columns: dict[str, Any] = {"customer_id": guess.columns[guess.customer], "offered_on": guess.columns["ordered_on"]}
    columns |= {name: guess.columns[name] for name in _OFFER_COLUMNS if guess.has(name)}
    columns |= {"state": guess.columns["status"]} | money_columns(proposal, "offers", guess, settings)
    words = guess.content(guess.columns["status"]).words
    states = {
        word: group_of(word, "offer_states")
        or ask_word(proposal, "offers.state", word, ["open", "won", "lost", "expired"])
        for word in words
    }
    style = style_of(proposal, "offers", guess, [columns["offered_on"]], [str(columns["amount"])])
    proposal.tables["offers"] = {**style, **settings, "columns": columns, "values": {"state": states}}


def _lines_within(guess: Guess, settings: dict[str, Any], *, are_priced: bool) -> dict[str, str]:
    """Return what rows tell of their product, where orders have several rows, or a row has a price of its own."""
    found = guess.columns
    if not are_priced and not (guess.has("order_id") and _repeats(guess, found["order_id"])):
        return {}
    settings["rows"] = "order_line"
    columns = {"quantity": found["quantity"]} if guess.has("quantity") else {}
    product = found.get("product_id") or found.get("product_name")
    return {**columns, "product_id": product} if product else columns


def _repeats(guess: Guess, heading: str) -> bool:
    cells = guess.sheet.cells(heading).texts
    if len(set(cells[:_FIRST_ROWS].tolist()) - {""}) < np.count_nonzero(cells[:_FIRST_ROWS]):
        return True
    return len(set(cells.tolist()) - {""}) < int(np.count_nonzero(cells))
