"""What a card tells of a customer's purchases: revenue, rhythm and silence, what it buys and what it stopped."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.analyses.early_warning.early_warning_results import EarlyWarning
from retention_reports.charts.year_on_year import YearOnYear, draw_year_on_year
from retention_reports.model.ledger import NEVER, day_number, day_of
from retention_reports.presentation.early_warning.reasons import reason_text
from retention_reports.presentation.view import CardLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_reports.analyses.early_warning.early_warning_results import FlaggedCustomer, Power, Signal
    from retention_reports.presentation.context import Context

FEWEST_GAPS = 3
"""Gaps of its own that a customer needs for a habit."""
_YEAR = 4
_BOUGHT = 3
_DROPPED = {"category_dropped": "categories", "product_dropped": "products"}


class Buying:
    """Looks up the purchases of some customers (row numbers)."""

    def __init__(self, context: Context, rows: Sequence[int]) -> None:
        """Add up what is needed of these customers."""
        self._context = context
        dataset = context.dataset
        quarters = [context.quarter.plus(-back) for back in range(2 * _YEAR - 1, -1, -1)]
        self._revenue = [
            dataset.revenue_between(one.previous.last_day, one.last_day) if dataset.covers(one.first_day) else None
            for one in quarters
        ]
        self._last = dataset.ledger.last_purchase(dataset.cut_off)
        warning = context.result(EarlyWarning)
        self._flagged: Mapping[str, FlaggedCustomer] = {one.customer_id: one for one in warning.flagged}
        self._power: Mapping[str, Power] = {one.key: one for one in warning.power if one.key}
        self._proven = warning.proven_signals
        self._bought = _bought(context, rows, self._last)

    def chart(self, row: int) -> str:
        """Return the last four quarters' revenue beside that of the year before."""
        values = [None if one is None else float(one[row]) for one in self._revenue]
        title = self._context.wording.say("cards.chart")
        return draw_year_on_year(YearOnYear(tuple(values[_YEAR:]), tuple(values[:_YEAR]), title))

    def revenue(self, row: int) -> str:
        """Return the revenue of twelve months and that of the twelve before, where the data reaches back."""
        money, sums = partial(self._context.formats.money_of, 1), []
        for part in (self._revenue[_YEAR:], self._revenue[:_YEAR]):
            known = [int(one[row]) for one in part if one is not None]
            sums.append(sum(known) if len(known) == _YEAR else None)
        now, before = sums
        if now is None:
            return ""
        key = "revenue_alone" if before is None else "revenue"
        return self._context.wording.say(f"cards.{key}", now=money(now), before=money(before or 0))

    def lines(self, row: int, *, lost: bool) -> Iterator[CardLine]:
        """Yield rhythm, what is bought, what was stopped, and the signs with their proven power."""
        say = self._context.wording.say
        if (rhythm := self._rhythm(row)) is not None:
            yield CardLine(say("cards.labels.rhythm"), (rhythm,))
        if bought := self._bought.get(row):
            yield CardLine(
                say(f"cards.labels.{'bought_before' if lost else 'bought'}"), (self._context.formats.listing(bought),)
            )
        flagged = self._flagged.get(self._context.dataset.customer_lines.identifiers[row])
        if flagged is None:
            return
        if dropped := _dropped(flagged.signals):
            yield CardLine(say("cards.labels.dropped"), (self._context.formats.listing(dropped),))
        yield CardLine(say("cards.labels.signs"), tuple(self._sign(signal) for signal in flagged.signals))

    def _rhythm(self, row: int) -> str | None:
        """Say since when the customer is silent, and how often it used to buy where it has a habit of its own."""
        if self._last[row] == NEVER:
            return None
        ledger, formats = self._context.dataset.ledger, self._context.formats
        silent = day_number(self._context.dataset.cut_off) - int(self._last[row])
        first, end = np.searchsorted(ledger.day_customers, [row, row + 1])
        gaps = np.diff(ledger.day_numbers[first:end])
        values = {"day": formats.day(day_of(self._last[row]))}
        said = self._context.wording.count("cards.silent", silent, n=formats.count(silent), **values)
        if len(gaps) < FEWEST_GAPS:
            return said
        usual = round(float(np.median(gaps)))
        return self._context.wording.count("cards.usual", usual, n=formats.count(usual), silent=said)

    def _sign(self, signal: Signal) -> str:
        text = reason_text(self._context, (signal,))
        power = self._power.get(signal.key)
        if signal.key not in self._proven or power is None:
            return self._context.wording.say("cards.unproven", sign=text)
        rates = {name: self._context.formats.rate_in_table(getattr(power, name)) for name in ("flagged", "unflagged")}
        return self._context.wording.say("cards.proven", sign=text, **rates)


def _dropped(signals: Sequence[Signal]) -> list[str]:
    """Return the categories that dropped out, else the products."""
    for key, fact in _DROPPED.items():
        found = next((signal.facts[fact] for signal in signals if signal.key == key), None)
        if isinstance(found, tuple):
            return list(found)
    return []


def _bought(context: Context, rows: Sequence[int], last: np.ndarray) -> dict[int, list[str]]:
    """Return the categories (products, where there are none) of each one's last year of buying, most revenue first."""
    lines = context.dataset.product_lines
    if lines is None:
        return {}
    names = np.array([*lines.categories] or [one.name for one in lines.products], dtype=object)
    place = lines.category if lines.categories else lines.product
    year = day_number(context.dataset.cut_off) - day_number(context.dataset.year_ago)
    mine = lines.billed & (place >= 0) & np.isin(lines.customer, np.array(rows, dtype=np.int64))
    mine[mine] = lines.day[mine] > last[lines.customer[mine]] - year
    frame = pd.DataFrame({"row": lines.customer[mine], "place": place[mine], "amount": lines.amount[mine]})
    sums = frame.groupby(["row", "place"], as_index=False)["amount"].sum()
    ranked = sums.loc[sums["amount"] > 0].sort_values(["row", "amount", "place"], ascending=[True, False, True])
    found: dict[int, list[str]] = {}
    for row, own in zip(ranked["row"].tolist(), ranked["place"].tolist(), strict=True):
        found.setdefault(row, []).append(names[own])
    return {row: bought[:_BOUGHT] for row, bought in found.items()}
