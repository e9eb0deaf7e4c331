"""The pictures of the sales check: the score over time, by topic, and declared beside measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.charts.dumbbell import Dumbbells, Pair, draw_dumbbells
from retention_reports.charts.frame import FULL_WIDTH, Value
from retention_reports.charts.grouped_columns import ColumnSet, GroupedColumns, draw_grouped_columns
from retention_reports.charts.ranked_bars import RankedBar, RankedBars, draw_ranked_bars
from retention_reports.charts.style import Effect
from retention_reports.model.questionnaire import ANSWER_VALUES
from retention_reports.presentation.sales_check.words import answer_word, topic_title
from retention_reports.presentation.view import Chart

if TYPE_CHECKING:
    from retention_reports.analyses.sales_check.sales_check_results import (
        AnsweredQuestion,
        Measurement,
        QuarterResult,
        SalesCheck,
        TopicScore,
    )
    from retention_reports.model.quarters import Quarter
    from retention_reports.presentation.context import Context

_LINE_NEEDS = 2


def score_chart(context: Context, check: SalesCheck, width: float) -> Chart | None:
    """Draw the score of each quarter; None unless two quarters have one."""
    scored = {entry.quarter: entry for entry in check.trend if entry.score is not None}
    if len(scored) < _LINE_NEEDS:
        return None
    first = min(scored)
    quarters = [first.plus(step) for step in range(check.quarter.ordinal - first.ordinal + 1)]
    title = _score_title(context, check)
    formats, say = context.formats, context.wording.say
    svg = draw_grouped_columns(
        GroupedColumns(
            identifier="sales-check-score",
            title=title,
            description=say(
                "sales_check.trend.description", first=formats.quarter(first), last=formats.quarter(check.quarter)
            ),
            width=width,
            sets=tuple(_column(context, quarter, scored.get(quarter), first) for quarter in quarters),
            actual_label="",
        )
    )
    return Chart(title, say("sales_check.trend.subtitle"), svg, note=_comparison_note(context, check))


def topics_chart(context: Context, check: SalesCheck, width: float) -> Chart | None:
    """Draw the score of each topic, the weakest first; None without a score."""
    if not check.topics:
        return None
    ranked = sorted(check.topics, key=lambda entry: entry.score)
    formats, say = context.formats, context.wording.say
    title = _topics_title(context, ranked[0])
    before = formats.quarter_short(check.last_answered) if check.last_answered is not None else ""
    svg = draw_ranked_bars(
        RankedBars(
            identifier="sales-check-topics",
            title=title,
            description=say("sales_check.topics.description", n=formats.count(len(ranked))),
            width=width,
            bars=tuple(_topic_bar(context, entry) for entry in ranked),
            now_label=formats.quarter_short(check.quarter),
            previous_label=before,
        )
    )
    return Chart(title, say("sales_check.topics.subtitle", quarter=formats.quarter(check.quarter)), svg)


def measured_chart(context: Context, check: SalesCheck) -> Chart | None:
    """Draw the answer beside the measured share for every question that the data can tell; None without any."""
    measured = [(entry, entry.measurement) for entry in check.questions if entry.measurement is not None]
    if not measured:
        return None
    formats, say = context.formats, context.wording.say
    answered = check.current is not None
    contradictions = len(check.contradictions)
    title = (
        context.wording.count("sales_check.measured.title", contradictions, n=formats.count(contradictions))
        if answered
        else say("sales_check.measured.title_alone")
    )
    svg = draw_dumbbells(
        Dumbbells(
            identifier="sales-check-measured",
            title=title,
            description=say("sales_check.measured.description", n=formats.count(len(measured))),
            width=FULL_WIDTH,
            pairs=tuple(_pair(context, entry, measurement) for entry, measurement in measured),
            first_label=say("sales_check.measured.declared"),
            second_label=say("sales_check.measured.found"),
            top=1.0,
        )
    )
    key = "subtitle" if answered else "subtitle_alone"
    return Chart(title, say(f"sales_check.measured.{key}", day=formats.long_day(context.dataset.cut_off)), svg)


def _column(context: Context, quarter: Quarter, entry: QuarterResult | None, first: Quarter) -> ColumnSet:
    score = entry.score if entry is not None else None
    return ColumnSet(
        label=f"Q{quarter.number}",
        actual=_percent(context, score) if score is not None else None,
        note=context.formats.axis_year(quarter) if quarter.number == 1 or quarter == first else "",
    )


def _score_title(context: Context, check: SalesCheck) -> str:
    current = check.current
    if current is None or current.score is None:
        return context.wording.say("sales_check.trend.earlier")
    compared = current.comparison
    if compared is None:
        return context.wording.say("sales_check.trend.first", now=context.formats.percent(current.score, 0))
    key = direction(context, compared.before, compared.now)
    if context.formats.percent(compared.now, 0) != context.formats.percent(current.score, 0):
        key = "first"
    return context.wording.say(f"sales_check.trend.{key}", now=context.formats.percent(current.score, 0))


def direction(context: Context, before: float, now: float) -> str:
    """Return `up`, `down`, or `same`, as far as whole per cent can tell."""
    if context.formats.percent(before, 0) == context.formats.percent(now, 0):
        return "same"
    return "up" if now > before else "down"


def _comparison_note(context: Context, check: SalesCheck) -> str:
    """Say which questions can be compared, where not all can."""
    current = check.current
    if current is None or current.comparison is None:
        return ""
    scored = sum(current.count(answer) for answer in ANSWER_VALUES)
    compared = current.comparison
    if compared.questions == scored:
        return ""
    return context.wording.say(
        "sales_check.trend.note",
        compared=context.formats.count(compared.questions),
        n=context.formats.count(scored),
        quarter=context.formats.quarter_short(compared.quarter),
        change=context.formats.points(compared.change),
    )


def _topics_title(context: Context, weakest: TopicScore) -> str:
    if weakest.score == 1:
        return context.wording.say("sales_check.topics.title_full")
    return context.wording.say(
        "sales_check.topics.title",
        topic=topic_title(context, weakest.topic),
        score=context.formats.percent(weakest.score, 0),
    )


def _topic_bar(context: Context, entry: TopicScore) -> RankedBar:
    return RankedBar(
        label=topic_title(context, entry.topic),
        now=_percent(context, entry.score),
        previous=_percent(context, entry.before) if entry.before is not None else None,
    )


def _pair(context: Context, entry: AnsweredQuestion, measurement: Measurement) -> Pair:
    value = ANSWER_VALUES.get(entry.answer)
    word = answer_word(context, entry.answer)
    share = measurement.rate.share if measurement.answer else None
    few = context.wording.say("sales_check.measured.few", base=context.formats.k_of_n(measurement.rate))
    return Pair(
        label=context.wording.say(f"sales_check.names.{measurement.name}"),
        first=Value(value, word) if value is not None else None,
        second=Value(share, context.formats.rate_in_table(measurement.rate)) if share is not None else None,
        effect=_effect(entry),
        missing=few if share is None else word if entry.answer else "",
    )


def _effect(entry: AnsweredQuestion) -> Effect:
    if not entry.contradicted:
        return Effect.NEUTRAL
    return Effect.BAD if entry.overstated else Effect.GOOD


def _percent(context: Context, share: float) -> Value:
    return Value(share, context.formats.percent(share, 0))
