"""What the losses say: headline, the first page's finding, decisions, and key figure, questions for the staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.changes import money_change
from retention_reports.presentation.gate import worth_naming
from retention_reports.presentation.lost_customers.reasons import (
    avoidable_share,
    department_name,
    main_avoidable,
    reason_name,
)
from retention_reports.presentation.view import Finding, KeyFigure

if TYPE_CHECKING:
    from retention_reports.analyses.lost_customers.lost_customer_results import LostCustomers
    from retention_reports.presentation.context import Context

_ORDER = 45


def headline(context: Context, lost: LostCustomers) -> str:
    """Say in one sentence how many customers were lost, against the year before, and what they took along."""
    say, formats, rate = context.wording.say, context.formats, lost.now.lost
    if rate is None:
        return say("lost_customers.headline.unknown", day=formats.long_day(context.dataset.data_from))
    said = context.wording.count("lost_customers.headline.lost", rate.k, n=formats.count(rate.k))
    if lost.before.lost is not None:
        said = say("lost_customers.headline.compared", lost=said, change=_change(context, rate.k, lost.before.lost.k))
    if lost.now.revenue_year is None or not rate.k or not worth_naming(lost.now.revenue_year):
        return say("lost_customers.headline.alone", lost=said)
    money = formats.money_short(lost.now.revenue_year)
    return context.wording.count("lost_customers.headline.with_money", rate.k, lost=said, money=money)


def findings(context: Context, lost: LostCustomers) -> tuple[Finding, ...]:
    """Return the avoidable losses as a finding, else all losses; nothing where they cost nothing or an unknown sum."""
    topic = context.wording.say("lost_customers.findings.topic")
    avoidable, main = avoidable_share(lost), main_avoidable(lost)
    if avoidable is not None and main is not None and avoidable.revenue_year and worth_naming(avoidable.revenue_year):
        text = context.wording.count(
            "lost_customers.findings.avoidable",
            avoidable.customers,
            n=context.formats.count(avoidable.customers),
            all=context.formats.count(len(lost.customers)),
            money=context.formats.money_short(avoidable.revenue_year),
            reason=reason_name(context, main.reason),
        )
        return (Finding(topic, text, avoidable.revenue_year, "lost"),)
    if lost.now.revenue_year and worth_naming(lost.now.revenue_year) and lost.customers:
        return (Finding(topic, headline(context, lost), lost.now.revenue_year, "lost"),)
    return ()


def key_figures(context: Context, lost: LostCustomers) -> tuple[KeyFigure, ...]:
    """Return the yearly revenue lost, where it is known."""
    if lost.now.lost is None or lost.now.revenue_year is None:
        return ()
    change = money_change(context, lost.now.revenue_year, lost.before.revenue_year, "year", more_is_better=False)
    note = context.wording.count(
        "lost_customers.key_figures.customers", lost.now.lost.k, n=context.formats.count(lost.now.lost.k)
    )
    return (
        KeyFigure(
            key="lost_customers.lost_12m.revenue_year",
            order=_ORDER,
            label=context.wording.say("lost_customers.key_figures.revenue"),
            value=context.formats.money_short(lost.now.revenue_year),
            note=note,
            changes=(change,) if change is not None else (),
        ),
    )


def agenda(context: Context, lost: LostCustomers) -> tuple[str, ...]:
    """Return questions on the main avoidable reason, and on the losses that nobody can explain."""
    questions = []
    main = main_avoidable(lost)
    if main is not None:
        questions.append(
            context.wording.count(
                "lost_customers.agenda.reason",
                main.customers,
                n=context.formats.count(main.customers),
                reason=reason_name(context, main.reason),
                department=department_name(context, main.reason.department),
            )
        )
    unknown = len(lost.call_list) if lost.reason_known is not None else 0
    if unknown:
        questions.append(
            context.wording.count("lost_customers.agenda.unknown", unknown, n=context.formats.count(unknown))
        )
    return tuple(questions)


def _change(context: Context, now: int, then: int) -> str:
    if now == then:
        return context.wording.say("lost_customers.headline.same")
    key = "more" if now > then else "fewer"
    return context.wording.count(
        f"lost_customers.headline.{key}", abs(now - then), n=context.formats.count(abs(now - then))
    )
