"""The pictures of loyal customers: factors of revenue, concentration, cohorts, development."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.loyal_customers.decomposition import FACTORS
from retention_reports.charts.frame import HALF_WIDTH, Value
from retention_reports.charts.heat_map import HeatMap, HeatRow, draw_heat_map
from retention_reports.charts.ranked_bars import RankedBar, RankedBars, draw_ranked_bars
from retention_reports.charts.style import Role
from retention_reports.charts.waterfall import Level, Movement, Waterfall, draw_waterfall
from retention_reports.model.figures import TOO_FEW, Rate
from retention_reports.model.money import THOUSAND
from retention_reports.presentation.changes import effect_of
from retention_reports.presentation.loyal_customers.groups import factors_numbers
from retention_reports.presentation.view import Chart

if TYPE_CHECKING:
    from retention_reports.analyses.loyal_customers.decomposition import FactorChange
    from retention_reports.analyses.loyal_customers.loyal_customer_results import LoyalCustomers
    from retention_reports.presentation.context import Context

YEAR = 4
_COHORTS = 10
_AGES = 8


def factors_chart(context: Context, loyal: LoyalCustomers) -> Chart | None:
    """Draw the revenue of the year before, what each factor changed, and the last year; None where not known."""
    found = loyal.decomposition
    if found.now is None or found.before is None or found.change is None:
        return None
    say, formats = context.wording.say, context.formats
    title = _factors_title(context, found.change)
    movements = [
        Movement(
            say(f"loyal_customers.factors.{name}"),
            found.change.part(name) / THOUSAND,
            formats.signed(found.change.part(name) / THOUSAND),
            effect_of(found.change.part(name)),
        )
        for name in FACTORS
    ]
    steps: tuple[Level | Movement, ...] = (
        Level(
            say("loyal_customers.factors.before"),
            found.before.revenue / THOUSAND,
            formats.bare_thousands(found.before.revenue),
        ),
        *movements,
        Level(
            say("loyal_customers.factors.now"), found.now.revenue / THOUSAND, formats.bare_thousands(found.now.revenue)
        ),
    )
    description = say(
        "loyal_customers.factors.description",
        before=formats.money_short(found.before.revenue),
        now=formats.money_short(found.now.revenue),
    )
    svg = draw_waterfall(
        Waterfall(
            identifier="revenue-factors",
            title=title,
            description=description,
            width=HALF_WIDTH,
            steps=steps,
            height=240,
        )
    )
    subtitle = say("loyal_customers.factors.subtitle", unit=formats.thousands_unit)
    return Chart(title, subtitle, svg, factors_numbers(context, found))


def deciles_chart(context: Context, loyal: LoyalCustomers) -> Chart | None:
    """Draw each tenth's share of revenue with the share cumulated; None with fewer than ten customers."""
    deciles = loyal.concentration.deciles
    if not deciles:
        return None
    say, formats = context.wording.say, context.formats
    total = sum(decile.revenue for decile in deciles)
    reached = 0
    bars = []
    for decile in deciles:
        reached += decile.revenue
        bars.append(
            RankedBar(
                say("loyal_customers.deciles.label", number=formats.count(decile.number)),
                Value((decile.share or 0.0) * 100, formats.percent(decile.share or 0.0, 0)),
                share=formats.percent(reached / total, 0),
                role=Role.LOYAL,
            )
        )
    title = say("loyal_customers.deciles.title", share=formats.percent(deciles[0].share or 0.0, 0))
    svg = draw_ranked_bars(
        RankedBars(
            identifier="revenue-deciles",
            title=title,
            description=say("loyal_customers.deciles.description"),
            width=HALF_WIDTH,
            bars=tuple(bars),
            share_heading=say("loyal_customers.deciles.cumulated"),
        )
    )
    customers = formats.count(sum(decile.customers for decile in deciles))
    return Chart(title, say("loyal_customers.deciles.subtitle", n=customers), svg)


