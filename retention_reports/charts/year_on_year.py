"""A few columns the size of a word, each beside that of the year before, for cards."""

from __future__ import annotations

from retention_reports.charts.scales import LinearScale
from retention_reports.charts.style import PALETTE, Role
from retention_reports.charts.svg import Element, element, number
from retention_reports.records import record

_WIDTH, _HEIGHT = 104.0, 26.0
_COLUMN, _OVERLAP = 11.0, 4.0
"""Pixels: the year before looks out on the left, behind the column of the reported year."""


@record
class YearOnYear:
    """Values of the last quarters, oldest first, and those of the same quarters a year before; None where unknown."""

    now: tuple[float | None, ...]
    before: tuple[float | None, ...]
    title: str


def draw_year_on_year(spec: YearOnYear) -> str:
    """Return the columns, from zero; a quarter without a purchase has none."""
    known = [value for value in (*spec.now, *spec.before) if value is not None]
    top, bottom = max((0.0, *known)), min((0.0, *known))
    scale = LinearScale(bottom, top if top > bottom else bottom + 1, _HEIGHT - 1, 1)
    step = _WIDTH / len(spec.now)
    base = scale(0)
    root = element(
        "svg",
        element("title", spec.title),
        _columns(spec.before, 0, step, scale, Role.PREVIOUS),
        _columns(spec.now, _OVERLAP, step, scale, Role.ACTUAL),
        element(
            "path",
            d=f"M0 {number(base)}H{number(_WIDTH)}",
            stroke=PALETTE[Role.LINE].light,
            class_=f"s-{Role.LINE.value}",
        ),
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        width=_WIDTH,
        height=_HEIGHT,
        viewBox=f"0 0 {number(_WIDTH)} {number(_HEIGHT)}",
    )
    return str(root)


def _columns(
    values: tuple[float | None, ...], shift: float, step: float, scale: LinearScale, role: Role
) -> Element | None:
    """Return one shape for all columns of a year; None where there is no value."""
    base, shapes = scale(0), []
    for place, value in enumerate(values):
        if value:
            x = place * step + shift
            shapes.append(f"M{number(x)} {number(base)}V{number(scale(value))}h{number(_COLUMN)}V{number(base)}Z")
    if not shapes:
        return None
    return element("path", d="".join(shapes), fill=PALETTE[role].light, class_=f"c-{role.value}")
