"""The pictures of the programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.charts.frame import HALF_WIDTH, Value
from retention_reports.charts.heat_map import HeatMap, HeatRow, draw_heat_map
from retention_reports.charts.ranked_bars import RankedBar, RankedBars, draw_ranked_bars
from retention_reports.model.figures import TOO_FEW
from retention_reports.model.money import THOUSAND
from retention_reports.presentation.view import Chart

if TYPE_CHECKING:
    from retention_reports.analyses.programme.programme_results import Programme, Seller
    from retention_reports.model.figures import Rate
    from retention_reports.presentation.context import Context

_MOST_CATEGORIES = 7
_MOST_SELLERS = 5


def categories_chart(context: Context, programme: Programme) -> Chart | None:
    """Draw revenue by category beside the year before, the largest ones; products where there are no categories."""
    say, formats = context.wording.say, context.formats
    named = [(entry.category, entry.sales) for entry in programme.categories if entry.category]
    kind = "categories" if named else "products"
    ranked = named or [(entry.name, entry.sales) for entry in programme.products]
    bars = tuple(
        RankedBar(
            name,
            Value(sales.revenue / THOUSAND, formats.bare_thousands(sales.revenue)),
            previous=None
            if sales.revenue_before is None
            else Value(sales.revenue_before / THOUSAND, formats.bare_thousands(sales.revenue_before)),
            share=context.wording.count(
                "programme.charts.customers", sales.customers, n=formats.count(sales.customers)
            ),
        )
        for name, sales in ranked[:_MOST_CATEGORIES]
    )
    if not bars:
        return None
    title = say(f"programme.charts.{kind}_title", name=ranked[0][0], money=formats.money_short(ranked[0][1].revenue))
    subtitle = say("programme.charts.revenue_subtitle", unit=formats.thousands_unit)
    svg = draw_ranked_bars(
        RankedBars(
            identifier="programme-revenue",
            title=title,
            description=subtitle,
            width=HALF_WIDTH,
            bars=bars,
            now_label=say("programme.charts.now"),
            previous_label=say("programme.charts.before"),
        )
    )
    return Chart(title, subtitle, svg, note=_unassigned(context, programme))


def reach_chart(context: Context, programme: Programme) -> Chart | None:
    """Draw by category and sales person which share of the person's customers buys it; None below two people.

    Sales people with fewer than ten customers are left out, those with most customers come first.
    """
    people = sorted(
        (seller for seller in programme.sellers if seller.customers >= TOO_FEW),
        key=lambda seller: (-seller.customers, seller.name),
    )[:_MOST_SELLERS]
    names = [entry.category for entry in programme.categories if entry.category][:_MOST_CATEGORIES]
    if len(people) < 2 or not names:  # noqa: PLR2004 -- a comparison needs two
        return None
    say, formats = context.wording.say, context.formats
    rows = tuple(HeatRow(name, tuple(_cell(context, dict(seller.reach)[name]) for seller in people)) for name in names)
    high = max(cell.value for row in rows for cell in row.cells if cell is not None)
    title = say("programme.charts.reach_title", **_breadth_words(context, people))
    subtitle = say("programme.charts.reach_subtitle")
    svg = draw_heat_map(
        HeatMap(
            identifier="programme-reach",
            title=title,
            description=subtitle,
            width=HALF_WIDTH,
            columns=tuple(f"{seller.name} ({formats.count(seller.customers)})" for seller in people),
            rows=rows,
            high=max(high, 0.01),
        )
    )
    return Chart(title, subtitle, svg)


def _cell(context: Context, rate: Rate) -> Value | None:
    return None if rate.share is None else Value(rate.share, context.formats.number(rate.share * 100))


def _breadth_words(context: Context, people: list[Seller]) -> dict[str, str]:
    low = min(people, key=lambda seller: (seller.breadth, seller.name))
    high = max(people, key=lambda seller: (seller.breadth, seller.name))
    number = context.formats.number
    return {"low": number(low.breadth, 1), "high": number(high.breadth, 1)}


def _unassigned(context: Context, programme: Programme) -> str:
    if not programme.unassigned:
        return ""
    return context.wording.say("programme.charts.unassigned", money=context.formats.money_short(programme.unassigned))