def cohorts_chart(context: Context, loyal: LoyalCustomers) -> Chart | None:
    """Shade how many of each quarter's new customers bought in each quarter since; None without an observed one."""
    shown = [cohort for cohort in loyal.cohorts if len(cohort.purchasing) > 1][-_COHORTS:]
    if not shown:
        return None
    say, formats = context.wording.say, context.formats
    ages = range(1, min(max(len(cohort.purchasing) for cohort in shown), _AGES + 1))
    rows = tuple(
        HeatRow(
            formats.quarter_short(cohort.quarter),
            tuple(_cell(context, cohort.rate(age)) for age in ages),
            formats.count(cohort.customers),
        )
        for cohort in shown
    )
    title = _cohorts_title(context, loyal)
    svg = draw_heat_map(
        HeatMap(
            identifier="cohorts",
            title=title,
            description=say("loyal_customers.cohorts.description", n=formats.count(len(rows))),
            columns=tuple(say("loyal_customers.cohorts.age", age=formats.count(age)) for age in ages),
            rows=rows,
            heading=say("loyal_customers.cohorts.heading"),
            note_heading=say("loyal_customers.cohorts.customers"),
        )
    )
    return Chart(title, say("loyal_customers.cohorts.subtitle"), svg)


def development_chart(context: Context, loyal: LoyalCustomers) -> Chart | None:
    """Count customers by what they did within two years, with the change of revenue; None where not known."""
    if not loyal.development:
        return None
    say, formats = context.wording.say, context.formats
    counts = {entry.direction: entry.customers for entry in loyal.development}
    up, down = counts["up"], counts["down"] + counts["stopped"]
    less = context.wording.count("loyal_customers.development.less", down, n=formats.count(down))
    title = context.wording.count("loyal_customers.development.title", up, n=formats.count(up), less=less)
    changes = formats.money_alike([entry.change for entry in loyal.development], signed=True)
    bars = tuple(
        RankedBar(
            say(f"loyal_customers.development.{entry.direction}"),
            Value(entry.customers, formats.count(entry.customers)),
            share=money,
            role=Role.LOYAL,
        )
        for entry, money in zip(loyal.development, changes, strict=True)
    )
    svg = draw_ranked_bars(
        RankedBars(
            identifier="development",
            title=title,
            description=say("loyal_customers.development.description"),
            width=HALF_WIDTH,
            bars=bars,
            share_heading=say("loyal_customers.development.change"),
        )
    )
    return Chart(title, say("loyal_customers.development.subtitle"), svg)


def _factors_title(context: Context, change: FactorChange) -> str:
    if change.total == 0:
        return context.wording.say("loyal_customers.factors.title_same")
    sign = 1 if change.total > 0 else -1
    driver = max(FACTORS, key=lambda name: sign * change.part(name))
    return context.wording.say(
        "loyal_customers.factors.title",
        difference=context.formats.signed_money(change.total),
        driver=context.wording.say(f"loyal_customers.factors.driver.{driver}"),
    )


def _cohorts_title(context: Context, loyal: LoyalCustomers) -> str:
    """Say how many still bought a year after the quarter of their first purchase, over all cohorts old enough."""
    rates = [rate for cohort in loyal.cohorts if (rate := cohort.rate(YEAR)) is not None]
    if not rates:
        return context.wording.say("loyal_customers.cohorts.title_early")
    rate = Rate(sum(entry.k for entry in rates), sum(entry.n for entry in rates))
    return context.wording.say("loyal_customers.cohorts.title", rate=context.formats.rate(rate))


def _cell(context: Context, rate: Rate | None) -> Value | None:
    if rate is None:
        return None
    share = rate.share or 0.0
    few = f"{context.formats.count(rate.k)}/{context.formats.count(rate.n)}"
    return Value(share, few if rate.n < TOO_FEW else context.formats.percent(share, 0))
