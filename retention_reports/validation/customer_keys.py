"""Customers that files name by something else than their id: by e-mail address or name, or by a number of old."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.messages import Private, say
from retention_reports.reading.cells import cells_of, same_in_every_row
from retention_reports.reading.problems import shown, shown_id
from retention_reports.validation.id_spellings import padded

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.tables import SourceTable

_ID = "customer_id"
_MERGED = "merged_into"
_ALSO_IDS = ("referred_by", _MERGED)


def look_up_customers(tables: Mapping[str, SourceTable], log: ProblemLog) -> dict[str, SourceTable]:
    """Return the tables with ids where `client.toml` says that customers are named by something else.

    Who is not found keeps the word in the file, and is told as an unknown customer.
    """
    customers = tables.get("customers")
    found = dict(tables)
    for name, table in tables.items():
        for column, source in table.settings.columns.items():
            if source.lookup in {"", "price"}:
                continue
            if column != _ID or name == "customers":
                log.error(table.settings_at("columns", column), "unusable setting", say("mapping.lookup_elsewhere"))
            elif column in table.cells and customers is not None:
                found[name] = _looked_up(table, customers, source.lookup, log)
    return found


def _looked_up(table: SourceTable, customers: SourceTable, lookup: str, log: ProblemLog) -> SourceTable:
    if lookup not in customers.cells or _ID not in customers.cells:
        log.error(table.settings_at("columns", _ID), "missing column", say("mapping.lookup_column", column=lookup))
        return table
    ids = _ids_by_key(customers, lookup)
    cells = table.cells[_ID]
    words = cells.words.tolist()
    all_ids = set(customers.cells[_ID].words.tolist())
    ambiguous = {place for place, word in enumerate(words) if len(ids.get(word.casefold(), ())) > 1}
    other_ids = {place for place, word in enumerate(words) if word.casefold() not in ids and word in all_ids - {""}}
    for places, key in ((ambiguous, "mapping.lookup_ambiguous"), (other_ids, "mapping.lookup_is_id")):
        rows = [row for row, _ in cells.rows_of(places)]
        if rows:
            word = cells[rows[0]]
            listed = Private(", ".join(map(shown, sorted(ids.get(word.casefold(), ())))))
            message = say(key, n=len(rows), column=lookup, word=Private(shown(word)), ids=listed)
            at = [table.location(row, _ID) for row in rows]
            log.error(at[0], "ambiguous customer", message, at)
    new = [next(iter(ids.get(word.casefold(), {word}))) for word in words]
    return replace(table, cells={**table.cells, _ID: cells.reworded(lambda _: new)})


def _ids_by_key(customers: SourceTable, lookup: str) -> dict[str, set[str]]:
    """Return the customers of each e-mail address or name; those merged into another of them are that one."""
    found: dict[str, set[str]] = {}
    for key, name in zip(customers.cells[lookup], customers.cells[_ID], strict=True):
        if key and name:
            found.setdefault(key.casefold(), set()).add(name)
    several = {key for key, names in found.items() if len(names) > 1}
    if several and _MERGED in customers.cells:
        for key, name, into in zip(*(customers.cells[column] for column in (lookup, _ID, _MERGED)), strict=True):
            if key.casefold() in several and into in found[key.casefold()] - {name}:
                found[key.casefold()].discard(name)
    return found


def renumber_customers(
    tables: Mapping[str, SourceTable], lists: Sequence[SourceTable], log: ProblemLog
) -> dict[str, SourceTable]:
    """Return the tables with each customer's new id; a customer listed under both is merged into the new one."""
    final = _final_ids(lists, tables.get("customers"), log)
    if not final:
        return dict(tables)
    found = {name: _reworded(table, final, (_ID, *_ALSO_IDS)) for name, table in tables.items() if name != "customers"}
    if "customers" in tables and _ID in tables["customers"].cells:
        found["customers"] = _renumbered_list(_reworded(tables["customers"], final, _ALSO_IDS), final)
    return {name: found.get(name, table) for name, table in tables.items()}


def _final_ids(lists: Sequence[SourceTable], customers: SourceTable | None, log: ProblemLog) -> dict[str, str]:
    width = customers.settings.pad if customers is not None else 0
    direct: dict[str, str] = {}
    rows: dict[str, tuple[SourceTable, int]] = {}
    for table in lists:
        if not {"old", "new"} <= table.cells.keys():
            continue
        for row, pair in enumerate(zip(table.cells["old"], table.cells["new"], strict=True)):
            old, new = (padded(word, width) if width else word for word in pair)
            if not (old and new) or old == new:
                continue
            if direct.setdefault(old, new) != new:
                message = say(
                    "mapping.renumbered_twice", old=shown_id(old), first=shown_id(direct[old]), second=shown_id(new)
                )
                log.error(table.location(row, "new"), "renumbered twice", message)
            rows.setdefault(old, (table, row))
    final = {}
    for old, first in direct.items():
        new, seen = first, {old}
        while new in direct and new not in seen:
            seen.add(new)
            new = direct[new]
        if new in seen:
            table, row = rows[old]
            log.error(
                table.location(row, "old"), "circular merger", say("mapping.renumbered_in_circles", old=shown_id(old))
            )
        else:
            final[old] = new
    return final


def _reworded(table: SourceTable, final: Mapping[str, str], columns: Collection[str]) -> SourceTable:
    cells = {
        name: table.cells[name].reworded(lambda texts: [final.get(text, text) for text in texts])
        for name in columns
        if name in table.cells
    }
    return replace(table, cells={**table.cells, **cells})


def _renumbered_list(customers: SourceTable, final: Mapping[str, str]) -> SourceTable:
    """Give the customers their new ids; of several that become one, the others are merged into the one listed first."""
    ids = customers.cells[_ID].texts.copy()
    merged = customers.cells.get(_MERGED, same_in_every_row("", len(ids))).texts.copy()
    taken = {new: new for new in set(ids.tolist()) & set(final.values())}
    for row, old in enumerate(ids.tolist()):
        if old not in final:
            continue
        if customers.settings.distinct or taken.setdefault(final[old], old) == old:
            ids[row] = final[old]
        else:
            merged[row] = final[old]
    cells = {**customers.cells, _ID: cells_of(ids)}
    if np.any(merged != ""):
        cells[_MERGED] = cells_of(merged)
    return replace(customers, cells=cells)
