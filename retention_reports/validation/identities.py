"""Who is one customer: ids that files spell in several ways become one where that is certain, else the user is asked.

It works on the text of the tables, before any row is dropped for repeating an id: in a list of customers that is cut
out of the orders, two spellings would be two customers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.problems import shown, shown_id
from retention_reports.records import record
from retention_reports.validation.id_spellings import (
    are_plain,
    collective_ids,
    is_collective,
    lost_zeros,
    missing_ids,
    one_case_of_addresses,
    other_spellings,
    padded,
    powers_of_ten,
    without_decimals,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from retention_reports.messages import Private
    from retention_reports.reading.cells import Cells
    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.tables import SourceTable

_ID = "customer_id"
_ALSO_IDS = ("merged_into", "referred_by")


@record
class SettledIds:
    """The tables with each customer's id in one spelling, and the ids (of any table) that were refused."""

    tables: Mapping[str, SourceTable]
    refused: frozenset[str]


def settle_customer_ids(tables: Mapping[str, SourceTable], excluded: Collection[str], log: ProblemLog) -> SettledIds:
    """Bring the customers' ids of all tables into one spelling; what could be meant in two ways is an error.

    Ids that `client.toml` names, as values or as excluded customers, are left as they are.
    """
    settler = _Settler(tables, frozenset(excluded), log)
    settler.drop_prefixes()
    settler.pad()
    if not settler.are_plain:
        settler.trim_decimals()
        settler.empty_missing_ids()
        settler.settle_addresses()
        settler.refuse_powers_of_ten()
        settler.refuse_collective_ids()
        settler.refuse_lost_zeros()
        settler.tell_other_spellings()
    return SettledIds(settler.tables, frozenset(settler.refused))


