"""Sums of columns in a file of order lines, one of whose columns is the order's and stands on each of its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.messages import say
from retention_reports.model.money import in_cents
from retention_reports.reading.problems import shown
from retention_reports.validation.repetitions import repetition

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from retention_reports.reading.problems import ProblemLog
    from retention_reports.reading.tables import SourceTable
    from retention_reports.validation.repetitions import Repetition

    _Orders = npt.NDArray[np.intp]

_OF_ORDERS = frozenset({"amount", "cost"})
_KEPT_WHOLE = frozenset({"amount", "cost", "status"})
"""The standard columns that `per_order` and `per_line` may name."""


class RepeatedTerms:
    """Counts the columns of a sum once an order where the settings say so, and asks where they seem to be such."""

    def __init__(self, source: SourceTable, statuses: pd.Series, log: ProblemLog) -> None:
        """Prepare for one table; `statuses` are its rows', which decide on what line an order's amount is kept."""
        self._source = source
        self._log = log
        self._orders = _orders_of(source)
        self._completed = (statuses == "completed").to_numpy(dtype=np.bool_)

    def settle(self, name: str, terms: dict[str, pd.Series], signs: dict[str, int]) -> dict[str, pd.Series]:
        """Return the columns of the sum that makes `name`, by the names that their cells have; gaps count 0."""
        if self._orders is None or name not in _OF_ORDERS:
            return terms
        settings = self._source.settings
        settled = dict(terms)
        asked = {}
        for term, values in terms.items():
            heading = self._heading(term)
            if heading in settings.per_order:
                settled[term] = self._once(term, values, self._orders)
            elif not {heading, name} & {*settings.per_line, *settings.per_order}:
                found = repetition(values, self._orders)
                if found.is_usual:
                    asked[term] = found
        # Where the whole sum stands on every line, it is that which is asked about.
        if asked and len(asked) < len(terms):
            for term, found in asked.items():
                self._ask(term, name, found, self._orders, sign=signs[term])
        return settled

    def _heading(self, term: str) -> str:
        return self._source.column_location(term).column

    def _once(self, term: str, values: pd.Series, orders: _Orders) -> pd.Series:
        given = pd.DataFrame({"order": orders, "value": values})
        lowest, highest = given.groupby("order")["value"].min(), given.groupby("order")["value"].max()
        differing = (lowest != highest).fillna(value=False).to_numpy(dtype=np.bool_)
        if differing.any():
            row = int(np.flatnonzero(differing[orders])[0])
            message = say(
                "orders.totals_differ",
                n=int(differing.sum()),
                order=self._order(row),
                name=self._heading(term),
            )
            self._log.error(self._source.location(row, term), "repeated total", message)
        # A line that was cancelled takes nothing of the order's own with it while others are kept.
        places = np.lexsort((~self._completed, values.isna().to_numpy(), orders))
        kept = np.zeros(len(values), dtype=np.bool_)
        kept[places[np.unique(orders[places], return_index=True)[1]]] = True
        return values.where(kept, 0)

    def _order(self, row: int) -> str:
        return shown(self._source.cells["order_id"][row])

    def _ask(self, term: str, name: str, found: Repetition, orders: _Orders, *, sign: int) -> None:
        row = int(np.flatnonzero(found.same[orders])[0])
        message = say(
            "orders.repeated_term",
            n=int(found.same.sum()),
            order=self._order(row),
            amount=in_cents(int(found.amounts[orders[row]])),
            rows=int(found.sizes[orders[row]]),
            name=name,
            heading=shown(self._heading(term)),
            file=self._source.schema.name,
        )
        place = self._source.location(row, term)
        if found.is_certain:
            self._log.error(place, "repeated total", message)
            return
        page = say("orders.repeated_term_page", amount=in_cents(sign * found.added), heading=self._heading(term))
        self._log.warning(place, "repeated total", message, on_first_page=page if name == "amount" else None)


def unknown_terms(source: SourceTable) -> list[str]:
    """Return what `per_order` and `per_line` name beside standard columns that is no column of a sum."""
    names = {name for part in source.parts for name in _headings_of_sums(source, part.headings)}
    named = (*source.settings.per_order, *source.settings.per_line)
    return [name for name in dict.fromkeys(named) if name not in _KEPT_WHOLE and name not in names]


def _headings_of_sums(source: SourceTable, headings: Mapping[str, str]) -> list[str]:
    terms = [term for name, further in source.terms.items() for term in (name, *(other.name for other in further))]
    return [headings[term] for term in terms if term in headings]


def _orders_of(source: SourceTable) -> _Orders | None:
    """Number each row's order; None where a row is an order of its own."""
    cells = source.cells.get("order_id")
    if cells is None or (source.settings.rows != "order_line" and source.schema.name != "order_lines"):
        return None
    orders = pd.factorize(cells.words)[0]
    return orders if cells.places is None else orders[cells.places]
