"""The five demands on segments as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.tables import text_cell, text_columns
from retention_reports.presentation.view import Cell, Table, Tone

if TYPE_CHECKING:
    from retention_reports.analyses.segments.segment_results import Demands
    from retention_reports.presentation.context import Context

_TONES = {"met": Tone.GOOD, "unmet": Tone.BAD}


def demands_table(context: Context, demands: Demands | None) -> Table | None:
    """Show each demand with its verdict and figure; None without segments."""
    if demands is None:
        return None
    say = context.wording.say
    texts = _texts(context, demands)
    return Table(
        identifier="segment-demands",
        title=say("segments.tables.demands"),
        subtitle=say("segments.tables.demands_subtitle"),
        action=say("segments.tables.demands_action") if "unmet" in demands.verdicts.values() else "",
        columns=text_columns(*(say(f"segments.columns.{name}") for name in ("demand", "verdict", "figure"))),
        rows=tuple(
            (
                text_cell(say(f"segments.demands.{name}")),
                Cell(say(f"segments.demands.{verdict}"), tone=_TONES.get(verdict, Tone.NEUTRAL)),
                text_cell(texts[name]),
            )
            for name, verdict in demands.verdicts.items()
        ),
    )


def _texts(context: Context, demands: Demands) -> dict[str, str]:
    say, formats = context.wording.say, context.formats
    alike = different = say("segments.demands.alike_unknown")
    if demands.explained is not None and demands.chance is not None:
        alike = say("segments.demands.alike_text", share=formats.percent(demands.explained, 0))
        different = say("segments.demands.different_text", share=formats.percent(demands.chance))
    addressable = say("segments.demands.addressable_unknown")
    if demands.addressable is not None and demands.weakest is not None:
        name, least = demands.weakest
        rate = formats.k_of_n(demands.addressable)
        addressable = say("segments.demands.addressable_text", rate=rate, weakest=name, least=formats.k_of_n(least))
    few = context.wording.count(
        "segments.demands.few_text",
        len(demands.names),
        n=formats.count(len(demands.names)),
        smallest=formats.count(min(number for _, number in demands.names)),
    )
    return {
        "alike": alike,
        "different": different,
        "measurable": say("segments.demands.measurable_text", rate=formats.k_of_n(demands.measurable)),
        "addressable": addressable,
        "few": few,
    }
