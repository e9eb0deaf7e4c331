"""How earlier registers did, in the appendix: nobody grades itself without being held against what came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import TOO_FEW, difference_interval
from retention_reports.presentation.tables import numeric_columns, text_cell, text_columns
from retention_reports.presentation.view import Row, SectionView, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Cell
    from retention_reports.recommending.results import HitRate


def present_hit_rate(context: Context) -> SectionView | None:
    """Show what was said in earlier quarters beside what came; None where nothing can be held against anything."""
    found = context.register.hit_rate
    rows = () if found is None else tuple(_rows(context, found))
    if found is None or not rows:
        return None
    say = context.wording.say
    table = Table(
        identifier="hit-rate-said",
        title=say("recommendations.hit_rate.table"),
        subtitle=context.wording.count(
            "recommendations.hit_rate.subtitle", found.quarters, n=context.formats.count(found.quarters)
        ),
        columns=(
            *text_columns(say("recommendations.hit_rate.columns.what")),
            *numeric_columns(*(say(f"recommendations.hit_rate.columns.{name}") for name in ("came", "against"))),
        ),
        rows=rows,
    )
    title = say("recommendations.hit_rate.title")
    return SectionView("hit-rate", title, _headline(context, found), (Row((table,)),))


def _headline(context: Context, found: HitRate) -> str:
    """Say what warnings were worth; without enough of them, that it cannot be said yet."""
    if min(found.warned.n, found.others.n) < TOO_FEW:
        return context.wording.say("recommendations.hit_rate.too_few")
    better = difference_interval(found.warned, found.others)[0] > 0
    return context.wording.say(
        f"recommendations.hit_rate.{'headline' if better else 'no_better'}",
        warned=context.formats.k_of_n(found.warned),
        others=context.formats.k_of_n(found.others),
    )


def _rows(context: Context, found: HitRate) -> Iterator[tuple[Cell, ...]]:
    say, formats = context.wording.say, context.formats

    def row(key: str, came: str, against: str) -> tuple[Cell, ...]:
        return tuple(text_cell(text) for text in (say(f"recommendations.hit_rate.rows.{key}"), came, against))

    if found.warned.n:
        yield row("warned", formats.k_of_n(found.warned), formats.k_of_n(found.others))
    if found.won_back.n or found.left_alone.n:
        yield row("won_back", formats.k_of_n(found.won_back), formats.k_of_n(found.left_alone))
    if found.forecasts.n:
        yield row("forecasts", formats.k_of_n(found.forecasts), say("recommendations.hit_rate.promised"))
    if found.expected is not None and found.change is not None:
        expected, change = formats.money_rough([found.expected, found.change])
        unit = "margin" if context.register.is_margin else "revenue"
        yield row(
            f"euros_{unit}",
            f"+{change}" if found.change > 0 else change,
            say("recommendations.hit_rate.expected", expected=expected),
        )
