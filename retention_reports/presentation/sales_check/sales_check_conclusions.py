"""What the sales check says: the headline, findings for the first page, decisions, and questions for the staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.questionnaire import ANSWER_VALUES
from retention_reports.presentation.composing import due_day
from retention_reports.presentation.sales_check.sales_check_charts import direction
from retention_reports.presentation.sales_check.words import action_text, answer_word, question_text, shown, testable
from retention_reports.presentation.view import Finding, ListItem, PointList

if TYPE_CHECKING:
    from retention_reports.analyses.sales_check.sales_check_results import (
        AnsweredQuestion,
        Comparison,
        Measurement,
        QuarterResult,
        SalesCheck,
    )
    from retention_reports.presentation.context import Context

_AGENDA_CONTRADICTIONS = 2


def headline(context: Context, check: SalesCheck) -> str:
    """Say in one sentence how the core questions stand and where the score moved."""
    current = check.current
    if current is None:
        return _measured_headline(context, check)
    if current.score is None:
        return context.wording.say("sales_check.headline.uncounted")
    return context.wording.say(
        "sales_check.headline.scored", core=core_clause(context, current), trend=_trend_clause(context, current)
    )


def core_clause(context: Context, current: QuarterResult) -> str:
    """Say how many core questions are answered yes, without a full stop."""
    yes, total = current.core_yes, current.core_n
    if total == 0:
        key = "core_unknown"
    elif total == 1:
        key = "core_only_yes" if yes else "core_only_not"
    else:
        key = "core_all" if yes == total else {0: "core_none", 1: "core_one"}.get(yes, "core_some")
    return context.wording.say(
        f"sales_check.headline.{key}", k=context.formats.count(yes), n=context.formats.count(total)
    )


def lead(context: Context, check: SalesCheck) -> str:
    """Say what the data speaks against and how many answers are open; "" without either."""
    return " ".join(sentence for sentence in (_tested(context, check), _open_answers(context, check)) if sentence)


def contradictions(context: Context, check: SalesCheck) -> PointList | None:
    """List where answer and data part; None where they do not."""
    items = tuple(
        ListItem(
            lead=question_text(context, entry),
            text=_sentence(shown(context, measurement)),
            remark=context.wording.say("sales_check.clarify.remark", answer=answer_word(context, entry.answer)),
        )
        for entry, measurement in _contradicted(check)
    )
    return PointList(context.wording.say("sales_check.clarify.title"), items) if items else None


def findings(context: Context, check: SalesCheck) -> tuple[Finding, ...]:
    """Return the contradictions, then the core questions; money can be named for none of them."""
    if check.current is None or check.current.score is None:
        return ()
    topic = context.wording.say("sales_check.findings.topic")
    texts = [
        context.wording.say(
            f"sales_check.findings.{_kind(entry)}",
            question=question_text(context, entry),
            shown=shown(context, measurement),
        )
        for entry, measurement in _contradicted(check)
    ]
    return tuple(Finding(topic, text, 0) for text in (*texts, headline(context, check)))


def agenda(context: Context, check: SalesCheck) -> tuple[str, ...]:
    """Return what the staff should talk about: the contradictions, and who takes on the heaviest no."""
    questions = [
        context.wording.say(f"sales_check.agenda.{_kind(entry)}", question=question_text(context, entry))
        for entry, _ in _contradicted(check)[:_AGENDA_CONTRADICTIONS]
    ]
    action = next((action_text(context, entry) for entry in check.potentials), "")
    if action:
        questions.append(context.wording.say("sales_check.agenda.potential", day=due_day(context), action=action))
    return tuple(questions)


def _measured_headline(context: Context, check: SalesCheck) -> str:
    answers = [entry.measurement.answer for entry in check.questions if entry.measurement is not None]
    told = [answer for answer in answers if answer]
    if not told:
        return context.wording.say("sales_check.headline.unanswered")
    if len(told) == 1:
        return context.wording.say("sales_check.headline.unanswered_single", answer=answer_word(context, told[0]))
    yes = told.count("yes")
    return context.wording.count(
        "sales_check.headline.unanswered_measured",
        yes,
        k=context.formats.count(yes),
        n=context.formats.count(len(told)),
    )


def _trend_clause(context: Context, current: QuarterResult) -> str:
    compared, formats = current.comparison, context.formats
    if compared is None:
        return context.wording.say("sales_check.headline.first", now=formats.percent(current.score or 0.0, 0))
    key = direction(context, compared.before, compared.now)
    whole = compared.questions == sum(current.count(answer) for answer in ANSWER_VALUES)
    return context.wording.say(
        f"sales_check.headline.{key if whole else f'part_{key}'}",
        before=formats.percent(compared.before, 0),
        now=formats.percent(compared.now, 0),
        quarter=formats.quarter_short(compared.quarter),
        questions=_questions(context, compared),
    )


def _questions(context: Context, compared: Comparison) -> str:
    return context.wording.count(
        "sales_check.headline.questions", compared.questions, n=context.formats.count(compared.questions)
    )


def _tested(context: Context, check: SalesCheck) -> str:
    tested, contradicted = len(testable(check)), len(check.contradictions)
    if tested == 0:
        return ""
    if tested == 1:
        return context.wording.say(f"sales_check.lead.{'single_contradicts' if contradicted else 'single_agrees'}")
    return context.wording.count(
        "sales_check.lead.contradicted",
        contradicted,
        k=context.formats.count(contradicted),
        n=context.formats.count(tested),
    )


def _open_answers(context: Context, check: SalesCheck) -> str:
    if check.current is None:
        return ""
    number = check.current.count("unknown") + check.current.count("unanswered")
    if number == 0:
        return ""
    return context.wording.count("sales_check.lead.open", number, n=context.formats.count(number))


def _contradicted(check: SalesCheck) -> list[tuple[AnsweredQuestion, Measurement]]:
    return [(entry, entry.measurement) for entry in check.contradictions if entry.measurement is not None]


def _kind(entry: AnsweredQuestion) -> str:
    return "overstated" if entry.overstated else "understated"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
