"""The few marks all charts are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.charts.geometry import Box
from retention_reports.charts.style import HAIRLINE, NORMAL, PALETTE, SMALL, Role
from retention_reports.charts.svg import Element, element, path
from retention_reports.charts.text import SOFT_HYPHEN, Label, Weight, text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retention_reports.charts.frame import Group

_SWATCH = 8.0
_HATCH_DISTANCE = 4.5
_HATCH_OPACITY = 0.6
TRIANGLE = 6.0
"""Width of the sign that shows a direction."""


def text(label: Label) -> Element:
    """Return one line of text."""
    return element(
        "text",
        label.text.replace(SOFT_HYPHEN, ""),
        x=label.x,
        y=label.y,
        font_size=label.size,
        font_weight=600 if label.weight is Weight.SEMIBOLD else None,
        text_anchor=None if label.anchor.value == "start" else label.anchor.value,
        fill=PALETTE[label.role].light,
        class_=f"c-{label.role.value}",
    )


def texts(labels: Iterable[Label]) -> list[Element]:
    """Return the lines that are not empty."""
    return [text(label) for label in labels if label.text]


def bar(box: Box, role: Role, *, opacity: float = 1, tooltip: str = "") -> Element:
    """Return a filled rectangle."""
    return element(
        "rect",
        _tooltip(tooltip),
        x=box.left,
        y=box.top,
        width=box.width,
        height=box.height,
        fill=PALETTE[role].light,
        fill_opacity=None if opacity == 1 else opacity,
        class_=f"c-{role.value}",
    )


def outline(box: Box, role: Role, *, tooltip: str = "") -> Element:
    """Return an empty rectangle whose line lies inside the box."""
    inset = HAIRLINE / 2
    return element(
        "rect",
        _tooltip(tooltip),
        x=box.left + inset,
        y=box.top + inset,
        width=max(box.width - HAIRLINE, 0),
        height=max(box.height - HAIRLINE, 0),
        fill="none",
        stroke=PALETTE[role].light,
        stroke_width=HAIRLINE,
        class_=f"s-{role.value}",
    )


def rule(start: tuple[float, float], end: tuple[float, float], role: Role, *, width: float = HAIRLINE) -> Element:
    """Return a straight line."""
    return element(
        "line",
        x1=start[0],
        y1=start[1],
        x2=end[0],
        y2=end[1],
        stroke=PALETTE[role].light,
        stroke_width=width,
        class_=f"s-{role.value}",
    )


def polyline(points: Sequence[tuple[float, float]], role: Role, *, width: float = 1.75, dash: str = "") -> Element:
    """Return a line through the points."""
    return element(
        "path",
        d=path(list(points)),
        fill="none",
        stroke=PALETTE[role].light,
        stroke_width=width,
        stroke_linejoin="round",
        stroke_dasharray=dash or None,
        class_=f"s-{role.value}",
    )


def polygon(points: Sequence[tuple[float, float]], role: Role, *, opacity: float = 1) -> Element:
    """Return a filled area."""
    return element(
        "path",
        d=path(list(points), closed=True),
        fill=PALETTE[role].light,
        fill_opacity=None if opacity == 1 else opacity,
        class_=f"c-{role.value}",
    )


def dot(centre: tuple[float, float], radius: float, role: Role, *, opacity: float = 1, tooltip: str = "") -> Element:
    """Return a filled circle with a thin edge of paper, so that neighbours stay apart."""
    return element(
        "circle",
        _tooltip(tooltip),
        cx=centre[0],
        cy=centre[1],
        r=radius,
        fill=PALETTE[role].light,
        fill_opacity=None if opacity == 1 else opacity,
        stroke=PALETTE[Role.PAPER].light,
        stroke_width=1,
        class_=f"c-{role.value} s-{Role.PAPER.value}",
    )


def ring(centre: tuple[float, float], radius: float, role: Role, *, tooltip: str = "") -> Element:
    """Return a circle filled with paper."""
    return element(
        "circle",
        _tooltip(tooltip),
        cx=centre[0],
        cy=centre[1],
        r=radius,
        fill=PALETTE[Role.PAPER].light,
        stroke=PALETTE[role].light,
        stroke_width=1.5,
        class_=f"c-{Role.PAPER.value} s-{role.value}",
    )


def triangle(left: float, baseline: float, *, up: bool, role: Role) -> Element:
    """Return the small sign beside a change, standing on the baseline of its text."""
    top, bottom, middle = baseline - TRIANGLE - 0.5, baseline - 0.5, left + TRIANGLE / 2
    tip, base = (top, bottom) if up else (bottom, top)
    return polygon([(left, base), (left + TRIANGLE, base), (middle, tip)], role)


def hatched(identifier: str, outline_points: Sequence[tuple[float, float]], role: Role) -> Element:
    """Return diagonal lines clipped to an area; `identifier` becomes the clip's id.

    Lines are drawn one by one, as renderers of paged media disagree about patterns.
    """
    xs, ys = [x for x, _ in outline_points], [y for _, y in outline_points]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    height = bottom - top
    count = int((right - left + height) / _HATCH_DISTANCE)
    starts = [left - height + _HATCH_DISTANCE * (index + 0.5) for index in range(count + 1)]
    lines = element(
        "path",
        d="".join(path([(start, bottom), (start + height, top)]) for start in starts),
        stroke=PALETTE[role].light,
        stroke_width=HAIRLINE,
        class_=f"s-{role.value}",
        stroke_opacity=_HATCH_OPACITY,
        clip_path=f"url(#{identifier})",
    )
    clip = element("clipPath", element("path", d=path(list(outline_points), closed=True)), id=identifier)
    return element("g", clip, lines)


def corners(box: Box) -> list[tuple[float, float]]:
    """Return a box as the points of an area."""
    return [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]


def key(groups: Sequence[Group], baseline: float, right: float, left: float = 0) -> list[Element]:
    """Return one line of swatches and names, for marks too many to be named each; what does not fit is left out."""
    result: list[Element] = []
    for group in groups:
        end = left + _SWATCH + 4 + text_width(group.label, SMALL)
        if end > right:
            break
        box = Box(left, baseline - _SWATCH, left + _SWATCH, baseline)
        result += _swatch(box, group.role)
        result.append(text(Label(left + _SWATCH + 4, baseline, group.label, role=Role.MUTED)))
        left = end + NORMAL + 3
    return result


def _swatch(box: Box, role: Role) -> list[Element]:
    if role is Role.PLAN:
        return [outline(box, role)]
    if role is not Role.FORECAST:
        return [bar(box, role)]
    half = box.width / 2
    strokes = [
        rule((box.left, box.top + half), (box.left + half, box.top), role),
        rule((box.left, box.bottom), (box.right, box.top), role),
        rule((box.left + half, box.bottom), (box.right, box.top + half), role),
    ]
    return [*strokes, outline(box, role)]


def _tooltip(words: str) -> Element | None:
    return element("title", words.replace(SOFT_HYPHEN, "")) if words else None
