"""Questions with their answers: the core, what there is to gain, what changed, and all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.formats import NO_BREAK_SPACE
from retention_reports.presentation.sales_check.words import (
    action_text,
    answer_word,
    in_language,
    question_text,
    topic_title,
)
from retention_reports.presentation.tables import customer_list, numeric_columns, text_cell, text_columns, unknown_cell
from retention_reports.presentation.view import Cell, Column, Table, Tone

if TYPE_CHECKING:
    from retention_reports.analyses.sales_check.sales_check_results import AnsweredQuestion, SalesCheck
    from retention_reports.presentation.context import Context

_TONES = {1: Tone.GOOD, 0: Tone.NEUTRAL, -1: Tone.BAD}
_ORDER = ("yes", "partly", "no", "not_applicable", "unknown", "")
_ANSWER_PLACES = {answer: place for place, answer in enumerate(_ORDER)}

_POTENTIALS_ON_PAPER = 5


def core_table(context: Context, check: SalesCheck) -> Table | None:
    """Show the core questions; None where nothing was answered for the quarter."""
    core = [entry for entry in check.questions if entry.question.core]
    if check.current is None or not core:
        return None
    say = context.wording.say
    proven = any(entry.evidence for entry in core)
    return Table(
        identifier="sales-check-core",
        title=say("sales_check.tables.core"),
        subtitle=say("sales_check.tables.core_subtitle", quarter=context.formats.quarter(check.quarter)),
        action=say("sales_check.tables.core_action"),
        columns=(
            *_texts(context, "question", "answer"),
            *_before(context, check),
            *_texts(context, "found", *(("evidence",) if proven else ())),
        ),
        rows=tuple(
            (
                text_cell(question_text(context, entry)),
                *_answers(context, check, entry),
                _measured(context, entry),
                *((text_cell(entry.evidence),) if proven else ()),
            )
            for entry in core
        ),
    )


def potentials_table(context: Context, check: SalesCheck) -> Table | None:
    """List every no and partly with what it lets one gain and what to do; None without any."""
    if not check.potentials:
        return None
    say = context.wording.say
    rows = [
        (
            text_cell(question_text(context, entry)),
            _answer(context, entry.answer),
            text_cell(in_language(context, entry.question.potential)),
            text_cell(action_text(context, entry)),
        )
        for entry in check.potentials
    ]
    return customer_list(
        context,
        "sales-check-potentials",
        say("sales_check.tables.potentials"),
        _texts(context, "question", "answer", "potential", "action"),
        rows,
        subtitle=say("sales_check.tables.potentials_subtitle", quarter=context.formats.quarter(check.quarter)),
        action=say("sales_check.tables.potentials_action"),
        print_rows=_POTENTIALS_ON_PAPER,
    )


def flips_table(context: Context, check: SalesCheck) -> Table | None:
    """List the questions answered otherwise than the last time; None without any."""
    if not check.flips or check.last_answered is None:
        return None
    say, formats = context.wording.say, context.formats
    before, now = formats.quarter_short(check.last_answered), formats.quarter_short(check.quarter)
    rows = [
        (
            text_cell(question_text(context, entry)),
            text_cell(topic_title(context, entry.question.topic)),
            _answer(context, entry.before),
            _changed(context, entry),
        )
        for entry in check.flips
    ]
    return customer_list(
        context,
        "sales-check-flips",
        say("sales_check.tables.flips"),
        (*_texts(context, "question", "topic"), *text_columns(before, now)),
        rows,
        subtitle=say("sales_check.tables.flips_subtitle", before=before, now=now),
        action=say("sales_check.tables.flips_action"),
        filterable=False,
    )


def all_questions_table(context: Context, check: SalesCheck) -> Table:
    """Show every question answered or measured, topic by topic, for the screen only."""
    say = context.wording.say
    topics = list(dict.fromkeys(question.topic for question in context.dataset.folder.questionnaire.questions))
    ordered = sorted(check.questions, key=lambda entry: topics.index(entry.question.topic))
    rows = [
        (
            text_cell(question_text(context, entry)),
            text_cell(topic_title(context, entry.question.topic)),
            _weight(context, entry.question.weight),
            *_answers(context, check, entry),
            _measured(context, entry),
            text_cell(entry.evidence),
            text_cell(entry.answered_by),
        )
        for entry in ordered
    ]
    return customer_list(
        context,
        "sales-check-questions",
        say("sales_check.tables.all"),
        (
            *_texts(context, "question", "topic"),
            *numeric_columns(say("sales_check.columns.weight")),
            *_texts(context, "answer"),
            *_before(context, check),
            *_texts(context, "found", "evidence", "answered_by"),
        ),
        rows,
        subtitle=say("sales_check.tables.all_subtitle", quarter=context.formats.quarter(check.quarter)),
        folded=True,
        on_paper=False,
    )


def _answers(context: Context, check: SalesCheck, entry: AnsweredQuestion) -> tuple[Cell, ...]:
    """Return the answer now and, where there is an earlier quarter, the one before."""
    now = _changed(context, entry)
    return (now,) if check.last_answered is None else (now, _answer(context, entry.before))


def _answer(context: Context, answer: str) -> Cell:
    if not answer:
        return unknown_cell(context)
    return Cell(answer_word(context, answer), sort=str(_ANSWER_PLACES[answer]))


def _changed(context: Context, entry: AnsweredQuestion) -> Cell:
    """Return the answer now, with an arrow where it became better or worse."""
    word = answer_word(context, entry.answer)
    arrow = {1: f"▲{NO_BREAK_SPACE}", 0: "", -1: f"▼{NO_BREAK_SPACE}"}[entry.direction]
    return Cell(f"{arrow}{word}", sort=str(_ANSWER_PLACES[entry.answer]), tone=_TONES[entry.direction])


def _weight(context: Context, weight: float) -> Cell:
    return Cell(context.formats.number(weight, 0 if weight == int(weight) else 2), sort=str(weight))


def _measured(context: Context, entry: AnsweredQuestion) -> Cell:
    """Return the measured share with its base, marked where it contradicts the answer."""
    if entry.measurement is None:
        return unknown_cell(context)
    tone = Tone.NEUTRAL if not entry.contradicted else Tone.BAD if entry.overstated else Tone.GOOD
    sign = f"≠{NO_BREAK_SPACE}" if entry.contradicted else ""
    text = f"{sign}{context.formats.rate_in_table(entry.measurement.rate)}"
    return Cell(text, sort=str(entry.measurement.rate.share), tone=tone)


def _before(context: Context, check: SalesCheck) -> tuple[Column, ...]:
    if check.last_answered is None:
        return ()
    return text_columns(context.formats.quarter_short(check.last_answered))


def _texts(context: Context, *names: str) -> tuple[Column, ...]:
    return text_columns(*(context.wording.say(f"sales_check.columns.{name}") for name in names))
