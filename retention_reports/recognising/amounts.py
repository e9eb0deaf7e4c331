"""Whether amounts are net: by their names, by tax that stands beside them, else by an answer."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from retention_reports.messages import say
from retention_reports.reading.column_words import column_words, folded
from retention_reports.recognising.naming import headings_named
from retention_reports.recognising.proposal import GAP, ask_which

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.recognising.guessing import Guess
    from retention_reports.recognising.proposal import Proposal

RATES = (19, 7, 20, 21, 10, 16, 5, 9, 6, 5.5, 8.1, 7.7, 25)
"""Usual rates of tax in per cent."""
_TOLERANCE = Decimal("0.02")
_MOSTLY = 0.7
_ROWS = 5_000
_NET_NAME = re.compile(r"(?:^|[^a-z])net|netto|excl|exkl|\bohne\b|\bht\b", re.IGNORECASE)
_NO_TAX = re.compile(r"satz|rate|prozent|percent|name|code|nr$|id$|number|free|frei|land|country|class|exempt")
_PRICE = re.compile(r"^(?!.*(?:gesamt|total|summe|line|pos)).*(?:preis|price|prix|prijs|precio)")
_NOT_A_NUMBER = re.compile(r"[^0-9.,+\-−]")


def number_of(text: str, decimal: str) -> Decimal | None:
    """Return a cell as a number, by the decimal sign of its column; None where it is none."""
    plain = _NOT_A_NUMBER.sub("", text).replace("−", "-")
    plain = plain.replace(".", "").replace(",", ".") if decimal == "," else plain.replace(",", "")
    try:
        return Decimal(plain) if plain else None
    except InvalidOperation:
        return None


def money_columns(
    proposal: Proposal, table: str, guess: Guess, settings: dict[str, Any], products: Guess | None = None
) -> dict[str, Any]:
    """Return the columns of money of a table, and put into the settings how tax leaves them.

    Where rows tell a product and a quantity alone, the prices are those of the list of `products`.
    """
    found = guess.columns
    chosen = proposal.answers.get(f"{table}.amount", "")
    if chosen:
        proposal.ask(f"{table}.amount", say("new.nothing"), [])
        if f"{table}.tax" in proposal.answers:
            ask_tax(proposal, table, chosen, settings)
        return {"amount": chosen}
    if guess.has("net"):
        net = _of_lines(guess, found["net"])
        return _priced(proposal, table, guess, net) if _may_be_each(guess, net) else {"amount": net}
    heading = found.get("gross") or found.get("amount")
    if heading is not None:
        return {"amount": _with_tax_settled(proposal, table, guess, heading, settings)}
    is_by_list = guess.has("product_id", "quantity") and not guess.has("unit_price")
    if is_by_list and products is not None and products.tells_prices:
        return _listed_prices(proposal, table, found, products.listed_price, settings)
    if not guess.has("unit_price", "quantity"):
        return {"amount": ask_which(proposal, table, "amount", guess.sheet.header)}
    if not _NET_NAME.search(found["unit_price"]):
        ask_tax(proposal, table, found["unit_price"], settings)
    return {column: found[column] for column in ("unit_price", "quantity", "discount") if guess.has(column)}


def _listed_prices(
    proposal: Proposal, table: str, found: dict[str, str], heading: str, settings: dict[str, Any]
) -> dict[str, Any]:
    if not _NET_NAME.search(heading):
        ask_tax(proposal, table, heading, settings)
    proposal.tell(say("new.listed_prices", column=heading))
    return {"unit_price": {"from": found["product_id"], "lookup": "price"}, "quantity": found["quantity"]}


def _may_be_each(guess: Guess, heading: str) -> bool:
    """Tell whether an amount is called a price, and more pieces than one are sold at it."""
    is_price = _PRICE.search(folded(heading)) is not None
    if not is_price or not guess.has("quantity"):
        return False
    return bool({word.rstrip("0").rstrip(",.") for word in guess.content(guess.columns["quantity"]).words} - {"1", ""})


def _priced(proposal: Proposal, table: str, guess: Guess, heading: str) -> dict[str, Any]:
    answer = proposal.ask(f"{table}.price", say("new.which_price", column=heading), ["each", "total"])
    if answer == "each":
        return {"unit_price": heading, "quantity": guess.columns["quantity"]}
    return {"amount": heading if answer == "total" else GAP}


def _of_lines(guess: Guess, heading: str) -> str:
    """Return the net amounts of lines where others are the whole order's, told on each of its lines."""
    others = [name for name in headings_named("net", guess.sheet.header) if guess.sheet.header.count(name) == 1]
    if not guess.has("order_id") or len(others) < 2 or not _is_repeated(guess, heading):  # noqa: PLR2004
        return heading
    return next((name for name in others if name != heading and not _is_repeated(guess, name)), heading)


