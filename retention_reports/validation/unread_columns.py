"""Columns of the client's files that no table reads: named, and warned of where they may move revenue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.errors import Location
from retention_reports.messages import say
from retention_reports.model.schema import Kind
from retention_reports.reading.byte_cells import ByteCells
from retention_reports.reading.cells import Cells, cells_of, sample_step
from retention_reports.reading.problems import nearest, shown, suggestion
from retention_reports.records import record
from retention_reports.validation.gross_amounts import tell_gross_amounts
from retention_reports.validation.telling_columns import (
    currencies_of,
    is_credited,
    is_margin,
    is_of_payment,
    scale_of,
    takes_back,
    told_by,
    told_by_texts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import numpy.typing as npt

    from retention_reports.messages import Message
    from retention_reports.reading.folder import SourceFolder
    from retention_reports.reading.grid import Texts
    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.tables import SourcePart, SourceTable
from retention_reports.validation.telling_columns import Told

_OF_REVENUE = ("orders", "order_lines")
_OF_MONEY = ("customers", "offers", "measures", "costs")
"""Tables whose amounts are not revenue: another currency is told of them, and nothing else."""
_FEW_WORDS = 50
_WORDS_TOLD = 3
_DAY = re.compile(r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4}(?:[ T].*)?")
_OF_OFFERS = frozenset({"status", "type"})
"""What an unread column may tell of an offer that the state which is read of it does not."""
_READ_BY = {"status": "status", "currency": "currency", "rate": "currency", "discount": "discount"}
"""The standard columns beside which another column of the same subject goes without saying."""


@record
class _OpenFile:
    """A file (or sheet), the tables that are read from it, and which of its columns nobody reads."""

    parts: tuple[tuple[SourceTable, SourcePart], ...]
    unread: tuple[int, ...]

    @property
    def path(self) -> str:
        """How messages name the file."""
        return self.parts[0][1].path

    @property
    def header(self) -> tuple[str, ...]:
        """The names of its columns."""
        return self.parts[0][1].grid.header


def tell_unread_columns(source: SourceFolder, currency: str, log: ProblemLog) -> None:
    """Name for each file the columns that nobody reads, and tell those that seem to say what moves revenue.

    Where a column's words betray it (a cancellation, a credit note, another currency), revenue would be wrong: it has
    to be mapped or ignored. Where only its name does, a warning is enough.
    """
    seen: set[str] = set()
    for file in _files(source):
        seen.update(file.header)
        if file.unread:
            names = [file.header[position] or f"({position + 1})" for position in file.unread]
            log.note(Location(file.path), "unread columns", _listed(names))
        _refuse_telling_headings(file, currency, log)
        told = _tell_of_revenue(file, currency, log)
        for table, part in file.parts:
            _warn_of_near_names(table, part, [position for position in file.unread if position not in told], log)
    _check_ignored(source, seen, log)


def _refuse_telling_headings(file: _OpenFile, currency: str, log: ProblemLog) -> None:
    """Refuse amounts whose column is called by what they are not: another currency, thousands, what is left of them."""
    for table, part in file.parts:
        for column in table.schema.columns:
            heading = part.headings.get(column.name, "") if column.kind is Kind.MONEY else ""
            if not heading or heading in table.settings.ignore:
                continue
            place = Location(part.path, table.settings.header_line, heading)
            names = {"amount": shown(heading), "table": table.schema.name}
            found = currencies_of(heading)
            if found and currency not in found and "currency" not in table.cells:
                message = say("columns.called_other_currency", found=shown(min(found)), currency=currency, **names)
                log.error(place, "other currency", message)
            if column.name == "cost" and is_margin(heading) and not table.terms.get("cost"):
                cure = shown(f"[{part.headings.get('amount', 'amount')}] - [{heading}]")
                log.error(place, "margins as costs", say("columns.called_margin", cure=cure, **names))
            if table.schema.name not in _OF_REVENUE and column.name != "potential":
                _refuse_scale(table, column.name, heading, place, log)


def _warn_of_days_of_payment(table: SourceTable, part: SourcePart, log: ProblemLog) -> None:
    heading = part.headings.get("ordered_on", "")
    if is_of_payment(heading) and heading not in table.settings.ignore:
        message = say("columns.called_payment", column=shown(heading))
        page = say("columns.called_payment_page", column=shown(heading))
        log.warning(Location(part.path, table.settings.header_line, heading), "days of payments", message, page)


def _refuse_scale(table: SourceTable, column: str, heading: str, place: Location, log: ProblemLog) -> None:
    scale = scale_of(heading)
    if scale != 1 and column not in table.settings.factors:
        names = {"amount": shown(heading), "table": table.schema.name, "column": column}
        log.error(place, "amounts of another scale", say("columns.called_scaled", factor=f"{scale:g}", **names))


def _tell_of_revenue(file: _OpenFile, currency: str, log: ProblemLog) -> set[int]:
    """Return the columns of the file of which something was told."""
    for table, part in file.parts:
        if table.schema.name in _OF_REVENUE:
            _warn_of_days_of_payment(table, part, log)
            tell_gross_amounts(table, part, file.unread, log)
            return _warn_of_telling_columns(table, part, file.unread, currency, log)
    found = _refuse_other_currencies(file, currency, log)
    for table, part in file.parts:
        if table.schema.name == "offers":
            unread = [position for position in file.unread if position not in found]
            found |= _warn_of_telling_columns(table, part, unread, currency, log)
    return found


def _warn_of_near_names(table: SourceTable, part: SourcePart, unread: Iterable[int], log: ProblemLog) -> None:
    """Warn of names that are nearly those of columns, where `client.toml` names none; the required ones tell it."""
    if table.settings.columns:
        return
    absent = {column.name: column.required for column in table.schema.columns if column.name not in table.cells}
    for position in unread:
        heading = part.grid.header[position]
        near = nearest(heading, absent)
        if near and not absent[near]:
            message = say("tables.near_column", file=table.schema.name, near=near)
            log.warning(Location(part.path, table.settings.header_line, heading), "unknown column", message)


def _listed(names: list[str]) -> Message:
    return say("columns.unread", n=len(names), columns=", ".join(names))


def _files(source: SourceFolder) -> Iterator[_OpenFile]:
    by_file: dict[tuple[str, tuple[str, ...]], list[tuple[SourceTable, SourcePart]]] = {}
    for table in (*source.tables.values(), *source.marks, *source.renumbered):
        for part in table.parts:
            by_file.setdefault((part.path, part.grid.header), []).append((table, part))
    for (_, header), parts in by_file.items():
        read = {position for _, part in parts for position in part.positions}
        ignored = {heading for table, _ in parts for heading in (*table.settings.ignore, table.settings.latest_by)}
        columns = parts[0][1].grid.columns
        unread = (
            position
            for position, heading in enumerate(header)
            if position not in read and heading not in ignored and (heading or any(map(str.strip, columns[position])))
        )
        yield _OpenFile(tuple(parts), tuple(unread))


def _check_ignored(source: SourceFolder, seen: set[str], log: ProblemLog) -> None:
    for table in source.tables.values():
        for heading in table.settings.ignore:
            if heading not in seen:
                message = say("columns.ignored_unknown", column=shown(heading), hint=suggestion(heading, seen))
                log.error(table.settings_at("ignore"), "missing column", message)


def _warn_of_telling_columns(
    table: SourceTable, part: SourcePart, unread: Iterable[int], currency: str, log: ProblemLog
) -> set[int]:
    telling = []
    found = set()
    for position in unread:
        heading = part.grid.header[position]
        cells = _cells_of_rows(part.grid.columns[position], part)
        words = _few_words(cells)
        told = told_by(heading, words, currency, beside=part.grid.header, some=_some_words(cells, words))
        if told is None:
            told = told_by_texts(cells.words.tolist())
        if told is not None and not _is_settled(told, table, part, cells):
            found.add(position)
            place = Location(part.path, table.settings.header_line, heading)
            message = _message(told, heading, table, words)
            if told.words:
                log.error(place, "unread column", message)
            else:
                telling.append((place, message))
    columns = ", ".join(shown(place.column) for place, _ in telling)
    key = "columns.unread_page_offers" if table.schema.name == "offers" else "columns.unread_page"
    page = say(key, n=len(telling), columns=columns, file=part.path.rpartition("/")[2])
    for place, message in telling:
        log.warning(place, "unread column", message, page)
    return found


def _refuse_other_currencies(file: _OpenFile, currency: str, log: ProblemLog) -> set[int]:
    found = set()
    for table, part in file.parts:
        is_of_money = table.schema.name in _OF_MONEY and any(
            column.kind is Kind.MONEY and column.name in table.cells for column in table.schema.columns
        )
        for position in file.unread if is_of_money else ():
            heading = part.grid.header[position]
            words = _few_words(_cells_of_rows(part.grid.columns[position], part))
            told = told_by(heading, words, currency)
            if told is not None and told.subject == "currency" and told.words:
                place = Location(part.path, table.settings.header_line, heading)
                log.error(place, "unread column", _message(told, heading, table, words))
                found.add(position)
    return found


def _message(told: Told, heading: str, table: SourceTable, words: Mapping[str, int] | None) -> Message:
    counts = words or {}
    most = sorted(told.words or counts, key=lambda word: (-counts[word], word))[:_WORDS_TOLD]
    cure = f"columns.cure_{told.subject}"
    if told.subject == "rate":
        cure = "columns.cure_rate"
    elif _READ_BY.get(told.subject, "amount") not in table.schema.column_names or table.schema.name == "offers":
        cure = "columns.cure_rows"
    elif told.subject == "status" and all(_DAY.fullmatch(word) for word in counts if word):
        cure = "columns.cure_blank_rows"
    subject = "offers" if told.subject == "status" and table.schema.name == "offers" else told.subject
    return say(
        f"columns.unread_{subject}",
        words=shown(told.example)
        if told.example
        else ", ".join(f"{shown(word)} ({counts[word]})" for word in most if word) or "…",
        cure=say(cure, table=table.schema.name, column=shown(heading)),
        ignore=say("columns.cure_ignore", table=table.schema.name, column=shown(heading)),
    )


def _is_settled(told: Told, table: SourceTable, part: SourcePart, cells: Cells) -> bool:
    """Tell whether something else that is read says the same, or nothing is read that it is said of."""
    if table.schema.name == "offers":
        return told.subject not in _OF_OFFERS
    if told.subject == "unit":
        return "unit_price" not in table.cells
    if told.subject == "type":
        rows = np.flatnonzero(np.isin(np.char.strip(cells.texts.astype(np.str_)), told.words))
        are_credits = bool(told.words) and all(map(is_credited, told.words))
        return table.settings.sign is not None or (are_credits and _are_negative(table, rows + part.first_row))
    if told.subject == "note":
        words = {place for place, word in enumerate(cells.words.tolist()) if takes_back(word)}
        rows = np.array([row for row, _ in cells.rows_of(words)], dtype=np.intp)
        return table.settings.sign is not None or _are_negative(table, rows + part.first_row)
    return not told.words and _READ_BY.get(told.subject, "") in table.cells


def _are_negative(table: SourceTable, rows: npt.NDArray[np.intp]) -> bool:
    """Tell whether the amounts of these rows are all below zero."""
    amounts = table.cells.get("amount")
    if amounts is None:
        return False
    return all(amounts[int(row)].startswith(("-", "−", "(")) or amounts[int(row)].endswith("-") for row in rows)


def _cells_of_rows(texts: Texts, part: SourcePart) -> Cells:
    cells = cells_of(texts)
    return cells if len(part.rows) == len(cells) else cells.at(part.rows)


def _some_words(cells: Cells, words: Mapping[str, int] | None) -> list[str]:
    """Return the first cells of a column that has many words; none of one that has few."""
    return [] if words is not None else [cells[row].strip() for row in range(min(len(cells), _FEW_WORDS))]


def _few_words(cells: Cells) -> dict[str, int] | None:
    """Return how often each word occurs, or None where there are many."""
    if isinstance(cells, ByteCells):
        sample = cells.column.every(sample_step(len(cells)))
        if len(set(sample.texts())) > _FEW_WORDS:
            return None
    if len(set(cells.words.tolist())) > _FEW_WORDS:
        return None
    times = np.ones(len(cells.words), dtype=np.int64)
    if cells.places is not None:
        times = np.bincount(cells.places, minlength=len(cells.words))
    counts: dict[str, int] = {}
    for word, rows in zip(cells.words.tolist(), times.tolist(), strict=True):
        if rows:
            counts[word.strip()] = counts.get(word.strip(), 0) + rows
    return counts
