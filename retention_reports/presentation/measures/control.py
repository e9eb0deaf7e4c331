"""Target against control, in a picture and a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.charts.dumbbell import Dumbbells, Pair, draw_dumbbells
from retention_reports.charts.frame import Value
from retention_reports.charts.style import Effect
from retention_reports.model.figures import TOO_FEW
from retention_reports.presentation.tables import (
    day_cell,
    money_cell,
    numeric_columns,
    rate_cell,
    text_cell,
    text_columns,
    unknown_cell,
)
from retention_reports.presentation.view import Cell, Chart, Table, Tone

if TYPE_CHECKING:
    from retention_reports.analyses.measures.economics_results import Estimate
    from retention_reports.analyses.measures.measure_results import MeasureResult, Measures
    from retention_reports.model.figures import Rate
    from retention_reports.presentation.context import Context

_DRAWN = 6
_PRINT_ROWS = 6
_TONES = {"works": Tone.GOOD, "does_not": Tone.BAD}


def control_chart(context: Context, found: Measures) -> Chart | None:
    """Draw the shares of success of targets and controls, the latest measures; None without any result."""
    latest = found.results[-_DRAWN:]
    if not latest:
        return None
    say = context.wording.say
    working = sum(result.verdict == "works" for result in latest)
    key = "only" if len(latest) == 1 else "title"
    title = context.wording.count(
        f"measures.chart.{key}", working, k=context.formats.count(working), n=context.formats.count(len(latest))
    )
    subtitle = say("measures.chart.subtitle")
    svg = draw_dumbbells(
        Dumbbells(
            identifier="measures-control",
            title=title,
            description=subtitle,
            pairs=tuple(_pair(context, result) for result in latest),
            first_label=say("measures.chart.control"),
            second_label=say("measures.chart.target"),
            top=100,
        )
    )
    return Chart(title, subtitle, svg, table=_shares_table(context, found))


def control_table(context: Context, found: Measures) -> Table | None:
    """Show effect, money, and verdict of every measure that can be held against a control; None without any."""
    if not found.results:
        return None
    say = context.wording.say
    return Table(
        identifier="measures-results",
        title=say("measures.results.title"),
        subtitle=say("measures.results.subtitle", currency=context.formats.symbol),
        action=say("measures.results.action"),
        columns=(
            *text_columns(*(say(f"measures.columns.{name}") for name in ("measure", "success", "verdict"))),
            *numeric_columns(
                *(say(f"measures.columns.{name}") for name in ("compared", "effect", "added", "cost", "profit"))
            ),
        ),
        rows=tuple(_row(context, result) for result in reversed(found.results)),
        print_rows=_PRINT_ROWS,
    )


def verdict_text(context: Context, result: MeasureResult) -> str:
    """Return the verdict in words: where too early, from which day on; where open, how many customers would tell."""
    say, needed = context.wording.say, result.needed
    verdict = say(f"measures.verdicts.{result.verdict}", day=context.formats.day(result.judged_from))
    if needed is None:
        return verdict
    return say("measures.verdicts.open", verdict=verdict, needed=context.formats.count(needed))


def _pair(context: Context, result: MeasureResult) -> Pair:
    first, second = (_share(context, rate) for rate in (result.control, result.target))
    if result.verdict == "too_early" or not (first and second):
        return Pair(result.title, None, None, missing=_why_not_drawn(context, result))
    effect = Effect.NEUTRAL
    if result.low is not None and result.high is not None:
        effect = Effect.GOOD if result.low > 0 else Effect.BAD if result.high < 0 else Effect.NEUTRAL
    return Pair(result.title, first, second, effect)


def _why_not_drawn(context: Context, result: MeasureResult) -> str:
    verdict = verdict_text(context, result)
    if result.target is None or result.control is None:
        return verdict
    return context.wording.say(
        "measures.chart.so_far",
        target=context.formats.k_of_n(result.target),
        control=context.formats.k_of_n(result.control),
        verdict=verdict,
    )


def _share(context: Context, rate: Rate | None) -> Value | None:
    if rate is None or rate.share is None or rate.n < TOO_FEW:
        return None
    return Value(rate.share * 100, context.formats.rate_in_table(rate))


def _shares_table(context: Context, found: Measures) -> Table:
    say = context.wording.say
    return Table(
        identifier="measures-shares",
        title=say("measures.shares.title"),
        subtitle=say("measures.shares.subtitle"),
        columns=(
            *text_columns(say("measures.columns.measure")),
            *numeric_columns(*(say(f"measures.columns.{name}") for name in ("since", "target", "control"))),
        ),
        rows=tuple(
            (
                text_cell(result.title),
                day_cell(context, result.started_on),
                rate_cell(context, result.target),
                _control_cell(context, result),
            )
            for result in reversed(found.results)
        ),
        folded=True,
    )


def _row(context: Context, result: MeasureResult) -> tuple[Cell, ...]:
    works = result.verdict == "works"
    return (
        text_cell(result.title),
        text_cell(context.wording.say(f"measures.success.{result.success}")),
        Cell(verdict_text(context, result), tone=_TONES.get(result.verdict, Tone.NEUTRAL)),
        _compared_cell(context, result),
        _effect_cell(context, result),
        _estimate_cell(context, result.added_revenue),
        money_cell(context, result.cost),
        money_cell(context, result.profit if works else None),
    )


def _compared_cell(context: Context, result: MeasureResult) -> Cell:
    if result.target is None or result.control is None:
        return unknown_cell(context)
    target, control = (context.formats.count(rate.n) for rate in (result.target, result.control))
    text = context.wording.say("measures.results.compared", target=target, control=control)
    return Cell(text, sort=str(result.target.n))


def _control_cell(context: Context, result: MeasureResult) -> Cell:
    if result.control is None or result.control.n == 0:
        return Cell(context.wording.say("measures.compared.nobody"), tone=Tone.MUTED)
    rate = context.formats.rate_in_table(result.control)
    text = context.wording.say(f"measures.compared.{result.compared_with}", rate=rate)
    return Cell(text, sort=str(result.control.share or 0))


def _effect_cell(context: Context, result: MeasureResult) -> Cell:
    if result.effect is None or result.low is None or result.high is None or result.verdict == "too_few":
        return unknown_cell(context)
    signed = context.formats.signed
    text = context.wording.say(
        "measures.results.interval",
        value=signed(result.effect * 100),
        low=signed(result.low * 100),
        high=signed(result.high * 100),
    )
    return Cell(text, sort=str(result.effect))


def _estimate_cell(context: Context, estimate: Estimate | None) -> Cell:
    if estimate is None:
        return unknown_cell(context)
    shown = [money_cell(context, amount).text for amount in (estimate.value, estimate.low, estimate.high)]
    text = context.wording.say("measures.results.interval", value=shown[0], low=shown[1], high=shown[2])
    return Cell(text, sort=str(estimate.value))
