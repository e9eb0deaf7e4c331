"""Horizontal bars of the same length, each divided into its parts: what two wholes consist of, side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retention_reports.charts.frame import Chart, Value, document, require_some
from retention_reports.charts.geometry import Box
from retention_reports.charts.marks import bar, texts
from retention_reports.charts.style import NORMAL, SMALL, Role, text_role
from retention_reports.charts.text import Anchor, Label, Weight, ellipsized, keep_apart, text_width
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.charts.svg import Element

_ROW_HEIGHT = 42.0
_BAR_HEIGHT = 20.0
_LABEL_DROP = 12.0
_GAP = 8.0
_SEGMENT_GAP = 1.5
_WIDEST_NAME_SHARE = 0.3


@record
class Part:
    """One part of a bar: its colour, name, and value with its text. The value is not negative."""

    role: Role
    label: str
    value: Value


@record
class StackedBar:
    """A whole with its name, its size as text below the name, and its parts from left to right."""

    label: str
    total: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class StackedBars(Chart):
    """Wholes below one another, each as long as the others; the parts are named below them."""

    bars: tuple[StackedBar, ...]


def draw_stacked_bars(spec: StackedBars) -> str:
    """Return the chart; raises ValueError without bars, for a bar without anything in it, or a negative part."""
    require_some(spec.bars, "bar")
    for row in spec.bars:
        if any(part.value.value < 0 for part in row.parts) or not sum(part.value.value for part in row.parts):
            raise ValueError("a bar needs parts that are not negative and add up to something")
    left = _names_width(spec) + _GAP
    marks = [mark for index in range(len(spec.bars)) for mark in _row(spec, index, left)]
    return document(spec, len(spec.bars) * _ROW_HEIGHT, *marks)


def _names_width(spec: StackedBars) -> float:
    names = [text_width(row.label, NORMAL, Weight.SEMIBOLD) for row in spec.bars]
    sizes = [text_width(row.total, SMALL) for row in spec.bars]
    return min(max(*names, *sizes), spec.width * _WIDEST_NAME_SHARE)


def _row(spec: StackedBars, index: int, left: float) -> list[Element]:
    row, top = spec.bars[index], index * _ROW_HEIGHT
    boxes = _boxes(row, left, spec.width, top)
    filled = [(part, box) for part, box in zip(row.parts, boxes, strict=True) if part.value.value]
    drawn = [bar(_with_gap(box), part.role, tooltip=_words(part)) for part, box in filled]
    room = left - _GAP
    names = [
        Label(0, top + NORMAL, ellipsized(row.label, room, NORMAL, Weight.SEMIBOLD), NORMAL, weight=Weight.SEMIBOLD),
        Label(0, top + NORMAL + _LABEL_DROP, ellipsized(row.total, room, SMALL), role=Role.MUTED),
    ]
    return [*drawn, *texts(names), *texts(_part_labels(filled, left, spec.width))]


def _boxes(row: StackedBar, left: float, right: float, top: float) -> list[Box]:
    whole = sum(part.value.value for part in row.parts)
    boxes, start = [], left
    for part in row.parts:
        end = start + part.value.value / whole * (right - left)
        boxes.append(Box(start, top, end, top + _BAR_HEIGHT))
        start = end
    return boxes


def _with_gap(box: Box) -> Box:
    """Return the box a little shorter at its right, so that neighbours stay apart in print without colours."""
    return replace(box, right=box.right - min(_SEGMENT_GAP, box.width / 4))


def _part_labels(filled: list[tuple[Part, Box]], left: float, right: float) -> list[Label]:
    """Name the parts below them, the largest first; where a name does not fit its value stands alone, or nothing."""
    kept: list[Label] = []
    for part, box in sorted(filled, key=lambda entry: -entry[1].width):
        for words in (_words(part), part.value.text):
            label = Label(
                (box.left + box.right) / 2,
                box.bottom + _LABEL_DROP,
                words,
                anchor=Anchor.MIDDLE,
                role=text_role(part.role),
            ).kept_within(left, right)
            if label.text == words and len(keep_apart([*kept, label], gap=_GAP / 2)) > len(kept):
                kept.append(label)
                break
    return kept


def _words(part: Part) -> str:
    return f"{part.label} {part.value.text}"
