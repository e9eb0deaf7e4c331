"""A version of the data for wider circulation: nobody's name, id or words, and every figure as it was."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from retention_reports.model.amendments import Amendments
    from retention_reports.model.folder import ClientFolder

_CODE_LENGTH = 6
_WORDS = {"de": ("Kunde", "Person"), "en": ("Customer", "Person")}
_CUSTOMER_IDS = ("customer_id", "referred_by", "merged_into", "recommendation_id")
_STAFF = ("sales_rep", "owner", "answered_by")
_FREE_TEXT = ("note", "text", "evidence", "wishes", "phone", "competitor")


def pseudonymised(folder: ClientFolder) -> ClientFolder:
    """Return the folder with codes for customers, contact persons and staff, and without notes, texts and birthdays.

    A code is stable for one client (it comes from the client's key and the id), so that two quarters can be compared;
    it cannot be turned back into an id without the client's files. Valid e-mail addresses stay valid, so that
    reachability is counted as before.
    """
    key = folder.client.key
    tables = {
        name: table.assign(**_replaced(key, name, table, *_WORDS[folder.client.language]))
        for name, table in folder.tables.items()
    }
    person = _WORDS[folder.client.language][1]
    amendments = {name: _without_words(key, said, f"{person} ") for name, said in folder.amendments.items()}
    return replace(folder, tables=tables, notes={}, amendments=amendments)


def _without_words(key: str, said: Amendments, person: str) -> Amendments:
    """Return what is decided of decisions, without the consultant's words and names."""
    entries = (
        replace(one, title="", text="", owner=f"{person}{_code(key, one.owner)}" if one.owner else "")
        for one in said.entries
    )
    return replace(said, entries=tuple(entries))


def _replaced(key: str, name: str, table: pd.DataFrame, customer: str, person: str) -> dict[str, pd.Series]:
    """Return the columns of a table that name somebody, with codes in their place, and emptied texts and birthdays."""
    words = {**dict.fromkeys(_CUSTOMER_IDS, ""), **dict.fromkeys(_STAFF, f"{person} ")}
    if name in ("customers", "contacts"):
        words["name"] = f"{customer if name == 'customers' else person} "
    columns = {column: _coded(key, table[column], word) for column, word in words.items() if column in table}
    columns |= {column: pd.Series("", index=table.index, dtype="str") for column in _FREE_TEXT if column in table}
    if "email" in table:
        addresses = _coded(key, table["email"], "") + "@pseudonym.example"
        columns["email"] = table["email"].where(~table["email"].str.contains("@"), addresses)
    if "birthday" in table:
        columns["birthday"] = pd.Series(pd.NaT, index=table.index, dtype=table["birthday"].dtype)
    return columns


def _coded(key: str, values: pd.Series, word: str) -> pd.Series:
    codes = {value: word + _code(key, value) if value else "" for value in values.unique()}
    return values.map(codes).astype("str")


def _code(key: str, value: str) -> str:
    digest = hashlib.sha256(f"{key}\0{value}".encode()).digest()
    return base64.b32encode(digest).decode("ascii")[:_CODE_LENGTH]
