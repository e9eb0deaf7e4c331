"""Cells that hold several values: e-mail addresses, of which the first counts, and lists with a separator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.messages import Private, say
from retention_reports.model.email_addresses import ADDRESS, addresses_in, are_addresses
from retention_reports.reading.problems import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from retention_reports.reading.problems import ProblemLog
    from retention_reports.validation.tables import CheckedTable

_LISTS = {"enquiries": ("criteria",), "offers": ("wishes", "guarantees")}
"""The columns whose cells are lists; those of offers may also hold sentences."""
_STANDARD = ";"
_OTHERS = (",", "|", "/", "+")


def settle_addresses(table: CheckedTable, log: ProblemLog) -> None:
    """Keep one address of each cell, and tell of those that hold more than an address, or none."""
    if "email" not in table.given_columns:
        return
    emails = table.frame["email"]
    if are_addresses(emails.to_numpy(dtype=object)):
        return
    odd = emails.loc[(emails != "") & ~emails.str.fullmatch(ADDRESS)]
    if odd.empty:
        return
    found = {cell: addresses_in(cell) for cell in odd.unique()}
    first = odd.map({cell: addresses[0] if addresses else cell for cell, addresses in found.items()})
    table.frame = table.frame.assign(email=emails.where(~emails.index.isin(odd.index), first.reindex(emails.index)))
    more = odd.map({cell: len(addresses) > 1 for cell, addresses in found.items()}).astype(bool)
    none = odd.map({cell: not addresses for cell, addresses in found.items()}).astype(bool)
    _tell(table, "lists.addresses", odd[more], log)
    _tell(table, "lists.no_address", odd[none], log)


def _tell(table: CheckedTable, key: str, cells: pd.Series, log: ProblemLog) -> None:
    if len(cells):
        row = int(cells.index[0])
        message = say(key, cell=Private(shown(cells[row])), n=len(cells))
        log.warning(table.location(row, "email"), "e-mail address", message)


def settle_lists(table: CheckedTable, log: ProblemLog) -> None:
    """Bring lists to the standard separator, and tell where another one seems to be meant."""
    for column in _LISTS.get(table.name, ()):
        if column in table.given_columns:
            _settle_list(table, column, log)


def _settle_list(table: CheckedTable, column: str, log: ProblemLog) -> None:
    declared = table.source.settings.lists.get(column, "")
    if declared:
        lists = table.frame[column].str.replace(declared, _STANDARD, regex=False)
        table.frame = table.frame.assign(**{column: lists})
    elif column in _LISTS["enquiries"]:
        _tell_of_separator(table, column, log)


def _tell_of_separator(table: CheckedTable, column: str, log: ProblemLog) -> None:
    lists = table.frame[column]
    cells = lists.unique().tolist()
    if any(_STANDARD in cell for cell in cells):
        return
    counts: Mapping[str, int] = {sign: sum(sign in cell for cell in cells) for sign in _OTHERS}
    sign = max(_OTHERS, key=lambda each: counts[each])
    if not counts[sign]:
        return
    rows = lists.index[lists.str.contains(sign, regex=False)]
    row = int(rows[0])
    message = say("lists.separator", cell=shown(lists[row]), sign=shown(sign), column=column, n=len(rows))
    if _repeats_parts(cells, sign):
        log.error(table.location(row, column), "list separator", message)
    else:
        log.warning(table.location(row, column), "list separator", message, say("lists.separator_page", n=len(rows)))


def _repeats_parts(cells: Sequence[str], sign: str) -> bool:
    """Tell whether a part of a cell also stands elsewhere, alone or as a part: then it is an entry of a list."""
    seen: set[str] = set()
    for cell in cells:
        parts = {part.strip().casefold() for part in cell.split(sign)} - {""}
        if parts & seen:
            return True
        seen |= parts
    return False
