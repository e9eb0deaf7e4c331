"""The one style module: colours by role, type sizes, gaps.

Every mark carries both a light colour as presentation attribute (what a PDF shows) and a class that
`screen_css` recolours on a screen, light or dark.
"""

from __future__ import annotations

from enum import StrEnum

from retention_reports.records import record

FONT_FAMILY = "Report Inter, Inter, sans-serif"
SMALL = 10.0
"""Pixels; 7.5 pt, the smallest type in a printed chart: axis labels, notes."""
NORMAL = 11.0
"""Pixels; values and names."""
LINE_HEIGHT = 1.25
BAR_GAP = 0.28
"""Share of a band left free between columns."""
HAIRLINE = 0.75
EARLIER_OPACITY = 0.68
"""The lighter tint of periods before the reported one."""
BAND_OPACITY = 0.16
HEAT_STEPS = 6


class Role(StrEnum):
    """What a colour stands for; the value is the suffix of its CSS classes."""

    NEW = "new"
    LOYAL = "loyal"
    WON_BACK = "won-back"
    LOST = "lost"
    UNASSIGNED = "unassigned"
    ACTUAL = "actual"
    PREVIOUS = "previous"
    PLAN = "plan"
    FORECAST = "forecast"
    GOOD = "good"
    BAD = "bad"
    NEUTRAL = "neutral"
    INK = "ink"
    MUTED = "muted"
    LINE = "line"
    PAPER = "paper"
    NEW_TEXT = "new-text"
    WON_BACK_TEXT = "won-back-text"
    HEAT_1 = "heat-1"
    HEAT_2 = "heat-2"
    HEAT_3 = "heat-3"
    HEAT_4 = "heat-4"
    HEAT_5 = "heat-5"
    HEAT_6 = "heat-6"


class Effect(StrEnum):
    """Whether a change is welcome, whatever its sign."""

    GOOD = "good"
    BAD = "bad"
    NEUTRAL = "neutral"

    @property
    def role(self) -> Role:
        """Return the colour of this effect."""
        return Role(self.value)


@record
class Colour:
    """Two hexadecimal colours: on white paper and on a dark screen."""

    light: str
    dark: str


PALETTE: dict[Role, Colour] = {
    Role.NEW: Colour("#4B97BF", "#A3D0E8"),
    Role.LOYAL: Colour("#1C5675", "#4A93BB"),
    Role.WON_BACK: Colour("#A3630A", "#DD9A38"),
    Role.LOST: Colour("#7A4A66", "#C68AA9"),
    Role.UNASSIGNED: Colour("#8A939D", "#7F8A95"),
    Role.ACTUAL: Colour("#1B2530", "#DDE3E9"),
    Role.PREVIOUS: Colour("#8793A0", "#74808C"),
    Role.PLAN: Colour("#1B2530", "#DDE3E9"),
    Role.FORECAST: Colour("#5C6875", "#A0ABB6"),
    Role.GOOD: Colour("#257544", "#5DB583"),
    Role.BAD: Colour("#B2352C", "#EC7F75"),
    Role.NEUTRAL: Colour("#697582", "#93A0AC"),
    Role.INK: Colour("#1B2530", "#E6EAEE"),
    Role.MUTED: Colour("#5C6875", "#A0ABB6"),
    Role.LINE: Colour("#D3D9DF", "#36414C"),
    Role.PAPER: Colour("#FFFFFF", "#141A20"),
    Role.NEW_TEXT: Colour("#2B7399", "#A3D0E8"),
    Role.WON_BACK_TEXT: Colour("#8F5505", "#DD9A38"),
    Role.HEAT_1: Colour("#EDF3F6", "#1D2730"),
    Role.HEAT_2: Colour("#CFE1EA", "#22394A"),
    Role.HEAT_3: Colour("#A6CADB", "#284D64"),
    Role.HEAT_4: Colour("#33789B", "#6AA9CB"),
    Role.HEAT_5: Colour("#1F5F81", "#8FC2DD"),
    Role.HEAT_6: Colour("#134560", "#BCDDED"),
}

_TEXT_ROLES = {
    Role.NEW: Role.NEW_TEXT,
    Role.WON_BACK: Role.WON_BACK_TEXT,
    Role.UNASSIGNED: Role.MUTED,
    Role.PREVIOUS: Role.MUTED,
    Role.FORECAST: Role.MUTED,
}
_FIRST_DARK_HEAT_STEP = 3


def text_role(role: Role) -> Role:
    """Return the role whose colour is legible as type for marks of `role`."""
    return _TEXT_ROLES.get(role, role)


def heat(share: float) -> tuple[Role, Role]:
    """Return the fill and the text role of a cell; `share` 0 … 1 of the scale, what lies beyond is clamped."""
    step = min(int(min(max(share, 0.0), 1.0) * HEAT_STEPS), HEAT_STEPS - 1)
    return Role(f"heat-{step + 1}"), Role.INK if step < _FIRST_DARK_HEAT_STEP else Role.PAPER


def screen_css() -> str:
    """Return the rules that colour charts on a light and on a dark screen by the classes of their marks."""
    return f"{_rules('light')}@media screen and (prefers-color-scheme:dark){{{_rules('dark')}}}"


def _rules(mode: str) -> str:
    return "".join(
        f".c-{role.value}{{fill:{getattr(colour, mode)}}}.s-{role.value}{{stroke:{getattr(colour, mode)}}}"
        for role, colour in PALETTE.items()
    )
