"""One column of text to one typed column; each different text is converted once."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.messages import say
from retention_reports.model.quarters import Quarter
from retention_reports.model.schema import Column, Kind
from retention_reports.reading.byte_cells import ByteCells
from retention_reports.reading.problems import nearest, shown
from retention_reports.validation.day_cures import DayCure
from retention_reports.validation.days import parse_days, parse_plain_days
from retention_reports.validation.faults import Fault, causes_of
from retention_reports.validation.numbers import MONEY_PLACES, NumberRules, parse_numbers
from retention_reports.validation.ordinary_numbers import parse_ordinary
from retention_reports.validation.ranges import on_standard_scale, range_faults

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from retention_reports.messages import Message
    from retention_reports.model.client import Client
    from retention_reports.reading.byte_columns import ByteColumn
    from retention_reports.reading.cells import Cells
    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.tables import SourceTable
    from retention_reports.validation.numbers import Numbers

NUMBER_PLACES = 6
_TEXTS = frozenset({Kind.IDENTIFIER, Kind.TEXT})
_PROBLEM_KINDS = {
    Kind.DAY: "unreadable day",
    Kind.MONEY: "unreadable amount",
    Kind.NUMBER: "unreadable number",
    Kind.FRACTION: "unreadable number",
    Kind.QUARTER: "unreadable quarter",
    Kind.CHOICE: "unknown value",
}

_USUAL_WORDS = {
    "ja": "yes",
    "nein": "no",
    "unbekannt": "unknown",
    "erledigt": "completed",
    "storniert": "cancelled",
    "storno": "cancelled",
    "retoure": "returned",
    "offen": "open",
    "gewonnen": "won",
    "verloren": "lost",
    "geplant": "planned",
    "läuft": "running",
    "abgeschlossen": "done",
    "verworfen": "dropped",
    "telefon": "phone",
    "besuch": "visit",
    "brief": "letter",
    "e-mail": "email",
}
"""What German exports call some values; of any other word only the user can say what it means."""


class ColumnReader:
    """Types the columns of one table. `index` of every result is the row in the source."""

    def __init__(self, source: SourceTable, log: ProblemLog, client: Client) -> None:
        """Prepare to read; problems go to the log. Quarters follow the fiscal year, money is in one currency."""
        self._source = source
        self._log = log
        self._client = client
        self._absent: dict[tuple[Kind, str], pd.Series] = {}
        self.placeholders: dict[str, npt.NDArray[np.bool_]] = {}
        """Which rows of a column of days hold one that stands for none; columns without such rows are absent."""

    def read(self, column: Column, *, required: bool, may_be_empty: bool = False) -> pd.Series:
        """Return the column, typed as `ClientFolder` promises, except that amounts may still have gaps.

        What cannot be read is an error in a required column, else a warning and a gap.
        """
        cells = self._source.cells.get(column.name)
        if cells is None:
            key = (column.kind, column.default)
            if key not in self._absent:
                self._absent[key] = absent(column, self._source.row_count)
            return self._absent[key]
        if required and not may_be_empty:
            self._report_gaps(column, cells)
        if column.kind in _TEXTS:
            return _by_row(pd.Series(cells.words, dtype="str"), cells.places)
        values = self._convert_plain(column, cells.column) if isinstance(cells, ByteCells) else None
        return self._convert_words(column, cells, required=required) if values is None else values

    def _convert_plain(self, column: Column, cells: ByteColumn) -> pd.Series | None:
        """Return the column straight from its bytes, where that can be done."""
        settings = self._source.settings
        if column.kind is Kind.DAY:
            days = parse_plain_days(cells, settings.day_forms_of(column.name))
            return None if days is None else pd.Series(days)
        if column.kind is Kind.MONEY:
            amounts = parse_ordinary(cells, settings.decimal_of(column.name), MONEY_PLACES)
            return None if amounts is None else pd.Series(pd.arrays.IntegerArray(amounts, cells.widths == 0))
        return None

    def _convert_words(self, column: Column, cells: Cells, *, required: bool) -> pd.Series:
        words: list[str] = cells.words.tolist()
        filled = np.array([place for place, word in enumerate(words) if word], dtype=np.int64)
        values, faults = self._convert(column, list(filter(None, words)))
        if faults:
            messages = {int(filled[place]): message for place, message in faults.items()}
            self._report_faults(column, cells, messages, is_error=required or column.kind is Kind.CHOICE)
        gap = len(filled)
        places = np.full(len(words), gap, dtype=np.intp)
        places[filled] = np.arange(gap)
        return _by_row(values, places if cells.places is None else places[cells.places])

    def _convert(self, column: Column, texts: Sequence[str]) -> tuple[pd.Series, Mapping[int, Fault | Message]]:
        """Return the value of each text, followed by the value of an empty cell."""
        settings = self._source.settings
        faults: dict[int, Fault | Message]
        if column.kind is Kind.DAY:
            forms = settings.day_forms_of(column.name)
            days = parse_days(texts, forms, settings.time_zone, DayCure(self._source, column.name).written)
            self._note_placeholders(column, texts, days.placeholders)
            return pd.Series(np.append(days.values, np.datetime64("NaT", "s"))), days.faults
        if column.kind is Kind.MONEY:
            money = self._parse_numbers(column, texts, MONEY_PLACES)
            self._report_rounding(column, texts, money.rounded)
            gaps = np.zeros(len(texts) + 1, dtype=bool)
            gaps[[*money.faults, len(texts)]] = True
            return pd.Series(pd.arrays.IntegerArray(np.append(money.values, 0), gaps)), money.faults
        if column.kind is Kind.CHOICE:
            known = set(column.choices)
            faults = {
                place: say(
                    "values.none_of",
                    value=shown(text),
                    known=", ".join(column.choices),
                    hint=self._remedy(column, text),
                    cause=text,
                )
                for place, text in enumerate(texts)
                if text not in known
            }
            return pd.Series([*texts, column.default], dtype="str"), faults
        if column.kind is Kind.QUARTER:
            return self._quarters(texts)
        return self._numbers(column, texts)

    def _remedy(self, column: Column, text: str) -> Message:
        """Name the word that was probably meant, else how a word of the client's own is mapped."""
        near = nearest(text, column.choices)
        # What stands before a word may turn its meaning round: "uncompleted", "not returned".
        if near and near[0] == text[0].casefold():
            return say("suggestions.near", near=near)
        usual = _USUAL_WORDS.get(text.casefold(), "")
        table = f"files.{self._source.schema.name}.values.{column.name}"
        if usual in column.choices:
            return say("values.map_word", table=table, value=shown(text), standard=usual)
        return say("values.map_unknown_word", table=table, value=shown(text))

    def _parse_numbers(self, column: Column, texts: Sequence[str], places: int) -> Numbers:
        settings = self._source.settings
        currency = self._client.currency if column.kind is Kind.MONEY else ""
        # A declared scale says itself what ten per cent are: [0, 100].
        percent = column.percent and (Decimal(1) if column.name in settings.scale else column.percent)
        rules = NumberRules(currency, settings.number_marks, percent)
        return parse_numbers(texts, settings.decimal_of(column.name), places, rules)

    def _numbers(self, column: Column, texts: Sequence[str]) -> tuple[pd.Series, Mapping[int, Fault | Message]]:
        numbers = self._parse_numbers(column, texts, NUMBER_PLACES)
        faults: dict[int, Fault | Message] = dict(numbers.faults)
        values = np.append(numbers.values / 10**NUMBER_PLACES, np.nan)
        values[list(faults)] = np.nan
        scale = self._source.settings.scale.get(column.name)
        if scale is not None:
            values = on_standard_scale(values, column, scale)
        faults |= range_faults(values[:-1], column)
        values[list(faults)] = np.nan
        return pd.Series(values), faults

    def _quarters(self, texts: Sequence[str]) -> tuple[pd.Series, Mapping[int, Fault | Message]]:
        ordinals = []
        faults = {}
        for place, text in enumerate(texts):
            try:
                ordinals.append(Quarter.parse(text, self._client.fiscal_year_start_month).ordinal)
            except ValueError:
                ordinals.append(0)
                faults[place] = say("values.quarter", value=shown(text))
        return pd.Series([*ordinals, 0], dtype=np.int64), faults

    def _report_gaps(self, column: Column, cells: Cells) -> None:
        for row in np.flatnonzero(cells.empty) if cells.has_empty else ():
            message = say("values.missing")
            self._log.error(self._source.location(int(row), column.name), "missing value", message)

    def _report_faults(
        self, column: Column, cells: Cells, found: Mapping[int, Fault | Message], *, is_error: bool
    ) -> None:
        messages = {word: fault for word, fault in found.items() if not isinstance(fault, Fault)}
        report = self._log.error if is_error else self._log.warning
        for row, word in cells.rows_of(messages):
            report(self._source.location(row, column.name), _PROBLEM_KINDS[column.kind], messages[word])
        faults = {word: fault for word, fault in found.items() if isinstance(fault, Fault)}
        for cause in causes_of(cells, faults):
            report = self._log.error if is_error or cause.fault.is_error else self._log.warning
            places = {"file": self._source.schema.name, "column": column.name}
            message = cause.fault.message(cause.text, cause.rows, private=column.is_personal, **places)
            report(self._source.location(cause.row, column.name), _PROBLEM_KINDS[column.kind], message)

    def _note_placeholders(self, column: Column, texts: Sequence[str], found: Sequence[int]) -> None:
        if found:
            placeholders = {texts[place] for place in found}
            self.placeholders[column.name] = np.array(
                [text in placeholders for text in self._source.cells[column.name].texts], dtype=np.bool_
            )

    def _report_rounding(self, column: Column, texts: Sequence[str], rounded: Sequence[int]) -> None:
        if not rounded:
            return
        long = {texts[place] for place in rounded}
        count = sum(text in long for text in self._source.cells[column.name].texts)
        message = say("values.rounded", n=count)
        self._log.warning(self._source.column_location(column.name), "rounded amounts", message)


def absent(column: Column, rows: int) -> pd.Series:
    """Return the column of a file that lacks it: empty, unknown, or the default."""
    if column.kind in _TEXTS or column.kind is Kind.CHOICE:
        return pd.Series(np.full(rows, column.default, dtype=object), dtype="str")
    if column.kind is Kind.DAY:
        return pd.Series(np.full(rows, "NaT", dtype="datetime64[s]"))
    if column.kind is Kind.MONEY:
        return pd.Series(pd.arrays.IntegerArray(np.zeros(rows, dtype=np.int64), np.ones(rows, dtype=bool)))
    if column.kind is Kind.QUARTER:
        return pd.Series(np.zeros(rows, dtype=np.int64))
    return pd.Series(np.full(rows, np.nan))


def _by_row(values: pd.Series, places: npt.NDArray[np.intp] | None) -> pd.Series:
    return values if places is None else pd.Series(values.array.take(places))
