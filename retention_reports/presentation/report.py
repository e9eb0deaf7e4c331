"""The whole report as a view: summary, sections, appendix."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.model.provenance import DataState
from retention_reports.presentation.actions.action_section import present_work_lists
from retention_reports.presentation.agenda import with_agenda
from retention_reports.presentation.appendix import (
    present_data_quality,
    present_method,
    present_not_measured,
    present_provenance,
)
from retention_reports.presentation.cards.card_section import present_cards
from retention_reports.presentation.notes import note_html
from retention_reports.presentation.recommendations.recommendation_section import present_amended, present_hit_rate
from retention_reports.presentation.restated import present_restated
from retention_reports.presentation.story import in_order
from retention_reports.presentation.summary import present_summary
from retention_reports.presentation.view import ReportView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_reports.model.provenance import Provenance
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import SectionView


def present_report(context: Context, sections: Sequence[SectionView], provenance: Provenance) -> ReportView:
    """Join what the sections show with the summary and the appendix; sections without rows are only named there."""
    notes = _notes(context)
    told = [replace(view, notes_html=notes.get(view.key, "")) for view in sections if view.rows]
    shown = in_order(told, context.register)
    appendix = (
        present_method(context, shown),
        present_data_quality(context),
        present_not_measured(context, sections),
        present_restated(context),
        present_amended(context),
        present_hit_rate(context),
        present_provenance(context, provenance),
    )
    lists = present_work_lists(context)
    say, formats = context.wording.say, context.formats
    quarter, name = formats.quarter(context.quarter), context.client.name
    if context.client.pseudonymised:
        name = say("report.pseudonymised", client=name)
    return ReportView(
        language=context.wording.language,
        title=say("report.title", client=name, quarter=quarter),
        client_name=name,
        period=quarter[:1].upper() + quarter[1:],
        as_of=say("report.as_of", day=formats.long_day(context.dataset.cut_off)),
        footer=_footer(context, provenance),
        logo_data_url=context.client.branding.logo_data_url,
        colour=context.client.branding.colour,
        summary=present_summary(context, shown, notes.get("", "")),
        sections=with_agenda(context, shown),
        appendix=tuple(view for view in appendix if view is not None),
        cards=present_cards(context, (*shown, lists) if lists else shown),
        lists=lists,
        words=context.wording.group("report.words"),
    )


def _notes(context: Context) -> Mapping[str, str]:
    notes = context.dataset.folder.notes.get(str(context.quarter))
    return {} if notes is None else {key: note_html(text) for key, text in notes.texts.items()}


def _footer(context: Context, provenance: Provenance) -> str:
    """Say in plain words how good the data's state is; its commit stands in the appendix."""
    known = provenance.commit_short is not None and provenance.state in (DataState.CLEAN, DataState.DIRTY)
    state = provenance.state if known else DataState.UNVERSIONED
    day = context.formats.long_day(context.dataset.cut_off)
    return context.wording.say(f"appendix.provenance.footer.{state}", day=day)
