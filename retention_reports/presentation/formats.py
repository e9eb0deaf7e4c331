"""Numbers, money, and days as the report's language writes them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import get_currency_symbol, get_decimal_symbol, get_group_symbol

from retention_reports.model.figures import FEW, Rate
from retention_reports.model.money import UNIT, band
from retention_reports.model.small_groups import is_small
from retention_reports.presentation.gate import tells

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from retention_reports.model.quarters import Quarter
    from retention_reports.presentation.wording import Wording

MINUS = "\u2212"
NO_BREAK_SPACE = "\u00a0"
_NARROW_SPACE = "\u202f"
_THOUSAND = 1_000
_FULL_BELOW = 10_000
_MILLION = 1_000_000
_LEADING = 2
_PLACES = (Decimal(1), Decimal("0.1"), Decimal("0.01"), Decimal("0.001"))
_ANY_BUT_ZERO = re.compile("[1-9]")
_LOCALES = {"de": "de_DE", "en": "en_GB"}


class Formats:
    """Finished texts for one language and currency. Amounts come in ten-thousandths, shares as fractions."""

    def __init__(self, wording: Wording, currency: str, *, in_bands: bool = False) -> None:
        """Set up for the wording's language; amounts of fewer than five customers are told exactly, or `in_bands`."""
        self.in_bands = in_bands
        self.wording = wording
        self.language = wording.language
        self.locale = Locale.parse(_LOCALES[wording.language])
        self.currency = currency

    @cached_property
    def symbol(self) -> str:
        """The currency's sign, such as €."""
        return get_currency_symbol(self.currency, self.locale)

    @cached_property
    def _separators(self) -> dict[int, str]:
        """The language's separators in the place of Python's: Babel's own formatting takes fifty times as long."""
        group = get_group_symbol(self.locale).replace(_NARROW_SPACE, NO_BREAK_SPACE)
        return str.maketrans({",": group, ".": get_decimal_symbol(self.locale), "-": MINUS})

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number with grouping and a true minus sign, rounded half up; what rounds to nothing has no sign."""
        if isinstance(value, int) and not decimals:
            return format(value, ",d").translate(self._separators)
        rounded = Decimal(str(value)).quantize(_PLACES[decimals], ROUND_HALF_UP)
        return format(rounded or abs(rounded), ",f").translate(self._separators)

    def count(self, value: int) -> str:
        """Return a count."""
        return self.number(value)

    def money(self, amount: float, decimals: int = 0) -> str:
        """Return an amount in whole currency units (or with decimals): 84.300 € or £84,300."""
        return self._with_symbol(amount / UNIT, decimals)

    def money_of(self, customers: int, amount: float) -> str:
        """Return an amount of so many customers, of few of them as a band in a version for wider circulation."""
        if not (self.in_bands and is_small(customers)):
            return self.money(amount)
        text = self.band(amount)
        return f"{text}{NO_BREAK_SPACE}{self.symbol}" if self.language == "de" else f"{self.symbol}{text}"

    def estimate_of(self, customers: int, amount: float) -> str:
        """Return an estimate of so many customers, of few of them as a band in a version for wider circulation."""
        return (
            self.money_of(customers, amount) if self.in_bands and is_small(customers) else self.money_rough([amount])[0]
        )

    def shown_of(self, customers: int, amount: float) -> float:
        """Return an amount of so many customers as a chart may draw it: the middle of its band where that is told."""
        return sum(band(amount)) / 2 if self.in_bands and is_small(customers) else amount

    def band(self, amount: float) -> str:
        """Return between which round amounts an amount lies, without a unit: 2.000–5.000."""
        low, high = (self.number(bound // UNIT) for bound in band(amount))
        return self.wording.say("pseudonyms.band", low=low, high=high)

    def money_short(self, amount: float) -> str:
        """Return an amount as management reads it: thousands from 10,000 units (118 T€, £118k), else whole units."""
        units = amount / UNIT
        if abs(units) < _FULL_BELOW:
            return self._with_symbol(units, 0)
        return self.thousands(amount)

    def money_rough(self, amounts: Sequence[float]) -> list[str]:
        """Return estimates that stand together: two leading digits each, in one unit."""
        return self.money_alike([_two_digits(amount) for amount in amounts])

    def money_alike(self, amounts: Sequence[float], *, signed: bool = False) -> list[str]:
        """Return amounts that stand together, as in a column, in one unit: thousands where none is below 10,000.

        Beside a million nobody asks for single units.
        """
        sizes = [abs(amount) / UNIT for amount in amounts if amount]
        small = min(sizes, default=0) < _FULL_BELOW and max(sizes, default=0) < _MILLION
        texts = [self.money(amount) if small else self.thousands(amount) for amount in amounts]
        return [_with_plus(text) for text in texts] if signed else texts

    def thousands(self, amount: float) -> str:
        """Return an amount in thousands with its unit: 118 T€ or £118k."""
        text = self.number(amount / UNIT / _THOUSAND)
        if self.language == "de":
            return f"{text}{NO_BREAK_SPACE}T{self.symbol}"
        return _sign_first(text, f"{self.symbol}{{}}k")

    def bare_thousands(self, amount: float) -> str:
        """Return an amount in thousands without its unit, for charts whose subtitle names it."""
        return self.number(amount / UNIT / _THOUSAND)

    @property
    def thousands_unit(self) -> str:
        """The unit that a chart in thousands names: T€ or £k."""
        return f"T{self.symbol}" if self.language == "de" else f"{self.symbol}k"

    def percent(self, share: float, decimals: int = 1) -> str:
        """Return a share as a percentage: 81,3 % or 81.3%."""
        return self.number(share * 100, decimals) + (NO_BREAK_SPACE if self.language == "de" else "") + "%"

    def points(self, difference: float) -> str:
        """Return the difference of two shares in percentage points, signed."""
        return self.wording.say("common.points", value=self.signed(difference * 100, 1))

    def signed(self, value: float, decimals: int = 0) -> str:
        """Return a number with its sign; nothing has none."""
        return _with_plus(self.number(value, decimals))

    def signed_money(self, amount: float) -> str:
        """Return a short amount with its sign."""
        text = self.money_short(amount)
        return text if amount <= 0 else f"+{text}"

    def signed_percent(self, share: float, decimals: int = 1) -> str:
        """Return a relative change with its sign."""
        return _with_plus(self.percent(share, decimals))

    def rate(self, rate: Rate) -> str:
        """Return a rate of counts as its size allows: a percentage, with its interval, or k of n alone.

        Where it tells nothing (below 10 cases) no percentage is shown at all; below 30 the 95 % Wilson interval stands
        beside it.
        """
        base = self.k_of_n(rate)
        if rate.share is None or not tells(rate):
            return base
        text = self.percent(rate.share)
        if rate.is_money or rate.n >= FEW:
            return text
        return f"{text} ({self.interval(rate)})"

    def rate_in_table(self, rate: Rate) -> str:
        """Return a rate of counts for a narrow column: a percentage with its base, below 10 cases the base alone."""
        if rate.n == 0:
            return self.wording.say("common.nothing")
        base = f"{self.count(rate.k)}/{self.count(rate.n)}"
        if rate.share is None or not tells(rate):
            return base
        return f"{self.percent(rate.share, 0)} ({base})"

    def interval(self, rate: Rate) -> str:
        """Return the 95 % interval of a rate of counts in whole per cent."""
        low, high = rate.interval()
        return self.wording.say("common.range", low=self.number(low * 100), high=self.percent(high, 0))

    def k_of_n(self, rate: Rate) -> str:
        """Return `3 of 5`, amounts in short form; a dash where there is nothing of which anything could be."""
        if rate.n == 0:
            return self.wording.say("common.nothing")
        k, n = self.money_alike((rate.k, rate.n)) if rate.is_money else map(self.count, (rate.k, rate.n))
        return self.wording.say("common.k_of_n", k=k, n=n)

    def day(self, day: date) -> str:
        """Return a day for tables: 30.09.2026 or 30/09/2026."""
        separator = "." if self.language == "de" else "/"
        return f"{day.day:02d}{separator}{day.month:02d}{separator}{day.year:04d}"

    def long_day(self, day: date) -> str:
        """Return a day for sentences: 30. September 2026 or 30 September 2026."""
        return format_date(day, "d. MMMM yyyy" if self.language == "de" else "d MMMM yyyy", self.locale)

    def short_day(self, day: date) -> str:
        """Return a day within a known year: 31.10. or 31 Oct."""
        return format_date(day, "d. MMM" if self.language == "de" else "d MMM", self.locale)

    def month(self, day: date) -> str:
        """Return month and year in short: Sep. 2026 or Sep 2026."""
        return format_date(day, "MMM yyyy", self.locale)

    def quarter(self, quarter: Quarter) -> str:
        """Return a quarter for sentences and titles: 3. Quartal 2026; the fiscal year is written 2026/27."""
        return self.wording.say("common.quarter", number=str(quarter.number), year=self.fiscal_year(quarter))

    def quarter_short(self, quarter: Quarter) -> str:
        """Return a quarter in short: Q3 2026."""
        return f"Q{quarter.number}{NO_BREAK_SPACE}{self.fiscal_year(quarter)}"

    def fiscal_year(self, quarter: Quarter) -> str:
        """Return the year of a quarter, as two years where the fiscal year is not the calendar year."""
        if quarter.start_month == 1:
            return str(quarter.year)
        return f"{quarter.year}/{(quarter.year + 1) % 100:02d}"

    def axis_year(self, quarter: Quarter) -> str:
        """Return the year as short as it has to be below a column: 2026, or 25/26 for a fiscal year."""
        year = self.fiscal_year(quarter)
        return year[2:] if "/" in year else year

    def listing(self, texts: Sequence[str]) -> str:
        """Join texts as a sentence does: a, b und c; with semicolons where commas stand in them."""
        if any(", " in text for text in texts):
            return "; ".join(texts)
        return format_list(list(texts), locale=self.locale)

    def _with_symbol(self, units: float, decimals: int) -> str:
        text = self.number(units, decimals)
        if self.language == "de":
            return f"{text}{NO_BREAK_SPACE}{self.symbol}"
        return _sign_first(text, f"{self.symbol}{{}}")


def _two_digits(amount: float) -> float:
    """Round to the two leading digits (of currency units): more would feign a precision that no estimate has."""
    units = abs(amount) / UNIT
    size = float(f"1e{max(0, len(f'{units:.0f}') - _LEADING)}")
    rounded = float(Decimal(str(units / size)).quantize(Decimal(1), ROUND_HALF_UP)) * size * UNIT
    return -rounded if amount < 0 else rounded


def _with_plus(text: str) -> str:
    """Put a plus before a number that is neither negative nor rounded to nothing."""
    return f"+{text}" if not text.startswith(MINUS) and _ANY_BUT_ZERO.search(text) else text


def _sign_first(text: str, pattern: str) -> str:
    return MINUS + pattern.format(text[1:]) if text.startswith(MINUS) else pattern.format(text)
