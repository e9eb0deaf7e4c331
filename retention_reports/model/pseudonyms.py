"""A version of the data for wider circulation: nobody's name, id or words, and every figure as it was."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from retention_reports.model.folder import ClientFolder

_CODE_LENGTH = 6
_WORDS = {"de": ("Kunde", "Person"), "en": ("Customer", "Person")}
_CUSTOMER_IDS = ("customer_id", "referred_by", "merged_into")
_STAFF = ("sales_rep", "owner", "answered_by")
_FREE_TEXT = ("note", "text", "evidence", "wishes", "phone", "competitor")


def pseudonymised(folder: ClientFolder) -> ClientFolder:
    """Return the folder with codes for customers, contact persons and staff, and without notes, texts and birthdays.

    A code is stable for one client (it comes from the client's key and the id), so that two quarters can be compared;
    it cannot be turned back into an id without the client's files. Valid e-mail addresses stay valid, so that
    reachability is counted as before.
    """
    key = folder.client.key
    customer, person = _WORDS[folder.client.language]
    tables = {}
    for name, table in folder.tables.items():
        columns = {
            column: _replaced(key, name, column, table[column], customer, person)
            for column in table.columns
            if column != "customer"
        }
        tables[name] = table.assign(**columns)
    return replace(folder, tables=tables, notes={})


def _replaced(key: str, table: str, column: str, values: pd.Series, customer: str, person: str) -> pd.Series:
    if column in _CUSTOMER_IDS:
        return _coded(key, values, "")
    if column == "name" and table in ("customers", "contacts"):
        return _coded(key, values, f"{customer if table == 'customers' else person} ")
    if column in _STAFF:
        return _coded(key, values, f"{person} ")
    if column == "email":
        return values.where(~values.str.contains("@"), _coded(key, values, "") + "@pseudonym.example")
    if column in _FREE_TEXT:
        return pd.Series("", index=values.index, dtype="str")
    if column == "birthday":
        return pd.Series(pd.NaT, index=values.index, dtype=values.dtype)
    return values


def _coded(key: str, values: pd.Series, word: str) -> pd.Series:
    codes = {value: word + _code(key, value) if value else "" for value in values.unique()}
    return values.map(codes).astype("str")


def _code(key: str, value: str) -> str:
    digest = hashlib.sha256(f"{key}\0{value}".encode()).digest()
    return base64.b32encode(digest).decode("ascii")[:_CODE_LENGTH]
