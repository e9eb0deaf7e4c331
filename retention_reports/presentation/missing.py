"""What could not be measured, and what would be needed, as sentences for the appendix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import Unknown
from retention_reports.model.needs import true_reason, unmet_needs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention_reports.model.figures import Missing
    from retention_reports.presentation.context import Context

_STANDARD_PATHS = {"answers": "sales_check/answers.csv"}
"""Where files lie in standard form, if not in the client's folder under their own name."""

_WHOLE_SECTION = ("all", "year")
"""Names under which an analysis says that nothing of its section can be known."""


def grouped_missing(context: Context, section: str, missing: Iterable[Missing]) -> tuple[str, ...]:
    """Return one sentence a reason: `<section>.missing.figures` with the names of the figures.

    `missing` is what the section's analysis found; what the table of needs adds is said, too. The name of a figure is
    `<section>.missing.names.<first part of its key>`; figures of one name are said once.
    """
    named = [(entry.key.split(".")[0], entry) for entry in missing]
    named += _needed(context, section, named)
    names_by_reason: dict[str, list[str]] = {}
    for key, entry in named:
        name = context.wording.say(f"{section}.missing.names.{key}")
        names = names_by_reason.setdefault(reason_text(context, entry), [])
        if name not in names:
            names.append(name)
    return tuple(
        context.wording.say(f"{section}.missing.figures", names=context.formats.listing(names), reason=reason)
        for reason, names in names_by_reason.items()
    )


def _needed(context: Context, section: str, named: list[tuple[str, Missing]]) -> list[tuple[str, Missing]]:
    """Return what the table of needs adds, with its names, to what is said already; a file's absence is said once."""
    if any(name in _WHOLE_SECTION for name, _ in named):
        return []
    told = {entry.key for _, entry in named} | {name for name, _ in named}
    files = {(entry.reason, entry.detail) for _, entry in named if entry.reason in (Unknown.NO_FILE, Unknown.NO_ROWS)}
    return [
        (unmet.name, unmet.missing[0])
        for unmet in unmet_needs(context.dataset, section)
        if unmet.name not in told and told.isdisjoint(unmet.keys) and (unmet.reason, unmet.detail) not in files
    ]


def reason_text(context: Context, entry: Missing) -> str:
    """Return why a figure is missing, as part of a sentence."""
    entry = true_reason(context.dataset, entry)
    if entry.reason is not Unknown.NO_FILE:
        return context.wording.say(f"common.unknown_reasons.{entry.reason}", detail=entry.detail)
    files = [_STANDARD_PATHS.get(name, f"{name}.csv") for name in entry.detail.split(", ")]
    return context.wording.count("common.unknown_reasons.no_file", len(files), files=context.formats.listing(files))
