"""What each decision is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.sales_check.words import in_language
from retention_reports.recommending.kinds import Kind

if TYPE_CHECKING:
    from retention_reports.presentation.context import Context
    from retention_reports.recommending.results import Decision


def decision_title(context: Context, decision: Decision) -> str:
    """Return the decision in a few words, the consultant's own where there are any."""
    if decision.wording:
        return decision.wording
    say = context.wording.say
    if decision.kind is Kind.REMOVE_CAUSE:
        return say("recommendations.title.remove_cause", reason=say(f"lost_customers.reason.{decision.subject}"))
    if decision.kind in (Kind.EXTEND_MEASURE, Kind.STOP_MEASURE):
        return say(f"recommendations.title.{decision.kind}", title=measure_title(context, decision.subject))
    if decision.kind is Kind.CHANGE_PRACTICE:
        question = context.dataset.folder.questionnaire.question(decision.subject)
        return "" if question is None else in_language(context, question.action)
    number = len(decision.entries)
    return context.wording.count(f"recommendations.title.{decision.kind}", number, n=context.formats.count(number))


def list_anchor(kind: Kind) -> str:
    """Return where the list of a kind stands in the page."""
    return f"list-{kind.replace('_', '-')}"


def measure_title(context: Context, measure_id: str) -> str:
    """Return what the client calls a measure; its id where it has no title."""
    table = context.dataset.table("measures")
    titles = [] if table is None else table.loc[table["measure_id"] == measure_id, "title"].tolist()
    return min(filter(None, titles), default=measure_id)