def _is_repeated(guess: Guess, heading: str) -> bool:
    """Tell whether all rows of each order hold the same, where orders have several rows."""
    by_order: dict[str, set[str]] = {}
    rows = 0
    orders = guess.sheet.cells(guess.columns["order_id"]).texts[:_ROWS]
    for order, text in zip(orders, guess.sheet.cells(heading).texts[:_ROWS], strict=True):
        by_order.setdefault(order, set()).add(text)
        rows += 1
    return len(by_order) < rows and all(len(texts) == 1 for texts in by_order.values())


def tax_headings(header: Sequence[str]) -> list[str]:
    """Return the columns that are called by an amount of tax."""
    starts = tuple(word for word in column_words("tax") if len(word) > 2)  # noqa: PLR2004 - shorter ones begin others
    names = {heading: folded(heading) for heading in header if heading}
    return [
        heading
        for heading, name in names.items()
        if name in column_words("tax") or (name.startswith(starts) and not _NO_TAX.search(name))
    ]


def taxes_of_others(guess: Guess, amount: str) -> list[str]:
    """Return the columns of tax that belong to other amounts than this net one, and say nothing of it.

    A name that says net is believed unless the tax shows the opposite; others are where the tax is that of a column
    beside them whose name says net.
    """
    found = guess.columns
    if guess.columns.get("net") != amount and not _NET_NAME.search(amount):
        return []
    others = [name for name in headings_named("net", guess.sheet.header) if name != amount and _NET_NAME.search(name)]
    taxes = [heading for heading in tax_headings(guess.sheet.header) if guess.sheet.header.count(heading) == 1]
    return [
        tax
        for tax in taxes
        if tax not in {amount, found.get("tax_rate")}
        and not _by_tax(guess, amount, tax)
        and not _are_rates(guess, tax)
        and (_NET_NAME.search(amount) or any(_by_tax(guess, other, tax) == "net" for other in others))
    ]


def _with_tax_settled(proposal: Proposal, table: str, guess: Guess, heading: str, settings: dict[str, Any]) -> str:
    """Return the sum of columns that is net; where only a rate makes it so, or nobody knows, the settings say it."""
    tax = guess.columns.get("tax", "")
    rates = tax if tax and _are_rates(guess, tax) else guess.columns.get("tax_rate", "")
    how = _by_tax(guess, heading, tax) if tax and tax != rates else ""
    if tax and tax != rates and not how and guess.has("gross"):
        how = "gross"
    if how:
        return f"[{heading}] - [{tax}]" if how == "gross" else heading
    if _NET_NAME.search(heading):
        return heading
    if guess.has("gross") and rates:
        settings["tax_rate_column"] = rates
    else:
        ask_tax(proposal, table, heading, settings)
        if "tax_rate" not in settings:
            settings |= {"ignore": [named]} if (named := rates or tax) else {}
    return heading


def _are_rates(guess: Guess, heading: str) -> bool:
    """Tell whether a column called like tax holds rates: 19, 7 and 0 alone."""
    numbers = {number_of(word, guess.content(heading).decimal or ".") for word in guess.content(heading).words}
    return bool(numbers) and numbers <= {Decimal(0), *(Decimal(str(rate)) for rate in RATES)}


def ask_tax(proposal: Proposal, table: str, heading: str, settings: dict[str, Any]) -> None:
    """Ask whether a column's amounts are net, or gross at which rate, and put the answer into the settings."""
    answer = proposal.ask(f"{table}.tax", say("new.which_tax", column=heading), ["net", "gross:19"])
    rate = answer.removeprefix("gross:").replace(",", ".")
    if answer == GAP:
        settings["tax_rate"] = GAP
    elif answer != "net":
        try:
            settings["tax_rate"] = float(rate)
        except ValueError:
            settings["tax_rate"] = GAP


def _by_tax(guess: Guess, heading: str, tax: str) -> str:
    """Tell by a column of tax whether an amount holds it: "gross", "net" or nothing."""
    sheet = guess.sheet
    decimal = guess.content(heading).decimal or "."
    votes = {"gross": 0, "net": 0}
    rows = 0
    for text, tax_text in zip(sheet.cells(heading).texts[:_ROWS], sheet.cells(tax).texts[:_ROWS], strict=True):
        amount, part = number_of(text, decimal), number_of(tax_text, guess.content(tax).decimal or decimal)
        if not amount or not part:
            continue
        rows += 1
        for rate in map(Decimal, map(str, RATES)):
            if abs(amount * rate / (100 + rate) - part) <= _TOLERANCE:
                votes["gross"] += 1
                break
            if abs(amount * rate / 100 - part) <= _TOLERANCE:
                votes["net"] += 1
                break
    best = max(votes, key=lambda name: votes[name])
    return best if rows and votes[best] >= _MOSTLY * rows and votes[best] > 2 * min(votes.values()) else ""
