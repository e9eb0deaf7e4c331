"""What cross-selling says: the headline, the finding, what is to be decided, and which patterns help a talk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.cross_selling.campaigns import campaigns
from retention_reports.presentation.gate import worth_naming
from retention_reports.presentation.view import Finding, Paragraphs

if TYPE_CHECKING:
    from retention_reports.analyses.cross_selling.cross_selling_results import (
        Affinity,
        CrossSelling,
        Opening,
        WhiteSpace,
    )
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.cross_selling.campaigns import Campaign

_NAMED = 3
_LONE = "cross_selling.headline.lone"
_FEWEST_FOLLOWERS = 2


def headline(context: Context, result: CrossSelling, space: WhiteSpace) -> str:
    """Say how many customers buy from one category only, and what their peers' purchases would be worth."""
    say, formats = context.wording.say, context.formats
    rate = space.single_category
    single = context.wording.count(
        _LONE if rate.n == 1 else "cross_selling.headline.single",
        rate.k,
        k=formats.count(rate.k),
        n=formats.count(rate.n),
    )
    if result.total is not None and result.total.value and not worth_naming(result.total.value):
        return say("cross_selling.headline.alone", single=single)
    if result.total is None or result.total.value == 0:
        return say(f"cross_selling.headline.{'unknown' if result.total is None else 'nothing'}", single=single)
    return say(
        "cross_selling.headline.potential",
        single=single,
        value=formats.money_short(result.total.value),
        low=formats.money_short(result.total.low),
        high=formats.money_short(result.total.high),
    )


def findings(context: Context, result: CrossSelling) -> tuple[Finding, ...]:
    """Return the campaign with the most money as a finding."""
    found = campaigns(context, result)
    if not found or not worth_naming(found[0].total):
        return ()
    key = "campaign" if found[0].segment else "unsegmented"
    words = _campaign_words(context, found[0])
    text = context.wording.count(f"cross_selling.findings.{key}", len(found[0].entries), **words)
    return (Finding(context.wording.say("cross_selling.findings.topic"), text, found[0].total),)


def agenda(context: Context, space: WhiteSpace | None) -> tuple[str, ...]:
    """Ask about the customers with one category."""
    if space is None or not space.single_category.k:
        return ()
    count = space.single_category.k
    return (context.wording.count("cross_selling.agenda", count, n=context.formats.count(count)),)


def patterns(context: Context, result: CrossSelling) -> Paragraphs | None:
    """Say which categories go together and which one follows which, where the data shows any."""
    texts = [
        *(_together(context, pair) for pair in result.affinities[:1] if pair.together),
        *(_opened(context, entry) for entry in result.openings[:1] if entry.rate.k >= _FEWEST_FOLLOWERS),
    ]
    return Paragraphs(tuple(texts)) if texts else None


def segment_name(context: Context, segment: str) -> str:
    """Return the segment, or a word for those without."""
    return segment or context.wording.say("common.no_segment")


def _campaign_words(context: Context, campaign: Campaign) -> dict[str, str]:
    formats = context.formats
    return {
        "segment": campaign.segment,
        "category": campaign.category,
        "n": formats.count(len(campaign.entries)),
        "buyers": formats.k_of_n(campaign.buyers),
        "each": formats.money_short(campaign.each),
        "total": formats.money_short(campaign.total),
        "names": formats.listing([entry.name for entry in campaign.entries[:_NAMED]]),
    }


def _together(context: Context, pair: Affinity) -> str:
    return context.wording.say(
        "cross_selling.patterns.together",
        first=pair.first,
        second=pair.second,
        rate=context.formats.rate(pair.rate),
        base=context.formats.k_of_n(pair.rate),
        without=context.formats.rate(pair.without),
    )


def _opened(context: Context, entry: Opening) -> str:
    return context.wording.say(
        "cross_selling.patterns.opened",
        first=entry.first,
        second=entry.second,
        base=context.formats.k_of_n(entry.rate),
    )
