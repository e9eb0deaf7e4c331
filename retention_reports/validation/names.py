"""Names, addresses and contacts from the file that lies outside git, joined to customers by their id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retention_reports.model.schema import CONTACTS
from retention_reports.validation.lists_in_cells import settle_addresses
from retention_reports.validation.tables import check_table

if TYPE_CHECKING:
    from retention_reports.model.client import Client
    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.tables import SourceTable
    from retention_reports.validation.references import CustomerDirectory
    from retention_reports.validation.tables import CheckedTable

_OF_CUSTOMERS = ("name", "salutation", "email")
_CONTACT = "contact"
_OF_CONTACTS = {"name": _CONTACT} | {name: name for name in ("salutation", "role", "email", "phone", "birthday")}


def join_names(
    source: SourceTable, customers: CheckedTable, directory: CustomerDirectory, client: Client, log: ProblemLog
) -> pd.DataFrame:
    """Name the customers that have no name, salutation or address in their own file, and return the contacts.

    A row with a contact tells of that contact, any other of the customer. The contacts are as in the table of
    contacts, their own row numbers aside. Who is no customer is left out: the file may tell of more than the export.
    """
    names = check_table(source, log, client, required=("customer_id",))
    settle_addresses(names, log)
    directory.assign(names)
    is_contact = names.frame[_CONTACT] != ""
    own = names.frame.loc[~is_contact].drop_duplicates("customer_id").set_index("customer_id")
    for column in _OF_CUSTOMERS:
        if column not in names.given_columns or own.empty:
            continue
        given = customers.frame[column]
        told = customers.frame["customer_id"].map(own[column]).fillna("").astype(given.dtype)
        customers.frame = customers.frame.assign(**{column: given.mask(given == "", told)})
        customers.derived_columns |= {column}
    return _contacts(names.frame.loc[is_contact])


def contact_columns(source: SourceTable) -> frozenset[str]:
    """Return the columns of contacts that the file carries."""
    given = {column for column, name in _OF_CONTACTS.items() if name in source.cells}
    return frozenset(given | {"customer_id"}) if _CONTACT in source.cells else frozenset()


def _contacts(rows: pd.DataFrame) -> pd.DataFrame:
    columns = {column: rows[name] for column, name in _OF_CONTACTS.items()}
    told = {"customer_id": rows["customer_id"], "decides": pd.Series("", index=rows.index, dtype="str"), **columns}
    ordered = {column: told[column] for column in CONTACTS.column_names}
    return pd.DataFrame({**ordered, "customer": rows["customer"]}).reset_index(drop=True)
