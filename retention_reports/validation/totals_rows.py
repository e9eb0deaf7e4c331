"""Rows that add up others: subtotals and grand totals that an export writes among what it lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.messages import Private, say
from retention_reports.model.money import in_cents
from retention_reports.model.schema import Kind
from retention_reports.reading.cells import cells_of
from retention_reports.reading.problems import ProblemLog, shown
from retention_reports.validation.columns import ColumnReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    import numpy.typing as npt

    from retention_reports.messages import Message
    from retention_reports.model.client import Client
    from retention_reports.reading.cells import Cells
    from retention_reports.reading.tables import SourceTable

    Rows: TypeAlias = npt.NDArray[np.intp]

TOTALS_ROW = "totals_row"
_WORDS = (
    r"(?:(?:(?:zwischen|gesamt|end|teil|tages|monats|quartals|jahres|seiten|kunden|gruppen)[ -]?)?summen?"
    r"|gesamt(?:betrag|ergebnis|umsatz)?|insgesamt|endbetrag|übertrag|uebertrag|saldo"
    r"|(?:(?:grand|sub|page|running)[ -]?)?totals?|sum|carried forward|brought forward"
    r"|total g[ée]n[ée]ral|sous[ -]?total|totaux|(?:sub|eind)?totaal|(?:sub)?totale"
    r"|somma|suma|razem|celkem|summa|i alt)"
)
_BEGINS_WITH = re.compile(rf"\W*{_WORDS}(?![\w-]).*", re.IGNORECASE)
_IS = re.compile(rf"\W*{_WORDS}(?![\w-])[\W\d]*", re.IGNORECASE)
_NAMING = frozenset({Kind.IDENTIFIER, Kind.DAY, Kind.QUARTER})
_MOST_NAMED = 5
_FEWEST_ADDED = 2
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def without_totals_rows(source: SourceTable, log: ProblemLog, client: Client) -> SourceTable:
    """Return the table without rows that are totals of others, each kind of which is an error.

    They are known by a word such as "Summe" in a row that lacks what every row needs, or by arithmetic: rows without a
    customer or an id, each of which amounts to what stands above it.
    """
    unusual = _lacking_something(source)
    named = _named_as_kind(source)
    if not len(unusual) and not named:
        return source
    is_total = np.zeros(source.row_count, dtype=np.bool_)
    named |= _named(source, unusual)
    if named:
        rows = sorted(named)
        is_total[rows] = True
        log.error(source.location(rows[0], named[rows[0]][0]), "totals row", _told_by_word(source, named, rows))
    if source.schema.name == "orders" and {"customer_id", "amount"} <= source.cells.keys():
        is_total |= _told_by_arithmetic(source, is_total, log, client)
    return source.without(is_total, TOTALS_ROW) if is_total.any() else source


def _lacking_something(source: SourceTable) -> Rows:
    """Return the rows in which one of the columns is empty that say whose and of what day a row is."""
    needed = [column.name for column in source.schema.columns if column.required and column.kind in _NAMING]
    given = [source.cells[name] for name in needed if name in source.cells]
    if source.schema.name == "customers":
        given = [cells for name, cells in source.cells.items() if name not in needed]
        empty = [cells.empty for cells in given if cells.has_empty]
        return np.flatnonzero(np.logical_and.reduce(empty)) if given and len(empty) == len(given) else _no_rows()
    empty = [cells.empty for cells in given if cells.has_empty]
    return np.flatnonzero(np.logical_or.reduce(empty)) if empty else _no_rows()


def _named_as_kind(source: SourceTable) -> dict[int, tuple[str, str]]:
    """Return the rows that say of what kind they are, or of which product, with a word for totals."""
    columns = [column.name for column in source.schema.columns if column.kind is Kind.CHOICE]
    found: dict[int, tuple[str, str]] = {}
    for name in ("product_id", *columns):
        cells = source.cells.get(name)
        if cells is not None and source.schema.name != "products":
            words = {place: word for place, word in enumerate(cells.words.tolist()) if _IS.fullmatch(word)}
            found |= {row: (name, words[place]) for row, place in cells.rows_of(words)}
    return found


def _no_rows() -> Rows:
    return np.empty(0, dtype=np.intp)


def _named(source: SourceTable, rows: Rows) -> dict[int, tuple[str, str]]:
    """Return the rows with a word for totals: the column that holds it, and the cell."""
    found: dict[int, tuple[str, str]] = {}
    for column in reversed(source.schema.columns):
        if column.name in source.cells:
            pattern = _BEGINS_WITH if column.kind in _NAMING else _IS
            found |= {row: (column.name, text) for row, text in _matching(source.cells[column.name], rows, pattern)}
    for part in source.parts:
        inside = rows[(rows >= part.first_row) & (rows < part.first_row + len(part.lines))]
        for position in range(len(part.grid.header)) if len(inside) else ():
            if position in part.positions:
                continue
            cells = cells_of(part.grid.columns[position])
            own = part.rows[inside - part.first_row]
            heading = part.grid.header[position]
            matching = _matching(cells, own, _IS)
            row_of = dict(zip(own.tolist(), inside.tolist(), strict=True))
            found = {row_of[row]: (heading, text.strip()) for row, text in matching} | found
    return found


def _matching(cells: Cells, rows: Rows, pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    chosen = cells.at(rows)
    words = {place: word for place, word in enumerate(chosen.words.tolist()) if pattern.fullmatch(word)}
    return ((int(rows[row]), words[place]) for row, place in chosen.rows_of(words))


def _told_by_word(source: SourceTable, named: dict[int, tuple[str, str]], rows: list[int]) -> Message:
    column, word = named[rows[0]]
    cells = sorted({text for name, text in named.values() if name == column})
    is_all = all(name == column for name, _ in named.values())
    key = _skip(source, rows[0], column, cells) if is_all and len(cells) <= _MOST_NAMED else _skip_empty(source, rows)
    is_plain = all(_IS.fullmatch(text) for text in cells)
    said = shown(word) if is_plain else Private(shown(word))
    if not key:
        return say("totals.named", n=len(rows), word=said)
    return say("totals.named_with_key", n=len(rows), word=said, key=key if is_plain else Private(key))


def _skip_empty(source: SourceTable, rows: list[int]) -> str:
    """Return the key that leaves out rows without a customer, or another cell that all rows but these have."""
    for name in (column.name for column in source.schema.columns if column.required and column.kind in _NAMING):
        if name in source.cells and np.flatnonzero(source.cells[name].empty).tolist() == rows:
            return _skip(source, rows[0], name, [""])
    return ""


def _skip(source: SourceTable, row: int, column: str, texts: list[str]) -> str:
    heading = source.location(row, column).column
    quoted = heading if _BARE_KEY.fullmatch(heading) else _toml_text(heading)
    return f"[files.{source.schema.name}.skip_rows] {quoted} = [{', '.join(map(_toml_text, texts))}]"


def _toml_text(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _told_by_arithmetic(
    source: SourceTable, is_named: npt.NDArray[np.bool_], log: ProblemLog, client: Client
) -> npt.NDArray[np.bool_]:
    nobody = source.cells["customer_id"].empty
    without_key = _without_key(source)
    found = np.zeros(source.row_count, dtype=np.bool_)
    aside = nobody | without_key | is_named
    if "order_id" in source.cells and source.settings.rows == "order_line":
        # A line may leave out its order's customer.
        nobody &= source.cells["order_id"].empty
        aside = nobody | without_key | is_named
    for candidates in (without_key & ~is_named, nobody & ~without_key & ~is_named):
        rows = np.flatnonzero(candidates)
        added = _rows_added(source, aside, rows, client) if len(rows) else {}
        several = [row for row, (_, count) in added.items() if count >= _FEWEST_ADDED]
        if len(added) < len(rows) or not several:
            continue
        if _told_as_added(source, rows, (several[0], *added[several[0]]), log):
            found |= candidates
    return found


def _without_key(source: SourceTable) -> npt.NDArray[np.bool_]:
    """Tell which rows lack the order's id, or its day where rows are numbered."""
    column = "ordered_on" if source.settings.number_rows else "order_id"
    return source.cells[column].empty if column in source.cells else np.zeros(source.row_count, dtype=np.bool_)


