"""The appendix: how figures are defined, how good the data is, what was not measured, and where it all comes from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from retention_reports.messages import kind_name
from retention_reports.presentation.tables import count_cell, numeric_columns, text_cell, text_columns
from retention_reports.presentation.view import ListItem, PointList, Row, SectionView, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.model.folder import RowAccount
    from retention_reports.model.provenance import Provenance
    from retention_reports.presentation.context import Context

_WARNINGS_SHOWN = 15
_GENERAL = ("rates", "decisions")


def present_method(context: Context, sections: Sequence[SectionView]) -> SectionView:
    """List every definition the report uses, section by section."""
    say = context.wording.say
    lists = [
        PointList(
            view.title,
            tuple(ListItem(f"{entry.term}.", entry.text) for entry in view.method),
            dense=True,
            anchor=f"method-{view.key}",
        )
        for view in sections
        if view.method
    ]
    general = (ListItem(say(f"appendix.method.{name}_term"), say(f"appendix.method.{name}_text")) for name in _GENERAL)
    lists.append(PointList(say("appendix.method.general"), tuple(general), dense=True))
    return _section(context, "method", tuple(Row((points,)) for points in lists))


def present_data_quality(context: Context) -> SectionView:
    """Account for every row and name what is odd in the data."""
    folder = context.dataset.folder
    rows = [Row((_accounts_table(context, folder.accounts),))]
    if folder.warnings:
        rows.append(Row((_warnings_table(context),)))
    if folder.remarks:
        rows.append(Row((_remarks(context),)))
    headline = context.wording.count(
        "appendix.data_quality.headline",
        len(folder.warnings),
        n=context.formats.count(len(folder.warnings)),
        rows=context.formats.count(sum(account.rows_in for account in folder.accounts)),
    )
    return _section(context, "data_quality", tuple(rows), headline)


def present_not_measured(context: Context, sections: Sequence[SectionView]) -> SectionView | None:
    """List what could not be measured and what would be needed; None where nothing is missing."""
    sentences = [sentence for view in sections for sentence in view.missing]
    if not sentences:
        return None
    points = PointList("", tuple(ListItem("", sentence) for sentence in sentences))
    return _section(context, "not_measured", (Row((points,)),))


def present_provenance(context: Context, provenance: Provenance) -> SectionView:
    """Say which version of which files the report rests on."""
    say = context.wording.say
    items = [
        ListItem(say("appendix.provenance.commit"), _commit_text(context, provenance)),
        ListItem(say("appendix.provenance.state"), say(f"appendix.provenance.states.{provenance.state}")),
        ListItem(say("appendix.provenance.fingerprint"), provenance.fingerprint),
        ListItem(say("appendix.provenance.tool"), f"retention-reports {provenance.tool_version}"),
    ]
    files = Table(
        identifier="files-read",
        title=say("appendix.provenance.files"),
        columns=(
            *text_columns(say("appendix.provenance.file")),
            *numeric_columns(say("appendix.provenance.bytes")),
            *text_columns("SHA-256"),
        ),
        rows=tuple(
            (text_cell(file.path), count_cell(context, file.size), text_cell(file.sha256[:16]))
            for file in context.dataset.folder.files
        ),
        on_paper=False,
    )
    return _section(context, "provenance", (Row((PointList("", tuple(items)),)), Row((files,))))


def _commit_text(context: Context, provenance: Provenance) -> str:
    if provenance.commit_short is None or provenance.committed_on is None:
        return context.wording.say(f"appendix.provenance.unknown.{provenance.reason or 'not_a_repository'}")
    return context.wording.say(
        "appendix.provenance.commit_text",
        commit=provenance.commit_short,
        day=context.formats.long_day(provenance.committed_on),
    )


def _accounts_table(context: Context, accounts: Sequence[RowAccount]) -> Table:
    say = context.wording.say
    return Table(
        identifier="row-accounts",
        title=say("appendix.data_quality.accounts"),
        subtitle=say("appendix.data_quality.accounts_subtitle"),
        columns=(
            *text_columns(say("appendix.data_quality.table")),
            *numeric_columns(
                say("appendix.data_quality.rows_in"),
                say("appendix.data_quality.rows_used"),
                say("appendix.data_quality.left_out"),
            ),
            *text_columns(say("appendix.data_quality.why")),
        ),
        rows=tuple(
            (
                text_cell(say(f"appendix.tables.{account.table}")),
                count_cell(context, account.rows_in),
                count_cell(context, account.rows_used),
                count_cell(context, sum(entry.rows for entry in account.left_out)),
                text_cell(_reasons(context, account)),
            )
            for account in accounts
        ),
    )


def _remarks(context: Context) -> PointList:
    """What is good to know of single files, such as which columns nobody reads."""
    language = context.wording.language
    items = (
        ListItem(
            remark.location.path,
            remark.message if isinstance(remark.message, str) else remark.message.said_in(language),
        )
        for remark in context.dataset.folder.remarks
    )
    return PointList(context.wording.say("appendix.data_quality.remarks"), tuple(items), dense=True)


def _reasons(context: Context, account: RowAccount) -> str:
    return "; ".join(
        context.wording.say(
            "appendix.data_quality.reason",
            n=context.formats.count(entry.rows),
            reason=context.wording.say(f"appendix.left_out.{entry.reason}"),
        )
        for entry in account.left_out
        if entry.rows
    )


def _warnings_table(context: Context) -> Table:
    say = context.wording.say
    warnings = context.dataset.folder.warnings
    counts = Counter(warning.kind for warning in warnings)
    first = {warning.kind: warning for warning in reversed(warnings)}
    ranked = sorted(counts, key=lambda kind: (-counts[kind], kind))
    return Table(
        identifier="warnings",
        title=say("appendix.data_quality.warnings"),
        subtitle=say("appendix.data_quality.warnings_subtitle"),
        columns=(
            *text_columns(say("appendix.data_quality.kind")),
            *numeric_columns(say("appendix.data_quality.number")),
            *text_columns(say("appendix.data_quality.first_place")),
        ),
        rows=tuple(
            (
                text_cell(kind_name(kind, context.wording.language)),
                count_cell(context, counts[kind]),
                text_cell(str(first[kind].location)),
            )
            for kind in ranked
        ),
        print_rows=_WARNINGS_SHOWN,
    )


def _section(context: Context, key: str, rows: tuple[Row, ...], headline: str = "") -> SectionView:
    say = context.wording.say
    return SectionView(
        key=key.replace("_", "-"),
        title=say(f"appendix.{key}.title"),
        headline=headline or say(f"appendix.{key}.headline"),
        rows=rows,
    )
