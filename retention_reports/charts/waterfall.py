"""A bridge: a start, movements that add up, an end."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from retention_reports.charts.direct_labels import columns_labels, columns_labels_height
from retention_reports.charts.frame import Chart, document, require_some
from retention_reports.charts.geometry import Box, span
from retention_reports.charts.marks import TRIANGLE, bar, rule, texts, triangle
from retention_reports.charts.scales import BandScale, LinearScale, extent_with_zero
from retention_reports.charts.style import BAR_GAP, NORMAL, SMALL, Effect, Role
from retention_reports.charts.text import Anchor, Label, Weight, keep_apart, text_width
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.charts.svg import Element

_TOP_SPACE = 18.0
_SIGN_GAP = 3.0
_ROUNDING = 1e-6


@record
class Level:
    """A column from zero: the start, the end or a subtotal; its value must be the sum of what stands before it.

    `role` None means: the first one in the colour of a previous period, the later ones in that of actual figures.
    """

    label: str
    value: float
    text: str
    role: Role | None = None


@record
class Movement:
    """A change with its signed text; its colour says whether it is welcome, its triangle where it goes."""

    label: str
    change: float
    text: str
    effect: Effect


Step = Level | Movement


@dataclass(frozen=True, kw_only=True)
class Waterfall(Chart):
    """Steps from left to right, a `Level` first."""

    steps: tuple[Step, ...]
    height: float = 250


@record
class _Column:
    step: Step
    start: float
    end: float


def draw_waterfall(spec: Waterfall) -> str:
    """Return the chart; raises ValueError without steps, without a first level, or where a level is not the sum."""
    require_some(spec.steps, "step")
    columns = _columns(spec.steps)
    strong = frozenset(index for index, step in enumerate(spec.steps) if isinstance(step, Level))
    bands = BandScale(len(columns), 0, spec.width, BAR_GAP)
    names = [(step.label, "") for step in spec.steps]
    bottom = spec.height - columns_labels_height(names, bands.step, strong)
    low, high = extent_with_zero(end for column in columns for end in (column.start, column.end))
    scale = LinearScale(low, high, bottom - (_TOP_SPACE if low < 0 else 2), _TOP_SPACE)
    boxes = [
        span(bands.left(index), scale(column.start), bands.width, scale(column.end))
        for index, column in enumerate(columns)
    ]
    bars = [
        bar(box, _role(column.step, index), tooltip=f"{column.step.label}: {column.step.text}")
        for index, (box, column) in enumerate(zip(boxes, columns, strict=True))
    ]
    connectors = [
        rule((bands.left(index), scale(column.end)), (bands.left(index + 1), scale(column.end)), Role.MUTED)
        for index, (column, _) in enumerate(pairwise(columns))
    ]
    base = rule((0, scale(0)), (spec.width, scale(0)), Role.INK, width=1)
    below = columns_labels(names, bands, bottom, strong=strong)
    return document(spec, spec.height, *connectors, *bars, base, *_values(spec, columns, boxes), *texts(below))


def _columns(steps: tuple[Step, ...]) -> list[_Column]:
    if not isinstance(steps[0], Level):
        message = "a bridge starts with a level"
        raise ValueError(message)  # noqa: TRY004
    running = steps[0].value
    largest = max(abs(step.value if isinstance(step, Level) else step.change) for step in steps)
    columns = []
    for step in steps:
        if isinstance(step, Movement):
            columns.append(_Column(step, running, running + step.change))
            running += step.change
            continue
        if not math.isclose(step.value, running, rel_tol=_ROUNDING, abs_tol=largest * _ROUNDING):
            message = f"the bridge does not add up to {step.label}: {running} instead of {step.value}"
            raise ValueError(message)
        running = step.value
        columns.append(_Column(step, 0, step.value))
    return columns


def _role(step: Step, index: int) -> Role:
    if isinstance(step, Movement):
        return step.effect.role
    return step.role or (Role.PREVIOUS if index == 0 else Role.ACTUAL)


def _values(spec: Waterfall, columns: list[_Column], boxes: list[Box]) -> list[Element]:
    """Return texts and triangles; where a text would lie on another mark it stays in the tooltip alone."""
    labels = [_value_label(column, box, spec.width) for column, box in zip(columns, boxes, strict=True)]
    order = sorted(range(len(labels)), key=lambda index: (isinstance(columns[index].step, Movement), index))
    kept = keep_apart([labels[index] for index in order], [box for box in boxes if box.height])
    result = texts(kept)
    for label, column in zip(labels, columns, strict=True):
        if label in kept and label.text and isinstance(column.step, Movement) and column.step.change:
            left = label.box.left - _SIGN_GAP - TRIANGLE
            result.append(triangle(left, label.y, up=column.step.change > 0, role=label.role))
    return result


def _value_label(column: _Column, box: Box, width: float) -> Label:
    hangs = isinstance(column.step, Level) and column.step.value < 0
    y = box.bottom + NORMAL if hangs else box.top - 5
    centre = (box.left + box.right) / 2
    if isinstance(column.step, Level):
        return Label(centre, y, column.step.text, SMALL, Anchor.MIDDLE, Weight.SEMIBOLD).kept_within(0, width)
    sign = TRIANGLE + _SIGN_GAP if column.step.change else 0
    left = centre - (text_width(column.step.text, SMALL, Weight.SEMIBOLD) + sign) / 2 + sign
    label = Label(left, y, column.step.text, SMALL, Anchor.START, Weight.SEMIBOLD, column.step.effect.role)
    return label.kept_within(sign, width)
