"""What could not be measured, and what would be needed, as sentences for the appendix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention_reports.model.figures import Missing
    from retention_reports.presentation.context import Context

_STANDARD_PATHS = {"answers": "sales_check/answers.csv"}
"""Where files lie in standard form, if not in the client's folder under their own name."""


def grouped_missing(context: Context, section: str, missing: Iterable[Missing]) -> tuple[str, ...]:
    """Return one sentence a reason: `<section>.missing.figures` with the names of the figures.

    The name of a figure is `<section>.missing.names.<first part of its key>`; figures of one name are said once.
    """
    names_by_reason: dict[str, list[str]] = {}
    for entry in missing:
        name = context.wording.say(f"{section}.missing.names.{entry.key.split('.')[0]}")
        names = names_by_reason.setdefault(reason_text(context, entry), [])
        if name not in names:
            names.append(name)
    return tuple(
        context.wording.say(f"{section}.missing.figures", names=context.formats.listing(names), reason=reason)
        for reason, names in names_by_reason.items()
    )


def reason_text(context: Context, entry: Missing) -> str:
    """Return why a figure is missing, as part of a sentence."""
    if entry.reason is not Unknown.NO_FILE:
        return context.wording.say(f"common.unknown_reasons.{entry.reason}", detail=entry.detail)
    files = [_STANDARD_PATHS.get(name, f"{name}.csv") for name in entry.detail.split(", ")]
    return context.wording.count("common.unknown_reasons.no_file", len(files), files=context.formats.listing(files))
