"""Topics, open complaints, segments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.expectations.expectation_results import Expectation
from retention_reports.presentation.composing import permission_cell
from retention_reports.presentation.expectations.expectation_conclusions import score_text
from retention_reports.presentation.tables import (
    count_cell,
    customer_cell,
    customer_list,
    day_cell,
    money_cell,
    numeric_columns,
    rate_cell,
    text_cell,
    text_columns,
)
from retention_reports.presentation.view import Cell, Column, Table, Tone

if TYPE_CHECKING:
    from retention_reports.analyses.expectations.expectation_results import Change, Expectations, Scores
    from retention_reports.presentation.context import Context

_TOPICS_ON_PAPER = 6
_OPEN_ON_PAPER = 4
_OPEN_ON_SCREEN = 60
_TONES = {Expectation.EXCEEDED: Tone.GOOD, Expectation.UNMET: Tone.BAD}
_DIRECTIONS = {1: "up", 0: "same", -1: "down"}


def topics_table(context: Context, found: Expectations) -> Table | None:
    """Show each topic with its verdict; None without topics."""
    if not found.topics:
        return None
    say = context.wording.say
    rows = [
        (
            text_cell(topic.name or say("expectations.columns.no_topic")),
            Cell(
                say(f"expectations.expectation.{topic.expectation}"), tone=_TONES.get(topic.expectation, Tone.NEUTRAL)
            ),
            _score_cell(context, topic.scores.now),
            _score_cell(context, topic.scores.before),
            _direction_cell(context, topic.scores),
            *(count_cell(context, value) for value in (topic.complaints, topic.complaints_before, topic.praise)),
        )
        for topic in found.topics
    ]
    numbers = ("score", "before", "change", "complaints", "complaints_before", "praise")
    return customer_list(
        context,
        "topics",
        say("expectations.tables.topics"),
        (*_texts(context, "topic", "expectation"), *_numbers(context, *numbers)),
        rows,
        subtitle=say("expectations.tables.topics_subtitle"),
        action=say("expectations.tables.topics_action"),
        print_rows=_TOPICS_ON_PAPER,
        filterable=False,
    )


def open_table(context: Context, found: Expectations) -> Table | None:
    """List the open complaints; None where there are none."""
    if not found.open_complaints:
        return None
    say = context.wording.say
    rows = [
        (
            customer_cell(entry.customer.name, entry.customer.customer_id),
            text_cell(entry.topic or say("expectations.columns.no_topic")),
            text_cell(entry.customer.contact.name if entry.customer.contact else ""),
            text_cell(entry.customer.sales_rep),
            permission_cell(context, entry.customer.permission),
            day_cell(context, entry.since),
            count_cell(context, context.days_since(entry.since)),
            money_cell(context, entry.customer.revenue),
        )
        for entry in found.open_complaints
    ]
    words = ("customer", "topic", "person", "sales_rep", "permission")
    return customer_list(
        context,
        "open-complaints",
        say("expectations.tables.open"),
        (*_texts(context, *words), *_numbers(context, "since", "days", "revenue")),
        rows,
        subtitle=say("expectations.tables.open_subtitle", currency=context.client.currency),
        action=say("expectations.tables.open_action"),
        print_rows=_OPEN_ON_PAPER,
        screen_rows=_OPEN_ON_SCREEN,
    )


def segments_table(context: Context, found: Expectations) -> Table | None:
    """Show scores and complaining customers by segment, for the screen; None without segments."""
    if not found.segments:
        return None
    say = context.wording.say
    return Table(
        identifier="expectation-segments",
        title=say("expectations.tables.segments"),
        subtitle=say("expectations.tables.segments_subtitle"),
        columns=(*_texts(context, "segment"), *_numbers(context, "score", "before", "change", "complaining")),
        rows=tuple(
            (
                text_cell(entry.name or say("common.no_segment")),
                _score_cell(context, entry.scores.now),
                _score_cell(context, entry.scores.before),
                _direction_cell(context, entry.scores),
                rate_cell(context, entry.complaining),
            )
            for entry in found.segments
        ),
        folded=True,
        on_paper=False,
    )


def _score_cell(context: Context, scores: Scores) -> Cell:
    return Cell(score_text(context, scores), sort="" if scores.mean is None else str(scores.mean))


def _direction_cell(context: Context, change: Change) -> Cell:
    if not change.comparable:
        return Cell(context.wording.say("common.nothing"), tone=Tone.MUTED)
    tone = Tone.GOOD if change.direction > 0 else Tone.BAD if change.direction < 0 else Tone.NEUTRAL
    return Cell(context.wording.say(f"expectations.direction.{_DIRECTIONS[change.direction]}"), tone=tone)


def _texts(context: Context, *names: str) -> tuple[Column, ...]:
    return text_columns(*(context.wording.say(f"expectations.columns.{name}") for name in names))


def _numbers(context: Context, *names: str) -> tuple[Column, ...]:
    return numeric_columns(*(context.wording.say(f"expectations.columns.{name}") for name in names))
