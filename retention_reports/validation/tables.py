"""A table on its way from text to figures: typed rows that know where they came from, and an account of the others."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.messages import say
from retention_reports.model.folder import LeftOut, RowAccount
from retention_reports.reading.problems import nearest, shown
from retention_reports.validation.columns import ColumnReader
from retention_reports.validation.mapped_amounts import MappedAmounts
from retention_reports.validation.placeholders import PLACEHOLDER_DAY, settle_placeholders

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import numpy.typing as npt

    from retention_reports.errors import Location
    from retention_reports.messages import Message
    from retention_reports.model.client import Client
    from retention_reports.model.schema import Table
    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.tables import SourceTable

WITHOUT_KEY = "without_key"
REPEATED_KEY = "repeated_key"
BLANK_ROW = "blank_row"

_NAMED_BY_KEY = "name"
"""A customer without a name is called by the id."""


class CheckedTable:
    """Typed rows under construction; the frame's index is the row in the source.

    Where lines make an order, a row of the frame stands for several of the source.
    """

    def __init__(self, schema: Table, source: SourceTable, frame: pd.DataFrame, log: ProblemLog) -> None:
        """Begin with every row used."""
        self.schema = schema
        self.source = source
        self.frame = frame
        self.log = log
        self.complete = source.complete
        self.rows_as_read = False
        """Whether each row of the frame is the row of the source that its index names."""
        self.row_of: npt.NDArray[np.intp] | None = None
        """For each row of the source, the row of the frame that it is part of; None: each is its own."""
        self.left_out: dict[str, npt.NDArray[np.intp]] = {}
        """The rows of the source that were dropped here, by the reason."""
        self.only_totals = False
        """Whether the rows tell what whole orders amount to, and nothing of their lines."""
        self.derived_columns: frozenset[str] = frozenset()
        """Columns that no file carries and that were worked out from others."""

    @property
    def name(self) -> str:
        """The table's standard name."""
        return self.schema.name

    @property
    def given_columns(self) -> frozenset[str]:
        """The standard columns that the files (or constants) carry."""
        return (frozenset(self.source.cells) | self.derived_columns) & frozenset(self.schema.column_names)

    @property
    def stated_columns(self) -> frozenset[str]:
        """The given columns without those that state nothing, but whose empty cells are filled by others' words."""
        cells = self.source.cells
        filled_in = {column.name for column in self.schema.columns if column.default} | {_NAMED_BY_KEY}
        silent = {name for name in filled_in & cells.keys() if not any(cells[name].words)}
        return self.given_columns - (silent - self.derived_columns)

    def location(self, row: int, column: str = "") -> Location:
        """Return where a row stands."""
        return self.source.location(row, column)

    def told_apart(self, column: str) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.object_]]:
        """Return a number for each row's text in a column that is still as it was read, and the text of each number."""
        cells = self.source.cells.get(column) if self.rows_as_read else None
        if cells is None or cells.places is None:
            places, words = pd.factorize(self.frame[column].to_numpy(dtype=object))
            return places, words
        return cells.places[self.frame.index], cells.words

    def leave_out(self, rows: pd.Series, reason: str) -> None:
        """Drop the rows marked true, and remember them under the reason."""
        if rows.any():
            labels = self.frame.index[rows].to_numpy()
            gone = labels if self.row_of is None else np.flatnonzero(np.isin(self.row_of, labels))
            self.left_out[reason] = np.append(self.left_out.get(reason, gone[:0]), gone)
            self.frame = self.frame.loc[~rows]

    def account(self) -> RowAccount:
        """Return where the rows of the files went."""
        source = self.source
        counts = Counter({BLANK_ROW: source.blank_rows, **source.left_out()})
        rows_in = source.row_count + counts.total()
        counts.update({reason: len(rows) for reason, rows in self.left_out.items()})
        left_out = tuple(LeftOut(reason, rows) for reason, rows in sorted(counts.items()) if rows)
        kept = self.frame.index.to_numpy()
        used = len(kept) if self.row_of is None else int(np.count_nonzero(np.isin(self.row_of, kept)))
        return RowAccount(self.name, rows_in, used, left_out)


def check_table(
    source: SourceTable,
    log: ProblemLog,
    client: Client,
    *,
    required: Collection[str],
    may_be_empty: Collection[str] = (),
) -> CheckedTable:
    """Type every column; `required` names the columns that must be there and readable."""
    schema = source.schema
    for name in schema.column_names:
        if name in required and name not in source.cells:
            log.error(source.column_location(name), "missing column", _missing(name, source))
    reader = ColumnReader(source, log, client)
    # Rows without a customer hold none to cut out; rows without an order's id hold an order all the same.
    cut_out = bool(source.settings.distinct) and schema.name != "orders"
    columns = {
        column.name: reader.read(
            column,
            required=column.name in required,
            may_be_empty=column.name in may_be_empty or (cut_out and column.name == schema.key),
        )
        for column in schema.columns
    }
    MappedAmounts(source, log, client).apply(columns, required)
    without_day = settle_placeholders(source, columns, reader.placeholders, required, log)
    if without_day.any():
        source = source.without(without_day, PLACEHOLDER_DAY)
        columns = {name: values[~without_day].reset_index(drop=True) for name, values in columns.items()}
    table = CheckedTable(schema, source, pd.DataFrame(columns, copy=False), log)
    table.rows_as_read = True
    table.complete = table.complete and all(name in source.cells for name in required)
    return table


def _missing(name: str, source: SourceTable) -> Message:
    unread = {
        heading
        for part in source.parts
        for position, heading in enumerate(part.grid.header)
        if position not in part.positions
    }
    near = "" if name in source.settings.columns else nearest(name, unread)
    file = source.schema.name
    if near:
        return say("tables.missing_column_near", column=name, file=file, near=shown(near))
    if name == "amount" and {"product_id", "quantity"} <= source.cells.keys():
        product = shown(source.column_location("product_id").column)
        return say("tables.missing_amount_of_lines", column=name, file=file, product=product)
    return say("tables.missing_column", column=name, file=file)


def numbered(values: pd.Series) -> Iterator[tuple[int, str]]:
    """Yield each value of a column with its row in the source."""
    return zip(values.index.tolist(), values.tolist(), strict=True)
