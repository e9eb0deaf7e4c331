"""Who a customer is: all ids and words by which the data, the reports and the history may hold the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from retention_reports.model.folder import ClientFolder

_SHORTEST = 3
"""Fewer letters stand in too many other words to tell anybody."""
_OF_CONTACTS = ("name", "email", "phone")


@record
class Person:
    """The ids of a customer, those merged into it included, and its names, addresses and telephone numbers."""

    identifiers: tuple[str, ...]
    words: tuple[str, ...]


def persons_called(folder: ClientFolder, wanted: str) -> tuple[Person, ...]:
    """Return the customers of that id, or else of that name or e-mail address; letters' size does not count."""
    customers = folder.tables["customers"]
    called = customers["customer_id"] == wanted
    for column in ("name", "email"):
        if not called.any() and column in customers:
            called = customers[column].str.casefold() == wanted.casefold()
    heads = dict.fromkeys(_ids_of_one(customers, identifier) for identifier in customers.loc[called, "customer_id"])
    return tuple(_person(folder, identifiers) for identifiers in heads)


def _ids_of_one(customers: pd.DataFrame, identifier: str) -> tuple[str, ...]:
    """Return the ids that are one customer by the column of mergers, sorted."""
    if "merged_into" not in customers:
        return (identifier,)
    pairs = [(a, b) for a, b in zip(customers["customer_id"], customers["merged_into"], strict=True) if b]
    found = {identifier}
    while True:
        more = {name for pair in pairs if found & set(pair) for name in pair} | found
        if more == found:
            return tuple(sorted(found))
        found = more


def _person(folder: ClientFolder, identifiers: tuple[str, ...]) -> Person:
    words: dict[str, None] = {}
    for name, columns in (("customers", ("name", "email")), ("contacts", _OF_CONTACTS)):
        table = folder.tables.get(name)
        if table is None:
            continue
        rows = table[table["customer_id"].isin(identifiers)]
        for column in columns:
            words |= dict.fromkeys(_long(rows[column]) if column in rows else ())
    return Person(identifiers, tuple(word for word in words if word not in identifiers))


def _long(cells: Iterable[str]) -> list[str]:
    return [text.strip() for text in cells if len(text.strip()) >= _SHORTEST]
