"""What the staff meeting should talk about, as questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retention_reports.analyses.measures.measure_results import AgendaQuestion, Measures
    from retention_reports.presentation.context import Context

_MOST = 4
_NAMED = 3


def questions(context: Context, found: Measures) -> tuple[str, ...]:
    """Return one question a kind of matter, naming the measures it is about, in the order of the analysis."""
    by_key: dict[str, list[AgendaQuestion]] = {}
    for entry in found.agenda:
        by_key.setdefault(entry.key, []).append(entry)
    return tuple(_question(context, found, key, entries) for key, entries in by_key.items())[:_MOST]


def quoted(context: Context, titles: list[str]) -> str:
    """Return titles of measures in quotes, the first few and how many more."""
    shown = [context.wording.say("measures.quoted", title=title) for title in titles[:_NAMED]]
    more = len(titles) - len(shown)
    if more:
        shown.append(context.wording.count("measures.more", more, n=context.formats.count(more)))
    return context.formats.listing(shown)


def _question(context: Context, found: Measures, key: str, entries: list[AgendaQuestion]) -> str:
    formats = context.formats
    if key == "lost_not_contacted":
        missed, lost = (int(entries[0].facts[name]) for name in ("k", "n"))
        return context.wording.count(f"measures.agenda.{key}", missed, k=formats.count(missed), n=formats.count(lost))
    if key == "no_open_measure":
        kinds = [context.wording.say(f"measures.purposes.{entry.facts['kind']}") for entry in entries]
        return context.wording.say(f"measures.agenda.{key}", kinds=formats.listing(kinds))
    titles = {entry.measure_id: entry.title for entry in (*found.status, *found.ideas)}
    named = quoted(context, [titles[entry.measure_id] for entry in entries if entry.measure_id])
    return context.wording.count(f"measures.agenda.{key}", len(entries), titles=named)
