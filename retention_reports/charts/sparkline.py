"""A line the size of a word, for tables and key figures."""

from __future__ import annotations

from retention_reports.charts.scales import LinearScale
from retention_reports.charts.style import PALETTE, Effect, Role
from retention_reports.charts.svg import Element, element, number
from retention_reports.records import record

_RADIUS = 2.2


@record
class Sparkline:
    """Values in the order of time, None where there is none; the end dot shows the effect.

    With a `title` it is an image of its own; without one it is hidden from screen readers (its numbers stand beside).
    The scale runs from the lowest to the highest value, as only the shape is shown.
    """

    values: tuple[float | None, ...]
    effect: Effect = Effect.NEUTRAL
    title: str = ""
    width: float = 60
    height: float = 18


def draw_sparkline(spec: Sparkline) -> str:
    """Return the line; raises ValueError where every value is None."""
    known = [(index, value) for index, value in enumerate(spec.values) if value is not None]
    if not known:
        message = "a sparkline needs at least one value"
        raise ValueError(message)
    inset = _RADIUS + 0.8
    x = LinearScale(0, max(len(spec.values) - 1, 1), inset, spec.width - inset)
    figures = [value for _, value in known]
    low, high = min(figures), max(figures)
    y = LinearScale(low, high, spec.height - inset, inset) if high > low else _level(low, spec.height / 2)
    points = [(x(index), y(value)) for index, value in known]
    root = element(
        "svg",
        element("title", spec.title) if spec.title else None,
        *_marks(spec, known, points),
        xmlns="http://www.w3.org/2000/svg",
        role="img" if spec.title else None,
        aria_hidden=None if spec.title else "true",
        width=spec.width,
        height=spec.height,
        viewBox=f"0 0 {number(spec.width)} {number(spec.height)}",
    )
    return str(root)


def _level(value: float, middle: float) -> LinearScale:
    return LinearScale(value, value, middle, middle)


def _marks(spec: Sparkline, known: list[tuple[int, float]], points: list[tuple[float, float]]) -> list[Element]:
    role = spec.effect.role
    end = element(
        "circle",
        cx=points[-1][0],
        cy=points[-1][1],
        r=_RADIUS,
        fill=PALETTE[role].light,
        class_=f"c-{role.value}",
    )
    if len(points) == 1:
        return [end]
    line = element(
        "path",
        d=_path_with_gaps(known, points),
        fill="none",
        stroke_linecap="round",
        stroke=PALETTE[Role.MUTED].light,
        class_=f"s-{Role.MUTED.value}",
    )
    return [line, end]


def _path_with_gaps(known: list[tuple[int, float]], points: list[tuple[float, float]]) -> str:
    pieces = []
    previous = None
    indices = {index for index, _ in known}
    for (index, _), (x, y) in zip(known, points, strict=True):
        command = "L" if previous is not None and index == previous + 1 else "M"
        alone = command == "M" and index + 1 not in indices
        pieces.append(f"{command}{number(x)} {number(y)}" + ("h0" if alone else ""))
        previous = index
    return "".join(pieces)