def _told_as_added(source: SourceTable, rows: Rows, example: tuple[int, int, int], log: ProblemLog) -> bool:
    """Tell rows that add up others; return whether they are surely no orders. `example`: row, amount, rows added."""
    empty = [
        name
        for name in ("customer_id", "order_id", "ordered_on")
        if name in source.cells and source.cells[name].empty[rows].all()
    ]
    row, amount, count = example
    written = in_cents(amount)
    if "order_id" not in source.cells or {"order_id", "ordered_on"} & set(empty):
        key, column = _skip(source, row, empty[0], [""]), shown(source.location(row, empty[0]).column)
        message = say("totals.added", n=len(rows), amount=written, rows=count, key=key, column=column)
        log.error(source.location(row, "amount"), "totals row", message)
        return True
    if len(rows) == 1 and row == source.row_count - 1:
        message = say("totals.may_be", n=1, amount=written, rows=count)
        page = say("totals.may_be_page", amount=written, rows=count)
        log.warning(source.location(row, "amount"), "totals row", message, on_first_page=page)
    return False


def _rows_added(
    source: SourceTable, aside: npt.NDArray[np.bool_], rows: Rows, client: Client
) -> dict[int, tuple[int, int]]:
    """Return the amount of each row that is the sum of others above it, and of how many."""
    read = ColumnReader(source, ProblemLog(), client).read(source.schema.column("amount"), required=False)
    amounts = read.fillna(0).to_numpy(dtype=np.int64)
    sums = np.cumsum(np.where(aside, 0, amounts))
    counts = np.cumsum(~aside)
    found: dict[int, tuple[int, int]] = {}
    above, number = 0, 0
    for row in np.flatnonzero(aside).tolist():
        for total, count in ((sums[row] - above, counts[row] - number), (sums[row], counts[row])):
            if amounts[row] and amounts[row] == total and count:
                found.setdefault(row, (int(total), int(count)))
        above, number = int(sums[row]), int(counts[row])
    return {row: found[row] for row in rows.tolist() if row in found}
