"""What prices say: headline, finding, decision, question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.prices.price_results import Stance, Verdict
from retention_reports.presentation.gate import worth_naming
from retention_reports.presentation.view import Finding

if TYPE_CHECKING:
    from retention_reports.analyses.prices.price_results import Prices
    from retention_reports.presentation.context import Context


def headline(context: Context, prices: Prices) -> str:
    """Say the section's finding; "" where there is nothing to say at all."""
    count, formats = context.wording.count, context.formats
    if prices.sheets and context.knows("prices", "settle_first"):
        settle = len(prices.with_stance(Stance.SETTLE_FIRST))
        lone = "_lone" if len(prices.sheets) == 1 else ""
        values = {"n": formats.count(settle), "all": formats.count(len(prices.sheets))}
        if prices.one_percent is None or not worth_naming(prices.one_percent):
            return count(f"prices.headline.sheets{lone}", settle, **values)
        return count(f"prices.headline.settle{lone}", settle, money=formats.money_short(prices.one_percent), **values)
    if prices.sheets and prices.one_percent is not None and worth_naming(prices.one_percent):
        return context.wording.say("prices.headline.worth", money=formats.money_short(prices.one_percent))
    if prices.increases:
        return count("prices.headline.increases", len(prices.increases), n=formats.count(len(prices.increases)))
    return ""


def findings(context: Context, prices: Prices) -> tuple[Finding, ...]:
    """Return what must be settled before prices rise."""
    settle = prices.with_stance(Stance.SETTLE_FIRST)
    if not settle or not context.knows("prices", "settle_first") or not worth_naming(_revenue(prices)):
        return ()
    text = context.wording.count(
        "prices.findings.settle",
        len(settle),
        n=context.formats.count(len(settle)),
        money=context.formats.money_short(_revenue(prices)),
    )
    return (Finding(context.wording.say("prices.findings.topic"), text, _one_percent(prices)),)


def agenda(context: Context, prices: Prices) -> tuple[str, ...]:
    """Ask what is to be learnt from increases after which those affected bought less."""
    fell = sum(1 for entry in prices.increases if entry.verdict is Verdict.FELL_MORE)
    return (context.wording.count("prices.agenda.fell", fell, n=context.formats.count(fell)),) if fell else ()


def _revenue(prices: Prices) -> int:
    return sum(sheet.customer.revenue for sheet in prices.with_stance(Stance.SETTLE_FIRST))


def _one_percent(prices: Prices) -> int:
    """Return what one per cent is worth a year with these customers: what an increase gains, not their revenue."""
    return _revenue(prices) // 100