class _Settler:
    """Goes through the kinds of spellings one after the other.

    Tables that are cut out of others' files come last: what was told of the file is not told of them again.
    """

    def __init__(self, tables: Mapping[str, SourceTable], excluded: frozenset[str], log: ProblemLog) -> None:
        self.tables = dict(tables)
        self.refused: set[str] = set()
        self._told: dict[str, set[str]] = {}
        self._log = log
        self._excluded = excluded
        names = sorted((name for name, table in tables.items() if _ID in table.cells), key=self._is_cut_out)
        self._words = {name: self._different(name) for name in names}

    @property
    def are_plain(self) -> bool:
        """Tell whether no id is spelt in a way that has to be looked at; many thousands of ids are told so at once."""
        return are_plain(self._all_words)

    def drop_prefixes(self) -> None:
        for name in self._words:
            prefix = self.tables[name].settings.id_prefix
            if prefix:
                cells = self.tables[name].cells
                words = {word for column in (_ID, *_ALSO_IDS) if column in cells for word in cells[column].words}
                self._reword(name, {word: word.removeprefix(prefix) for word in words if word != prefix})

    def pad(self) -> None:
        for name in self._words:
            width = self.tables[name].settings.pad
            if width:
                cells = self.tables[name].cells
                words = {word for column in (_ID, *_ALSO_IDS) if column in cells for word in cells[column].words}
                self._reword(name, {word: padded(word, width) for word in words})

    def trim_decimals(self) -> None:
        numbers = without_decimals(self._all_words)
        for name in self._naming(numbers):
            self._warn(name, "ids with decimals", "customers.with_decimals", self._words[name] & numbers.keys())
            self._reword(name, numbers)

    def empty_missing_ids(self) -> None:
        kept = self._listed
        for name in self._words:
            found = missing_ids(self._words[name]) - kept - self._declared(name)
            if found:
                self._warn(name, "word instead of a customer", "customers.no_id", found)
                self._reword(name, dict.fromkeys(found, ""))

    def settle_addresses(self) -> None:
        small = one_case_of_addresses(self._all_words)
        changing = {word for word, new in small.items() if word != new}
        for name in self._naming(changing):
            found = self._words[name] & changing
            self._warn(name, "addresses in several spellings", "customers.address_spellings", found)
            self._reword(name, small)

    def refuse_powers_of_ten(self) -> None:
        for name in self._words:
            found = powers_of_ten(self._words[name]) - self._declared(name)
            self._refuse(name, "cut customer ids", "customers.power_of_ten", found)

    def refuse_collective_ids(self) -> None:
        kept = self._listed
        for name in self._words:
            for word in sorted(collective_ids(self._words[name]) - kept - self._declared(name)):
                self._refuse(name, "word instead of a customer", "customers.collective_id", {word})

    def refuse_lost_zeros(self) -> None:
        """Ask where a number stands with and without leading zeros, unless the list of customers has it both ways."""
        lost = lost_zeros(self._all_words)
        listed = lost_zeros(self._listed)
        width = str(max(map(len, lost.values()), default=0))
        for name in self._naming(lost) if lost else ():
            found = self._words[name] & lost.keys() - listed.keys()
            if found and self.tables[name].settings.pad is None:
                longest = lost[self._first_of(name, found)[1]]
                self._refuse(
                    name, "lost leading zeros", "customers.lost_zeros", found, longest=shown_id(longest), width=width
                )
                self.refused.update(lost[word] for word in found)

    def tell_other_spellings(self) -> None:
        """Tell of customers cut out of another file whose ids differ in capitals, umlauts or blanks alone."""
        name = "customers"
        if name not in self._words or not self._is_cut_out(name):
            return
        others = other_spellings(self._words[name] - self._declared(name) - self.refused)
        if not others:
            return
        table = self.tables[name]
        row, word, _ = self._first_of(name, others)
        where = [f"[files.{block}.values.customer_id]" for block in self._words if word in self._words[block]]
        values = {"first": shown_id(word), "other": shown_id(others[word]), "blocks": ", ".join(where)}
        page = say("customers.other_spelling_page", n=len(others), first=values["first"], other=values["other"])
        message = say("customers.other_spelling", n=len(others), **values)
        self._log.warning(table.location(row, _ID), "customers in several spellings", message, page)

    @property
    def _listed(self) -> frozenset[str]:
        """The ids of a list of customers that was made as a list."""
        if "customers" not in self._words or self._is_cut_out("customers"):
            return frozenset()
        return frozenset(self._words["customers"])

    @property
    def _all_words(self) -> set[str]:
        return set().union(*self._words.values())

    def _is_cut_out(self, name: str) -> bool:
        return bool(self.tables[name].settings.distinct)

    def _declared(self, name: str) -> frozenset[str]:
        return self._excluded | set(self.tables[name].settings.values.get(_ID, {}).values())

    def _different(self, name: str) -> set[str]:
        return set(self.tables[name].cells[_ID].words.tolist()) - {""}

    def _naming(self, words: Collection[str]) -> list[str]:
        wanted = set(words)
        return [name for name, found in self._words.items() if not wanted.isdisjoint(found)]

    def _reword(self, name: str, changes: Mapping[str, str]) -> None:
        table = self.tables[name]
        cells = {
            column: table.cells[column].reworded(lambda texts: [changes.get(text, text) for text in texts])
            for column in (_ID, *_ALSO_IDS)
            if column in table.cells
        }
        self.tables[name] = replace(table, cells={**table.cells, **cells})
        self._words[name] = self._different(name)

    def _warn(self, name: str, kind: str, key: str, found: Collection[str]) -> None:
        words = self._not_told(name, key, found)
        if words:
            row, word, count = self._first_of(name, words)
            message = say(key, n=count, first=_shown(word) if key != "customers.no_id" else shown(word))
            self._log.warning(self.tables[name].location(row, _ID), kind, message)

    def _refuse(self, name: str, kind: str, key: str, found: Collection[str], **values: str | Private) -> None:
        self.refused.update(found)
        words = self._not_told(name, key, found)
        if words:
            row, word, count = self._first_of(name, words)
            also = [
                other for other in self._words if self._is_cut_out(other) and not words.isdisjoint(self._words[other])
            ]
            blocks = ", ".join(f"[files.{block}]" for block in dict.fromkeys((name, *also)))
            message = say(key, n=count, first=_shown(word), blocks=blocks, **values)
            self._log.error(self.tables[name].location(row, _ID), kind, message)

    def _not_told(self, name: str, key: str, found: Collection[str]) -> set[str]:
        told = self._told.setdefault(key, set())
        words = set(found) - told if self._is_cut_out(name) else set(found)
        told.update(found)
        return words

    def _first_of(self, name: str, found: Collection[str]) -> tuple[int, str, int]:
        """Return the first row that holds one of the words, the word, and how many rows hold one."""
        cells = self.tables[name].cells[_ID]
        rows = _rows_of(cells, found)
        return rows[0], cells[rows[0]], len(rows)


def _shown(word: str) -> str | Private:
    """Quote an id; words for everybody whom nobody knows name no one."""
    return shown(word) if is_collective(word) else shown_id(word)


def _rows_of(cells: Cells, words: Collection[str]) -> list[int]:
    """Return the rows that hold one of the words, in order."""
    places = [place for place, word in enumerate(cells.words.tolist()) if word in words] if words else []
    return [row for row, _ in cells.rows_of(places)]
