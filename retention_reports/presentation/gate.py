"""Nothing from noise: the one place that says what a headline, a finding, a decision, or a small figure may tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import TOO_FEW
from retention_reports.model.money import UNIT

if TYPE_CHECKING:
    from retention_reports.model.figures import Rate

MOST_TIMES = 10
"""A change of more than so many times its base says that the base was tiny, not that much happened."""


def tells(rate: Rate) -> bool:
    """Tell whether a rate may be told as a percentage: of ten cases or more, of money by a base that carries it."""
    return comparable(rate.k, rate.n) if rate.is_money else enough(rate.n)


def enough(cases: int) -> bool:
    """Tell whether there are enough cases for a share of them, or of what they brought, to be told."""
    return cases >= TOO_FEW


def comparable(now: float, before: float) -> bool:
    """Tell whether an amount may be held against another as a percentage: neither is negative, the base not tiny."""
    return before > 0 and 0 <= now <= MOST_TIMES * before


def worth_naming(amount: float) -> bool:
    """Tell whether an amount (in ten-thousandths) is any money at all once it is rounded to whole units."""
    return amount >= UNIT / 2
