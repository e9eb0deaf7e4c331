"""The pictures of cross-selling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.cross_selling.cross_selling_results import BENCHMARK_MORE_THAN_ONE, BENCHMARK_WOULD
from retention_reports.charts.frame import HALF_WIDTH, Value
from retention_reports.charts.ranked_bars import RankedBar, RankedBars, draw_ranked_bars
from retention_reports.model.figures import TOO_FEW, Rate
from retention_reports.model.money import THOUSAND
from retention_reports.presentation.cross_selling.campaigns import by_category
from retention_reports.presentation.view import Chart

if TYPE_CHECKING:
    from retention_reports.analyses.cross_selling.cross_selling_results import CrossSelling, WhiteSpace
    from retention_reports.presentation.context import Context

_MOST_BARS = 5


def breadth_chart(context: Context, space: WhiteSpace | None) -> Chart | None:
    """Draw how many customers buy from how many categories; None without any."""
    if space is None or not space.bought:
        return None
    say, formats, count = context.wording.say, context.formats, len(space.bought)
    bars = tuple(
        RankedBar(
            label=say("cross_selling.breadth.at_least", n=formats.count(number))
            if open_ended
            else formats.count(number),
            now=Value(customers, formats.count(customers)),
            share=formats.percent(customers / count, 0) if count >= TOO_FEW else "",
        )
        for number, customers, open_ended in _numbers(space.by_breadth)
    )
    title = say("cross_selling.breadth.title", rate=formats.k_of_n(space.single_category))
    subtitle = say("cross_selling.breadth.subtitle", n=formats.count(count))
    svg = draw_ranked_bars(
        RankedBars(identifier="category-breadth", title=title, description=subtitle, width=HALF_WIDTH, bars=bars)
    )
    return Chart(title, subtitle, svg, note=_benchmark(context, space))


def category_chart(context: Context, result: CrossSelling) -> Chart | None:
    """Draw the potential by category, the largest ones; None without any."""
    found = by_category(result)
    if not found:
        return None
    say, formats = context.wording.say, context.formats
    bars = tuple(
        RankedBar(
            category,
            Value(amount / THOUSAND, formats.bare_thousands(amount)),
            share=context.wording.count("cross_selling.category.customers", customers, n=formats.count(customers)),
        )
        for category, amount, customers in found[:_MOST_BARS]
    )
    title = say("cross_selling.category.title", category=found[0][0])
    subtitle = say("cross_selling.category.subtitle", unit=formats.thousands_unit)
    svg = draw_ranked_bars(
        RankedBars(identifier="category-potential", title=title, description=subtitle, width=HALF_WIDTH, bars=bars)
    )
    beyond = len(found) - len(bars)
    note = context.wording.count("cross_selling.category.more", beyond, n=formats.count(beyond)) if beyond else ""
    return Chart(title, subtitle, svg, note=note)


def _numbers(by_breadth: tuple[tuple[int, int], ...]) -> list[tuple[int, int, bool]]:
    """Return numbers of categories and customers; what lies beyond the bars is put together in the last (True)."""
    shown = [(number, customers, False) for number, customers in by_breadth[: _MOST_BARS - 1]]
    rest = by_breadth[_MOST_BARS - 1 :]
    if not rest:
        return shown
    return [*shown, (rest[0][0], sum(customers for _, customers in rest), len(rest) > 1)]


def _benchmark(context: Context, space: WhiteSpace) -> str:
    more = Rate(len(space.bought) - space.single_category.k, len(space.bought))
    low, high = BENCHMARK_WOULD
    return context.wording.say(
        "cross_selling.breadth.benchmark",
        quoted=context.formats.percent(BENCHMARK_MORE_THAN_ONE, 0),
        low=context.formats.number(low * 100),
        high=context.formats.percent(high, 0),
        own=context.formats.rate(more),
    )
