"""The pictures of the three pillars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.revenue_bridge import MOVEMENTS
from retention_reports.charts.frame import HALF_WIDTH, Group, Value
from retention_reports.charts.stacked_columns import StackedColumn, StackedColumns, draw_stacked_columns
from retention_reports.charts.style import Effect, Role
from retention_reports.charts.waterfall import Level, Movement, Waterfall, draw_waterfall
from retention_reports.model.money import THOUSAND
from retention_reports.presentation.changes import effect_of
from retention_reports.presentation.gate import enough
from retention_reports.presentation.view import Chart

if TYPE_CHECKING:
    from retention_reports.analyses.pillars.pillar_analysis import Pillars
    from retention_reports.analyses.pillars.pillar_results import PillarFigures
    from retention_reports.analyses.revenue_bridge import RevenueBridge
    from retention_reports.presentation.context import Context

FIRST_PAGE_HEIGHT = 185
GROUPS = (
    ("loyal", Role.LOYAL),
    ("new", Role.NEW),
    ("won_back", Role.WON_BACK),
    ("lost", Role.LOST),
    ("unassigned", Role.UNASSIGNED),
)


def customer_bridge_chart(context: Context, pillars: Pillars, *, height: float = FIRST_PAGE_HEIGHT) -> Chart | None:
    """Draw the customers from opening to closing; None where the data is too young."""
    bridge = pillars.current.bridge
    if bridge.opening is None or bridge.closing is None:
        return None
    formats, say = context.formats, context.wording.say
    opening_day = context.quarter.previous.last_day
    steps = (
        Level(
            say("pillars.bridge.opening", day=formats.short_day(opening_day)),
            bridge.opening,
            formats.count(bridge.opening),
        ),
        _customers(context, "new", bridge.new or 0, Effect.GOOD),
        _customers(context, "won_back", bridge.won_back or 0, Effect.GOOD),
        _customers(context, "lost", -(bridge.lost or 0), Effect.BAD),
        Level(
            say("pillars.bridge.closing", day=formats.short_day(context.dataset.cut_off)),
            bridge.closing,
            formats.count(bridge.closing),
        ),
    )
    title = bridge_title(context, bridge.closing - bridge.opening)
    description = say(
        "pillars.bridge.description",
        opening=formats.count(bridge.opening),
        closing=formats.count(bridge.closing),
        **{"from": formats.long_day(opening_day), "to": formats.long_day(context.dataset.cut_off)},
    )
    svg = draw_waterfall(
        Waterfall(
            identifier="customer-bridge",
            title=title,
            description=description,
            width=HALF_WIDTH,
            steps=steps,
            height=height,
        )
    )
    return Chart(title, say("pillars.bridge.subtitle", quarter=formats.quarter(context.quarter)), svg)


def movements_chart(context: Context, pillars: Pillars) -> Chart | None:
    """Draw who came and who left in each quarter in which it is known; None where it is known in none."""
    known = [entry for entry in pillars.history if entry.bridge.opening is not None]
    if not known:
        return None
    formats, say = context.formats, context.wording.say
    shown = (("new", Role.NEW, 1), ("won_back", Role.WON_BACK, 1), ("lost", Role.LOST, -1))
    columns = tuple(
        StackedColumn(
            label=f"Q{entry.quarter.number}",
            values=tuple(_signed_count(context, sign * (getattr(entry.bridge, key) or 0)) for key, _, sign in shown),
            total=formats.signed((entry.bridge.closing or 0) - (entry.bridge.opening or 0)),
            note=_year_note(context, entry, position),
        )
        for position, entry in enumerate(known)
    )
    came = sum((entry.bridge.new or 0) + (entry.bridge.won_back or 0) for entry in known)
    left = sum(entry.bridge.lost or 0 for entry in known)
    title = say(
        "pillars.movements.title",
        came=context.wording.count("pillars.movements.came", came, n=formats.count(came)),
        left=context.wording.count("pillars.movements.left", left, n=formats.count(left)),
        quarters=context.wording.count("pillars.movements.quarters", len(known), n=formats.count(len(known))),
    )
    svg = draw_stacked_columns(
        StackedColumns(
            identifier="movements",
            title=title,
            description=say("pillars.movements.subtitle"),
            width=HALF_WIDTH,
            groups=tuple(Group(role, say(f"common.pillars.{key}")) for key, role, _ in shown),
            columns=columns,
            height=220,
        )
    )
    return Chart(title, say("pillars.movements.subtitle"), svg)


def bridge_title(context: Context, change: int) -> str:
    """Say how the number of active customers changed."""
    if change == 0:
        return context.wording.say("pillars.bridge.title_same")
    key = "pillars.bridge.title_up" if change > 0 else "pillars.bridge.title_down"
    return context.wording.count(key, abs(change), n=context.formats.count(abs(change)))


def revenue_chart(
    context: Context, pillars: Pillars, *, identifier: str = "revenue-by-pillar", height: float = 220
) -> Chart | None:
    """Draw the revenue by pillar for each quarter in which it is known; None where it is known in none."""
    known = [entry for entry in pillars.history if entry.revenue.loyal is not None and entry.revenue.total is not None]
    if not known:
        return None
    formats, say = context.formats, context.wording.say
    shown = [
        (key, role) for key, role in GROUPS if any(getattr(entry.revenue, key) for entry in known) or key == "loyal"
    ]
    columns = tuple(
        StackedColumn(
            label=f"Q{entry.quarter.number}",
            values=tuple(_thousands(context, getattr(entry.revenue, key) or 0) for key, _ in shown),
            total=formats.bare_thousands(entry.revenue.total or 0),
            note=_year_note(context, entry, position),
        )
        for position, entry in enumerate(known)
    )
    title = _revenue_title(context, known[-1])
    svg = draw_stacked_columns(
        StackedColumns(
            identifier=identifier,
            title=title,
            description=say(
                "pillars.revenue.description",
                n=formats.count(len(known)),
                quarter=formats.quarter(known[-1].quarter),
            ),
            width=HALF_WIDTH,
            groups=tuple(Group(role, say(f"common.pillars.{key}")) for key, role in shown),
            columns=columns,
            height=height,
        )
    )
    return Chart(title, say("pillars.revenue.subtitle", unit=formats.thousands_unit), svg)


def revenue_bridge_chart(context: Context, bridge: RevenueBridge) -> Chart | None:
    """Draw the revenue from the same quarter a year ago to this one; None where the data is too young."""
    if bridge.start is None or bridge.end is None:
        return None
    formats, say = context.formats, context.wording.say
    before, now = formats.quarter(context.quarter.year_before), formats.quarter(context.quarter)
    movements = [
        Movement(
            say(f"pillars.movement.{name}"),
            (bridge.movement(name) or 0) / THOUSAND,
            formats.signed((bridge.movement(name) or 0) / THOUSAND),
            effect_of(bridge.movement(name) or 0),
        )
        for name in (*MOVEMENTS, "unassigned")
        if name != "unassigned" or bridge.unassigned
    ]
    title = movement_title(context, bridge)
    svg = draw_waterfall(
        Waterfall(
            identifier="revenue-bridge",
            title=title,
            description=say(
                "pillars.movement.description",
                start=formats.money_short(bridge.start),
                end=formats.money_short(bridge.end),
                before=before,
                now=now,
            ),
            steps=(
                Level(
                    formats.quarter_short(context.quarter.year_before),
                    bridge.start / THOUSAND,
                    formats.bare_thousands(bridge.start),
                ),
                *movements,
                Level(
                    formats.quarter_short(context.quarter), bridge.end / THOUSAND, formats.bare_thousands(bridge.end)
                ),
            ),
            height=190,
        )
    )
    return Chart(title, say("pillars.movement.subtitle", unit=formats.thousands_unit, before=before, now=now), svg)


def movement_title(context: Context, bridge: RevenueBridge) -> str:
    """Say how revenue changed against the same quarter a year ago and what weighed most in that direction."""
    change = (bridge.end or 0) - (bridge.start or 0)
    if change == 0:
        return context.wording.say("pillars.movement.title_same")
    return context.wording.say(
        "pillars.movement.title_changed",
        difference=context.formats.signed_money(change),
        driver=driver_of(context, bridge),
    )


def driver_of(context: Context, bridge: RevenueBridge) -> str:
    """Name the movement that weighed most in the direction in which revenue changed."""
    sign = 1 if (bridge.end or 0) > (bridge.start or 0) else -1
    driver = max((*MOVEMENTS, "unassigned"), key=lambda name: sign * (bridge.movement(name) or 0))
    return context.wording.say(f"pillars.movement.driver.{driver}")


def _year_note(context: Context, entry: PillarFigures, position: int) -> str:
    return context.formats.axis_year(entry.quarter) if position == 0 or entry.quarter.number == 1 else ""


def _signed_count(context: Context, change: int) -> Value:
    return Value(change, context.formats.signed(change))


def _customers(context: Context, name: str, change: int, effect: Effect) -> Movement:
    shown = effect if change else Effect.NEUTRAL
    return Movement(context.wording.say(f"pillars.bridge.{name}"), change, context.formats.signed(change), shown)


def _thousands(context: Context, amount: int) -> Value:
    return Value(amount / THOUSAND, context.formats.thousands(amount))


def _revenue_title(context: Context, entry: PillarFigures) -> str:
    total, loyal = entry.revenue.total or 0, entry.revenue.loyal or 0
    if total > 0 and loyal >= 0 and enough(entry.bridge.closing or 0):
        return context.wording.say("pillars.revenue.title_loyal", share=context.formats.percent(loyal / total, 0))
    return context.wording.say("pillars.revenue.title_total", total=context.formats.money_short(total))
