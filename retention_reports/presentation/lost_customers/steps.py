"""Win-back in five steps: where the client stands in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.measures.measure_results import Measures
from retention_reports.presentation.lost_customers.told import passed_on_sentence
from retention_reports.presentation.tables import text_cell, text_columns
from retention_reports.presentation.view import Table

if TYPE_CHECKING:
    from retention_reports.analyses.lost_customers.lost_customer_results import LostCustomers
    from retention_reports.analyses.lost_customers.win_back_results import WinBackMeasures, WinBackSteps
    from retention_reports.model.figures import Rate
    from retention_reports.presentation.context import Context

_STEPS = ("identify", "analyse", "act", "control", "second_loyalty")


def steps_table(context: Context, lost: LostCustomers) -> Table | None:
    """Show each step with the client's own figures; None where nobody was ever lost."""
    steps = lost.steps
    if not steps.identified and steps.measures is None and not steps.second_loyalty.n:
        return None
    say = context.wording.say
    told = (
        _identified(context, steps),
        " ".join(filter(None, (_analysed(context, steps.reason_known), passed_on_sentence(context, lost)))),
        _acted(context, steps.measures),
        _controlled(context, steps.measures),
        _second_loyalty(context, steps.second_loyalty),
    )
    return Table(
        identifier="win-back-steps",
        title=say("lost_customers.tables.steps"),
        subtitle=say("lost_customers.tables.steps_subtitle", day=context.formats.day(context.dataset.cut_off)),
        columns=text_columns(*(say(f"lost_customers.columns.{name}") for name in ("step", "standing"))),
        rows=tuple(
            (text_cell(say(f"lost_customers.steps.{name}")), text_cell(text))
            for name, text in zip(_STEPS, told, strict=True)
        ),
    )


def _identified(context: Context, steps: WinBackSteps) -> str:
    count = context.formats.count
    if not context.knows("lost_customers", "steps.identified_by_notice"):
        return context.wording.count("lost_customers.steps.away", steps.identified, n=count(steps.identified))
    noticed = context.wording.count(
        "lost_customers.steps.noticed", steps.identified_by_notice, n=count(steps.identified_by_notice)
    )
    return context.wording.count(
        "lost_customers.steps.identified", steps.identified, n=count(steps.identified), noticed=noticed
    )


def _analysed(context: Context, known: Rate | None) -> str:
    if not context.knows("lost_customers", "steps.reason_known"):
        return context.wording.say("lost_customers.steps.reasons_unknown")
    if known is None or not known.n:
        return context.wording.say("lost_customers.steps.no_reasons")
    return context.wording.say("lost_customers.steps.known", rate=_told(context, known))


def _acted(context: Context, measures: WinBackMeasures | None) -> str:
    if measures is None and not context.knows("lost_customers", "steps.contacted"):
        return context.wording.say("lost_customers.steps.measures_unknown")
    if measures is None:
        return context.wording.say("lost_customers.steps.no_measures")
    count = context.formats.count
    running = context.wording.count("lost_customers.steps.running", measures.running, n=count(measures.running))
    return context.wording.count(
        "lost_customers.steps.contacted", measures.contacted, n=count(measures.contacted), running=running
    )


def _controlled(context: Context, measures: WinBackMeasures | None) -> str:
    if measures is None and not context.knows("lost_customers", "steps.regained"):
        return context.wording.say("lost_customers.steps.measures_unknown")
    if measures is None or not measures.regained.n:
        return context.wording.say("lost_customers.steps.nothing_judged")
    say, formats = context.wording.say, context.formats
    values = {"rate": _told(context, measures.regained), "money": formats.money_short(measures.regained_revenue)}
    if measures.cost is None:
        return say("lost_customers.steps.regained", **values)
    return say("lost_customers.steps.regained_cost", **values, cost=formats.money_short(measures.cost))


def _second_loyalty(context: Context, rate: Rate) -> str:
    say, formats = context.wording.say, context.formats
    sentences = [
        say("lost_customers.steps.still_active", rate=_told(context, rate))
        if rate.n
        else say("lost_customers.steps.nobody_back")
    ]
    measures = next((result for result in context.results.values() if isinstance(result, Measures)), None)
    life = measures.second_life if measures else None
    if life is not None and life.first_month is not None and life.second_month is not None:
        now, before = formats.money(life.second_month), formats.money(life.first_month)
        sentences.append(
            context.wording.count(
                "lost_customers.steps.second_life",
                life.customers,
                n=formats.count(life.customers),
                now=now,
                before=before,
            )
        )
    return " ".join(sentences)


def _told(context: Context, rate: Rate) -> str:
    base, shown = context.formats.k_of_n(rate), context.formats.rate(rate)
    return base if base == shown else f"{base}, {shown}"
