"""What is wrong with names and salutations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.contacts.contact_results import AddressFault
from retention_reports.model.spellings import in_capitals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_reports.model.dataset import Dataset

_WARNED = {
    "contradictory salutation": "contradictory_salutation",
    "suspected duplicate customer": "duplicate",
}


def address_faults(dataset: Dataset) -> tuple[AddressFault, ...]:
    """List faults at active customers, and what the check of the files has already warned of; by kind, then name."""
    faults = {*_faults_of_people(dataset), *_faults_of_customers(dataset), *_warned(dataset)}
    return tuple(sorted(faults, key=lambda entry: (entry.kind, entry.customer, entry.person, entry.place)))


def _faults_of_people(dataset: Dataset) -> Iterator[AddressFault]:
    table = dataset.table("contacts")
    if table is None:
        return
    active = dataset.ledger.active(dataset.cut_off)
    names, ids = (dataset.customers[column].tolist() for column in ("name", "customer_id"))
    rows = table.loc[table["customer"] >= 0]
    rows = rows.loc[active[rows["customer"]]]
    columns = (rows[name].tolist() for name in ("customer", "name", "salutation"))
    for customer, person, salutation in zip(*columns, strict=True):
        if dataset.has_column("contacts", "salutation") and not salutation:
            yield AddressFault("no_salutation", names[customer], person, "", ids[customer])
        if in_capitals(person):
            yield AddressFault("capitals", names[customer], person, "", ids[customer])


def _faults_of_customers(dataset: Dataset) -> Iterator[AddressFault]:
    rows = dataset.customers.loc[dataset.ledger.active(dataset.cut_off), ["name", "customer_id"]]
    named = zip(rows["name"], rows["customer_id"], strict=True)
    return (AddressFault("capitals", name, "", "", own) for name, own in named if in_capitals(name))


def _warned(dataset: Dataset) -> Iterator[AddressFault]:
    return (
        AddressFault(_WARNED[warning.kind], "", "", str(warning.location))
        for warning in dataset.folder.warnings
        if warning.kind in _WARNED
    )
