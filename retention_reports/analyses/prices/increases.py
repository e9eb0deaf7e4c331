"""What affected and unaffected customers bought after a price increase, against the same days a year before."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.prices.price_results import BuyerGroup, Increase, IncreaseEffect, Verdict
from retention_reports.model.bootstrap import drawn_sums, interval_95
from retention_reports.model.figures import TOO_FEW, Rate, Unknown, difference_interval
from retention_reports.model.ledger import day_numbers, day_of
from retention_reports.model.quarters import MONTHS_PER_YEAR, months_before
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.model.bootstrap import Numbers
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers
    from retention_reports.model.product_lines import ProductLines

WINDOW_DAYS = 180
FEWEST_DAYS = 90
"""A window shorter than this is not compared yet."""

_ONE_DAY = timedelta(days=1)


def increase_effects(dataset: Dataset, lines: ProductLines | None) -> tuple[IncreaseEffect, ...]:
    """Return every past increase, newest first; reductions and changes of nothing are left out."""
    return tuple(_effect(dataset, lines, increase) for increase in _increases(dataset))


def _increases(dataset: Dataset) -> list[Increase]:
    table = dataset.table("price_changes")
    if table is None:
        return []
    rows = table.loc[table["percent"] > 0]
    products = dataset.table("products")
    names = {} if products is None else dict(zip(products["product_id"], products["name"], strict=True))
    columns = (rows["percent"].tolist(), rows["category"].tolist(), rows["product_id"].tolist())
    found = [
        Increase(day_of(day), percent, category, product, names.get(product, product))
        for day, percent, category, product in zip(day_numbers(rows["date"]).tolist(), *columns, strict=True)
    ]
    return sorted(found, key=lambda entry: (-entry.day.toordinal(), entry.category, entry.product_id, -entry.percent))


@record
class _Windows:
    """Both windows as days after `…_after` up to `…_until`, and the start of the twelve months before."""

    increase: Increase
    days: int

    @property
    def after(self) -> date:
        return self.increase.day - _ONE_DAY

    @property
    def until(self) -> date:
        return self.after + timedelta(days=self.days)

    @property
    def before_after(self) -> date:
        return months_before(self.increase.day, MONTHS_PER_YEAR) - _ONE_DAY

    @property
    def before_until(self) -> date:
        return self.before_after + timedelta(days=self.days)


@record
class RevenueAround:
    """A past increase: whom it affected, and each customer's revenue of the days after and of the year before.

    One entry a customer, in ten-thousandths; `days` is the length of both windows.
    """

    increase: Increase
    days: int
    affected: Flags
    before: Integers
    after: Integers


def revenue_around(dataset: Dataset, lines: ProductLines | None) -> tuple[RevenueAround, ...]:
    """Return the past increases whose windows the data covers, newest first."""
    found = []
    for increase in _increases(dataset):
        windows, reason = _windows(dataset, lines, increase)
        if reason is None:
            revenue = dataset.ledger.revenue
            before = revenue.between(windows.before_after, windows.before_until)
            after = revenue.between(windows.after, windows.until)
            affected = _affected(dataset, lines, windows)
            found.append(RevenueAround(increase, windows.days, affected, before, after))
    return tuple(found)


def _windows(dataset: Dataset, lines: ProductLines | None, increase: Increase) -> tuple[_Windows, Unknown | None]:
    """Return both windows, and why they cannot be compared, if they cannot."""
    windows = _Windows(increase, min(WINDOW_DAYS, (dataset.cut_off - increase.day).days + 1))
    scoped = bool(increase.category or increase.product_id)
    if windows.days < FEWEST_DAYS:
        return windows, Unknown.NOT_YET_OBSERVED
    if not dataset.covers(windows.before_after + _ONE_DAY):
        return windows, Unknown.BEFORE_START_OF_DATA
    if (scoped and lines is None) or (increase.category and lines is not None and not lines.categories):
        return windows, Unknown.NO_FILE
    return windows, None


def _affected(dataset: Dataset, lines: ProductLines | None, windows: _Windows) -> Flags:
    """Tell who bought what became dearer in the twelve months before."""
    buyers = dataset.ledger.bought_between(windows.before_after, windows.after)
    scoped = bool(windows.increase.category or windows.increase.product_id)
    return buyers & _bought_goods(lines, windows, dataset.ledger.customer_count) if scoped else buyers


def _effect(dataset: Dataset, lines: ProductLines | None, increase: Increase) -> IncreaseEffect:
    windows, reason = _windows(dataset, lines, increase)
    if reason is not None:
        return _unknown(increase, windows.days, reason)
    buyers = dataset.ledger.bought_between(windows.before_after, windows.after)
    affected = _affected(dataset, lines, windows)
    return _compared(_Comparison(dataset, lines, windows), affected, buyers & ~affected)


def _unknown(increase: Increase, days: int, reason: Unknown) -> IncreaseEffect:
    return IncreaseEffect(
        increase,
        days,
        interim=days < WINDOW_DAYS,
        affected=None,
        unaffected=None,
        difference=None,
        interval=None,
        stopped_interval=None,
        verdict=Verdict.UNKNOWN,
        reason=reason,
    )


def _bought_goods(lines: ProductLines | None, windows: _Windows, count: int) -> Flags:
    """Tell who bought the goods concerned in the twelve months before the increase."""
    bought = np.zeros(count, dtype=np.bool_)
    if lines is None:
        return bought
    increase = windows.increase
    goods = np.array(
        [
            increase.product_id in ("", product.identifier) and increase.category in ("", product.category)
            for product in lines.products
        ],
        dtype=np.bool_,
    )
    concerned = lines.within(windows.before_after, windows.after) & lines.bought & (lines.customer >= 0)
    concerned &= goods[lines.product]
    bought[lines.customer[concerned]] = True
    return bought


class _Comparison:
    """Revenue and quantity of every customer in both windows."""

    def __init__(self, dataset: Dataset, lines: ProductLines | None, windows: _Windows) -> None:
        self.windows = windows
        self.before = dataset.ledger.revenue.between(windows.before_after, windows.before_until)
        self.after = dataset.ledger.revenue.between(windows.after, windows.until)
        self.bought = dataset.ledger.bought_between(windows.after, windows.until)
        self.quantities = _quantities(lines, windows, len(self.before))

    def group(self, members: Flags) -> BuyerGroup:
        quantities = self.quantities
        return BuyerGroup(
            customers=int(members.sum()),
            revenue_before=int(self.before[members].sum()),
            revenue_after=int(self.after[members].sum()),
            quantity_before=round(float(quantities[0][members].sum()), 6) if quantities else None,
            quantity_after=round(float(quantities[1][members].sum()), 6) if quantities else None,
            stopped=Rate(int((members & ~self.bought).sum()), int(members.sum())),
        )

    def drawn_changes(self, members: Flags, sample: int = 0) -> Numbers:
        amounts: Integers = np.column_stack([self.before[members], self.after[members]])
        sums = drawn_sums(amounts, sample)
        with np.errstate(divide="ignore", invalid="ignore"):
            changes: Numbers = np.where(sums[:, 0] > 0, sums[:, 1] / sums[:, 0] - 1, np.nan)
        return changes


def _quantities(lines: ProductLines | None, windows: _Windows, count: int) -> tuple[Numbers, Numbers] | None:
    if lines is None or np.isnan(lines.quantity).all():
        return None
    amounts = np.where(np.isnan(lines.quantity), 0.0, lines.quantity)

    def total(after: date, until: date) -> Numbers:
        inside = lines.within(after, until) & lines.billed & (lines.customer >= 0)
        return np.bincount(lines.customer[inside], weights=amounts[inside], minlength=count).astype(np.float64)

    return total(windows.before_after, windows.before_until), total(windows.after, windows.until)


def _compared(comparison: _Comparison, affected: Flags, unaffected: Flags) -> IncreaseEffect:
    first, second = comparison.group(affected), comparison.group(unaffected)
    days = comparison.windows.days
    if not unaffected.any() or not affected.any():
        return _effect_of(comparison, first, second if second.customers else None, None, Verdict.NO_COMPARISON)
    drawn = comparison.drawn_changes(affected) - comparison.drawn_changes(unaffected, sample=1)
    interval = interval_95(drawn)
    if min(first.customers, second.customers) < TOO_FEW or interval is None or days < FEWEST_DAYS:
        return _effect_of(comparison, first, second, interval, Verdict.TOO_FEW)
    low, high = interval
    verdict = Verdict.FELL_MORE if high < 0 else Verdict.ROSE_MORE if low > 0 else Verdict.NO_DIFFERENCE
    return _effect_of(comparison, first, second, interval, verdict)


def _effect_of(
    comparison: _Comparison,
    affected: BuyerGroup,
    unaffected: BuyerGroup | None,
    interval: tuple[float, float] | None,
    verdict: Verdict,
) -> IncreaseEffect:
    difference = stopped = None
    if unaffected and affected.customers:
        stopped_low, stopped_high = difference_interval(affected.stopped, unaffected.stopped)
        stopped = round(stopped_low, 6), round(stopped_high, 6)
        if affected.change is not None and unaffected.change is not None:
            difference = round(affected.change - unaffected.change, 6)
    days = comparison.windows.days
    return IncreaseEffect(
        increase=comparison.windows.increase,
        days=days,
        interim=days < WINDOW_DAYS,
        affected=affected,
        unaffected=unaffected,
        difference=difference,
        interval=interval,
        stopped_interval=stopped,
        verdict=verdict,
    )
