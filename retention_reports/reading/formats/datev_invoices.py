"""DATEV's sales, row by row, put together to invoices and credit notes."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.reading.formats.datev_bookings import Sale


def settled(sales: Sequence[Sale]) -> tuple[list[Sale], int]:
    """Return the sales with what each reversal takes back, and how many reversals have nothing to reverse.

    A reversal is taken for that of the booking with its number, debtor and amount, whichever side it is written on;
    where only number and debtor agree, it counts against what they add up to.
    """
    open_cents: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for sale in sales:
        if not sale.is_reversal:
            open_cents[sale.number, sale.debtor][sale.cents] += 1
    found: list[Sale] = []
    unmatched = 0
    for sale in sales:
        if not sale.is_reversal:
            found.append(sale)
            continue
        booked = open_cents[sale.number, sale.debtor]
        size = abs(sale.cents)
        total = sum(cents * count for cents, count in booked.items())
        reversed_cents = next((cents for cents in (size, -size) if booked[cents] > 0), size if total >= 0 else -size)
        unmatched += not booked.total()
        booked[reversed_cents] -= booked[reversed_cents] > 0
        found.append(replace(sale, cents=-reversed_cents))
    return found, unmatched


def invoices_of(sales: Sequence[Sale]) -> list[tuple[str, Sequence[Sale]]]:
    """Put the rows of one invoice together: the same number, debtor and day; a reversal joins what it reverses.

    Where a number occurs with several debtors or days, all but the first have them in their id. What is reversed to
    nothing is left out.
    """
    groups: dict[tuple[str, ...], list[Sale]] = {}
    first_day: dict[tuple[str, str], tuple[str, ...]] = {}
    nameless: Counter[tuple[str, ...]] = Counter()
    for sale in sorted(sales, key=lambda sale: sale.is_reversal):
        key: tuple[str, ...] = (sale.number, sale.debtor, str(sale.day))
        if not sale.number:
            nameless[key] += 1
            key = (*key, str(nameless[key]))
        elif sale.is_reversal:
            key = first_day.get((sale.number, sale.debtor), key)
        first_day.setdefault((sale.number, sale.debtor), key)
        groups.setdefault(key, []).append(sale)
    taken: set[str] = set()
    found: list[tuple[str, Sequence[Sale]]] = []
    for key, rows in groups.items():
        if not sum(row.cents for row in rows):
            continue
        names = (key[0], f"{key[0]} {key[1]}", f"{key[0]} {key[1]} {key[2]}")
        name = next((name for name in names if name not in taken), names[-1]) if key[0] else " ".join(key[1:])
        taken.add(name)
        found.append((name, rows))
    return found
