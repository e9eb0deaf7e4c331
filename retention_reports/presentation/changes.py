"""Changes of key figures: how much, against what, and whether that is welcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.charts.sparkline import Sparkline, draw_sparkline
from retention_reports.charts.style import Effect
from retention_reports.presentation.gate import comparable
from retention_reports.presentation.view import Change, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.model.figures import Rate
    from retention_reports.presentation.context import Context

_TONES = {Effect.GOOD: Tone.GOOD, Effect.BAD: Tone.BAD, Effect.NEUTRAL: Tone.NEUTRAL}


def effect_of(change: float, *, more_is_better: bool = True) -> Effect:
    """Tell whether a change is welcome."""
    if change == 0:
        return Effect.NEUTRAL
    return Effect.GOOD if (change > 0) == more_is_better else Effect.BAD


def tone_of(effect: Effect) -> Tone:
    """Return the page's tone of an effect."""
    return _TONES[effect]


def count_change(
    context: Context, now: int | None, then: int | None, against: str, *, more_is_better: bool = True
) -> Change | None:
    """Return the difference of two counts, or None where one is unknown."""
    if now is None or then is None:
        return None
    return _change(context, now - then, context.formats.signed(now - then), against, more_is_better=more_is_better)


def money_change(
    context: Context, now: int | None, then: int | None, against: str, *, more_is_better: bool = True
) -> Change | None:
    """Return the relative change of an amount, or None where one is unknown or they do not compare."""
    if now is None or then is None or not comparable(now, then):
        return None
    text = context.formats.signed_percent((now - then) / then)
    return _change(context, now - then, text, against, more_is_better=more_is_better)


def rate_change(context: Context, now: Rate | None, then: Rate | None, against: str) -> Change | None:
    """Return the difference of two rates in percentage points, or None where one is unknown."""
    if now is None or then is None or now.share is None or then.share is None:
        return None
    difference = round((now.share - then.share) * 100, 1)
    return _change(context, difference, context.formats.points(now.share - then.share), against, more_is_better=True)


def plan_variance(difference: float | None, text: str, against: str) -> Change:
    """Hold a value against its plan, where more is good: `text` is the signed difference; alone where it is unknown."""
    if difference is None:
        return Change("", against, Tone.NEUTRAL, 0)
    direction = (difference > 0) - (difference < 0)
    return Change(text, against, tone_of(effect_of(difference)), direction)


def sparkline(context: Context, label: str, values: Sequence[float | None], *, more_is_better: bool = True) -> str:
    """Return a small line of the last quarters; its end dot shows the last change's effect. "" without two values."""
    known = [value for value in values if value is not None]
    if len(known) < 2:  # noqa: PLR2004 -- a line needs two points
        return ""
    effect = effect_of(known[-1] - known[-2], more_is_better=more_is_better)
    title = context.wording.say("common.trend", label=label, n=context.formats.count(len(values)))
    return draw_sparkline(Sparkline(tuple(values), effect=effect, title=title))


def _change(context: Context, change: float, text: str, against: str, *, more_is_better: bool) -> Change:
    direction = (change > 0) - (change < 0)
    tone = tone_of(effect_of(change, more_is_better=more_is_better))
    shown = text if direction else context.wording.say("common.unchanged")
    return Change(shown, context.wording.say(f"common.against_{against}"), tone, direction)
