"""Amounts as the words of `client.toml` make them: sums of columns, net from gross, signs by a type column."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.messages import say
from retention_reports.model.money import UNIT, part_of
from retention_reports.model.schema import Column, Kind
from retention_reports.reading.file_columns import TAX_RATE, TAX_SHARE
from retention_reports.reading.mapping import ALWAYS_NEGATIVE
from retention_reports.reading.problems import shown
from retention_reports.validation.columns import NUMBER_PLACES, ColumnReader
from retention_reports.validation.numbers import round_half_up
from retention_reports.validation.repeated_terms import RepeatedTerms, unknown_terms

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy.typing as npt

    from retention_reports.model.client import Client
    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.tables import SourceTable

_WITH_TAX = ("amount", "unit_price", "price")
"""What a declared tax rate is taken out of; costs are net in every book."""
_QUANTITY = "quantity"
_PRICE = "unit_price"
_PER_CENT = 100


class MappedAmounts:
    """Makes the amounts of one table what the settings say they are, once their columns are typed."""

    def __init__(self, source: SourceTable, log: ProblemLog, client: Client) -> None:
        """Prepare; problems go to the log."""
        self._source = source
        self._log = log
        self._client = client
        self._further = ColumnReader(replace(source, cells=source.further_cells), log, client)

    def apply(self, columns: dict[str, pd.Series], required: Collection[str]) -> None:
        """Change the amounts (and, by their sign, the quantities) among a table's columns."""
        for name in unknown_terms(self._source):
            key = "per_order" if name in self._source.settings.per_order else "per_line"
            message = say("mapping.no_term", key=key, column=shown(name))
            self._log.error(self._source.settings_at(key), "missing column", message)
        repeated = RepeatedTerms(self._source, columns["status"], self._log) if "status" in columns else None
        for name in self._source.terms:
            columns[name] = self._with_terms(columns[name], name, repeated, required=name in required)
        self._multiply(columns)
        self._take_out_tax(columns)
        self._set_signs(columns)

    def _with_terms(self, values: pd.Series, name: str, repeated: RepeatedTerms | None, *, required: bool) -> pd.Series:
        """Return an amount with the further columns of its sum, whose empty cells count 0."""
        column = self._source.schema.column(name)
        terms, signs = {name: values}, {name: 1}
        for term in self._source.terms[name]:
            terms[term.name] = self._further.read(replace(column, name=term.name), required=required, may_be_empty=True)
            signs[term.name] = term.sign
        if repeated is not None:
            terms = repeated.settle(name, terms, signs)
        total = terms.pop(name)
        for other, further in terms.items():
            total = total + signs[other] * further.fillna(0)
        return total

    def _multiply(self, columns: dict[str, pd.Series]) -> None:
        """Bring amounts of thousands, or of cents, to what they are, rounded half up."""
        for name, factor in self._source.settings.factors.items():
            if name in self._source.cells and name in columns and self._source.schema.column(name).kind is Kind.MONEY:
                exact = Fraction(str(factor))
                amounts = columns[name].fillna(0).to_numpy(dtype=np.int64).astype(object)
                values = round_half_up(amounts * exact.numerator, exact.denominator)
                columns[name] = pd.Series(values, index=columns[name].index, dtype="Int64").mask(columns[name].isna())

    def _take_out_tax(self, columns: dict[str, pd.Series]) -> None:
        settings = self._source.settings
        gross = [name for name in _WITH_TAX if name in self._source.cells]
        if settings.tax_share is not None and "amount" in columns:
            columns["amount"] = self._without_tax_share(columns["amount"])
        if settings.tax_rate and settings.tax_rate_column:
            self._log.error(self._source.settings_at("tax_rate"), "two tax rates", say("mapping.two_tax_rates"))
        elif settings.tax_rate:
            rates = np.zeros(self._source.row_count, dtype=np.intp)
            for name in gross:
                columns[name] = _net(columns[name], rates, [Fraction(str(settings.tax_rate))])
        elif TAX_RATE in self._source.further_cells:
            found = self._rates([columns[name] for name in gross])
            for name in gross:
                columns[name] = _net(columns[name], *found)

    def _without_tax_share(self, amounts: pd.Series) -> pd.Series:
        """Return amounts without their share of their document's tax.

        The tax of what is not theirs (the document's total less the amount: shipping, what was refunded) is its share
        of the whole tax, rounded half up to cents as invoices round it; theirs is what remains.
        """
        cells = {name: self._share(name, amounts.index) for name in TAX_SHARE.values()}
        tax, total, less = (cells[TAX_SHARE[key]].to_numpy(dtype=object) for key in ("tax", "of", "less"))
        values = amounts.fillna(0).to_numpy(dtype=np.int64).astype(object)
        cent = UNIT // _PER_CENT
        nets = []
        for amount, whole, taxed, off in zip(values, total, tax, less, strict=True):
            others = part_of(taxed, whole - amount, whole * cent) * cent if whole > 0 else 0
            nets.append(amount - (taxed - others if whole > 0 else 0) - off)
        return pd.Series(nets, index=amounts.index, dtype="Int64").mask(amounts.isna())

    def _share(self, name: str, index: pd.Index) -> pd.Series:
        if name not in self._source.further_cells:
            return pd.Series(0, index=index, dtype="Int64")
        return self._further.read(Column(name, Kind.MONEY), required=False, may_be_empty=True).fillna(0)

    def _rates(self, amounts: list[pd.Series]) -> tuple[npt.NDArray[np.intp], list[Fraction]]:
        """Return the number of each row's rate among the rates, and the rates in per cent."""
        cells = self._source.further_cells[TAX_RATE].reworded(
            lambda texts: [text.removesuffix("%").rstrip() for text in texts]
        )
        reader = ColumnReader(replace(self._source, cells={TAX_RATE: cells}), self._log, self._client)
        rates = reader.read(Column(TAX_RATE, Kind.NUMBER, low=0, high=_PER_CENT), required=True, may_be_empty=True)
        filled = np.any([series.notna().to_numpy() for series in amounts], axis=0)
        self._tell_rows("mapping.no_tax_rate", "missing tax rate", cells.empty & filled)
        places, different = pd.factorize(rates.fillna(0))
        small = [rate for rate in different if 0 < rate < 1]
        if small and any(rate >= 1 for rate in different):
            self._tell_rows(
                "mapping.tax_rate_scales", "two scales of tax rates", rates.between(0, 1, "neither").to_numpy()
            )
        scale = _PER_CENT if small else 1
        exact = [Fraction(round(rate * 10**NUMBER_PLACES), 10**NUMBER_PLACES) * scale for rate in different]
        return places, exact

    def _tell_rows(self, key: str, kind: str, rows: npt.NDArray[np.bool_]) -> None:
        places = [self._source.location(row, TAX_RATE) for row in np.flatnonzero(rows).tolist()]
        if places:
            self._log.error(places[0], kind, say(key, n=len(places)), places)

    def _set_signs(self, columns: dict[str, pd.Series]) -> None:
        signs = self._source.signs
        if signs is None:
            return
        money = [column.name for column in self._source.schema.columns if column.kind is Kind.MONEY]
        # A price stays a price: what comes back are pieces.
        signed = [name for name in (*money, _QUANTITY) if name in self._source.cells and name != _PRICE]
        self._refuse_signs_twice(signs, [columns[name] for name in signed])
        for name in signed:
            values = columns[name]
            turned = values.mask(signs == -1, -values)
            columns[name] = turned.mask(signs == ALWAYS_NEGATIVE, -values.abs())

    def _refuse_signs_twice(self, signs: npt.NDArray[np.int8], values: list[pd.Series]) -> None:
        deducted = signs == -1
        negative = deducted & np.any(
            [(series < 0).fillna(value=False).to_numpy(dtype=bool) for series in values], axis=0
        )
        if not values or not negative.any():
            return
        positive = deducted & np.any(
            [(series > 0).fillna(value=False).to_numpy(dtype=bool) for series in values], axis=0
        )
        rule = self._source.settings.sign
        words = ", ".join(shown(word) for word, sign in rule.signs.items() if sign == -1) if rule else ""
        key = "mapping.some_negative_already" if positive.any() else "mapping.negative_already"
        rows = np.flatnonzero(negative).tolist()
        message = say(key, n=len(rows), all=int(np.count_nonzero(deducted)), words=words)
        places = [self._source.location(row) for row in rows]
        self._log.error(self._source.settings_at("sign"), "deducted twice", message, places)


def _net(gross: pd.Series, places: npt.NDArray[np.intp], rates: list[Fraction]) -> pd.Series:
    """Return amounts without tax, rounded half up. `places` tells which of the rates (in per cent) each row has."""
    amounts = gross.fillna(0).to_numpy(dtype=np.int64)
    net = np.zeros(len(amounts), dtype=np.int64)
    for place, rate in enumerate(rates):
        rows = places == place
        divisor = (_PER_CENT + rate) / _PER_CENT
        net[rows] = round_half_up(amounts[rows].astype(object) * divisor.denominator, divisor.numerator)
    return pd.Series(net, index=gross.index, dtype="Int64").mask(gross.isna())
