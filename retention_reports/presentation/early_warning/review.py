"""How the chances did in past quarters, beside the days since the last purchase and all customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.tables import numeric_columns, text_cell, text_columns, unknown_cell
from retention_reports.presentation.view import Cell, Table

if TYPE_CHECKING:
    from retention_reports.analyses.early_warning.early_warning_results import EarlyWarning
    from retention_reports.analyses.early_warning.review_results import Ranking
    from retention_reports.model.figures import Rate
    from retention_reports.presentation.context import Context


def review_table(context: Context, warning: EarlyWarning) -> Table | None:
    """Show hits on the list and the area under the curve of each rule; None where none could be tested."""
    review, say = warning.review, context.wording.say
    if review is None:
        return None
    rows = [
        (
            text_cell(say(f"early_warning.review.{name}")),
            _auc_cell(context, ranking),
            _hits_cell(context, ranking.precision),
        )
        for name, ranking in (("model", review.model), ("recency", review.recency))
    ]
    nothing = unknown_cell(context)
    if review.called is not None:
        rows.append((text_cell(say("early_warning.review.called")), nothing, _hits_cell(context, review.called)))
    if review.called_by_recency is not None:
        label = text_cell(say("early_warning.review.called_by_recency"))
        rows.append((label, nothing, _hits_cell(context, review.called_by_recency)))
    rows.append((text_cell(say("early_warning.review.everyone")), nothing, _hits_cell(context, review.base)))
    formats = context.formats
    return Table(
        identifier="early-warning-review",
        title=say("early_warning.tables.review"),
        subtitle=say(
            "early_warning.tables.review_subtitle",
            first=formats.quarter(review.quarters[-1]),
            last=formats.quarter(review.quarters[0]),
            length=formats.count(review.length),
        ),
        columns=(
            *text_columns(say("early_warning.columns.rule")),
            *numeric_columns(*(say(f"early_warning.columns.{name}") for name in ("auc", "not_bought"))),
        ),
        rows=tuple(rows),
    )


def calibration_table(context: Context, warning: EarlyWarning) -> Table | None:
    """Hold the expected chances against what came, fifth by fifth; None where nothing could be tested."""
    review, say = warning.review, context.wording.say
    if review is None:
        return None
    rows = tuple(
        (
            text_cell(say(f"early_warning.review.fifth_{number}")),
            Cell(context.formats.percent(fifth.expected, 0), sort=str(fifth.expected)),
            _hits_cell(context, fifth.observed),
        )
        for number, fifth in enumerate(review.calibration, start=1)
    )
    return Table(
        identifier="early-warning-calibration",
        title=say("early_warning.tables.calibration"),
        subtitle=say("early_warning.tables.calibration_subtitle"),
        columns=(
            *text_columns(say("early_warning.columns.fifth")),
            *numeric_columns(*(say(f"early_warning.columns.{name}") for name in ("expected", "not_bought"))),
        ),
        rows=rows,
    )


def _auc_cell(context: Context, ranking: Ranking) -> Cell:
    number = context.formats.number
    span = context.wording.say("common.range", low=number(ranking.low, 2), high=number(ranking.high, 2))
    return Cell(f"{number(ranking.auc, 2)} ({span})", sort=str(ranking.auc))


def _hits_cell(context: Context, rate: Rate) -> Cell:
    return Cell(context.formats.rate_in_table(rate), sort=str(rate.share or 0))
