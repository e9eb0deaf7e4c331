"""Two values a row joined by a line: declared against measured, before against now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention_reports.charts.frame import Chart, Value, document, require_some
from retention_reports.charts.marks import dot, ring, rule, texts
from retention_reports.charts.scales import LinearScale, extent_with_zero
from retention_reports.charts.style import SMALL, Effect, Role, text_role
from retention_reports.charts.text import Anchor, Label, Weight, text_width, wrapped
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.charts.svg import Element

_ROW_HEIGHT = 30.0
_HEAD_HEIGHT = 20.0
_RADIUS = 4.5
_GAP = 5.0
_WIDEST_NAME_SHARE = 0.4
_NARROW_LINE = 11.5


@record
class Pair:
    """A row; `missing` stands where a value is None ("not measured")."""

    label: str
    first: Value | None
    second: Value | None
    effect: Effect = Effect.NEUTRAL
    missing: str = ""


@dataclass(frozen=True, kw_only=True)
class Dumbbells(Chart):
    """Rows in the order given on one scale from zero to `top` (or the highest value); the height follows.

    `first_label` names the hollow dots, `second_label` the solid ones.
    """

    pairs: tuple[Pair, ...]
    first_label: str
    second_label: str
    top: float | None = None


@record
class _Layout:
    spec: Dumbbells
    names: float
    scale: LinearScale


def draw_dumbbells(spec: Dumbbells) -> str:
    """Return the chart; raises ValueError without rows."""
    require_some(spec.pairs, "row")
    layout = _layout(spec)
    height = _HEAD_HEIGHT + len(spec.pairs) * _ROW_HEIGHT
    rows = [mark for index in range(len(spec.pairs)) for mark in _row(layout, index)]
    return document(spec, height, *_key(layout), *rows)


def _layout(spec: Dumbbells) -> _Layout:
    names = min(max(text_width(pair.label, SMALL) for pair in spec.pairs) + 1, spec.width * _WIDEST_NAME_SHARE)
    known = [value for pair in spec.pairs for value in (pair.first, pair.second) if value]
    low, high = extent_with_zero([*(value.value for value in known), *([spec.top] if spec.top is not None else [])])
    widest = max((text_width(value.text, SMALL, Weight.SEMIBOLD) for value in known), default=0.0)
    margin = min(widest + _RADIUS + _GAP + 1, spec.width * 0.2)
    left = names + 2 * _GAP
    return _Layout(spec, names, LinearScale(low, high, left + margin, spec.width - margin))


def _key(layout: _Layout) -> list[Element]:
    spec, middle = layout.spec, SMALL * 0.64
    left = layout.names + 2 * _GAP + _RADIUS
    first = Label(left + _RADIUS + _GAP, SMALL, spec.first_label, role=Role.MUTED)
    second_left = first.box.right + 4 * _GAP
    second = Label(second_left + _RADIUS + _GAP, SMALL, spec.second_label, role=Role.MUTED)
    return [
        ring((left, middle), _RADIUS - 1, Role.INK),
        dot((second_left, middle), _RADIUS, Role.INK),
        *texts([first.kept_within(first.x, spec.width), second.kept_within(second.x, max(spec.width, second.x))]),
    ]


def _row(layout: _Layout, index: int) -> list[Element]:
    pair = layout.spec.pairs[index]
    middle = _HEAD_HEIGHT + (index + 0.5) * _ROW_HEIGHT
    guide = rule((0, middle + _ROW_HEIGHT / 2), (layout.spec.width, middle + _ROW_HEIGHT / 2), Role.LINE)
    return [
        guide,
        *texts(_name(layout, pair, middle)),
        *_marks(layout, pair, middle),
        *texts(_values(layout, pair, middle)),
    ]


def _name(layout: _Layout, pair: Pair, middle: float) -> list[Label]:
    lines = wrapped(pair.label, layout.names, SMALL)
    first = middle + SMALL * 0.36 - (len(lines) - 1) * _NARROW_LINE / 2
    return [Label(0, first + index * _NARROW_LINE, line) for index, line in enumerate(lines)]


def _marks(layout: _Layout, pair: Pair, middle: float) -> list[Element]:
    marks: list[Element] = []
    role = pair.effect.role
    if pair.first and pair.second:
        ends = layout.scale(pair.first.value), layout.scale(pair.second.value)
        marks.append(rule((ends[0], middle), (ends[1], middle), role, width=2.5))
    if pair.first:
        words = f"{pair.label} · {layout.spec.first_label}: {pair.first.text}"
        marks.append(ring((layout.scale(pair.first.value), middle), _RADIUS - 1, role, tooltip=words))
    if pair.second:
        words = f"{pair.label} · {layout.spec.second_label}: {pair.second.text}"
        marks.append(dot((layout.scale(pair.second.value), middle), _RADIUS, role, tooltip=words))
    return marks


def _values(layout: _Layout, pair: Pair, middle: float) -> list[Label]:
    """Return the two texts on the outer sides of the dots, so that they never meet."""
    y = middle + SMALL * 0.36
    role = text_role(pair.effect.role) if pair.effect is not Effect.NEUTRAL else Role.INK
    known = [
        (value, weight, colour)
        for value, weight, colour in (
            (pair.first, Weight.REGULAR, Role.MUTED),
            (pair.second, Weight.SEMIBOLD, role),
        )
        if value
    ]
    known.sort(key=lambda entry: entry[0].value)
    sides = (Anchor.END, Anchor.START) if len(known) > 1 else (Anchor.START,)
    labels = [
        _beside(layout, value, y, Label(0, y, value.text, SMALL, anchor, weight, colour))
        for (value, weight, colour), anchor in zip(known, sides, strict=False)
    ]
    if len(known) > 1 or not pair.missing:
        return labels
    edge = labels[0].box.right + 2 * _GAP if labels else layout.scale.start
    return [*labels, _missing(layout, pair, edge, y)]


def _missing(layout: _Layout, pair: Pair, edge: float, y: float) -> Label:
    label = Label(edge, y, pair.missing, role=Role.MUTED)
    return label if label.box.right <= layout.spec.width else label.kept_within(edge, max(layout.spec.width, edge))


def _beside(layout: _Layout, value: Value, y: float, label: Label) -> Label:
    distance = _RADIUS + _GAP
    x = layout.scale(value.value) + (distance if label.anchor is Anchor.START else -distance)
    placed = Label(x, y, label.text, label.size, label.anchor, label.weight, label.role)
    edge = layout.names + _GAP
    return placed.kept_within(x, layout.spec.width) if label.anchor is Anchor.START else placed.kept_within(edge, x)
