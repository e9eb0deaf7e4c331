"""Names at the right end of lines and columns, in place of a legend, and labels below columns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.charts.style import LINE_HEIGHT, NORMAL, SMALL, Role, text_role
from retention_reports.charts.text import (
    Anchor,
    Label,
    Weight,
    ellipsized,
    push_apart,
    stacked_lines,
    text_width,
    wrapped,
)
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.charts.scales import BandScale

GAP = 8.0
"""Pixels between a mark's end and its name."""
_LINE = SMALL * LINE_HEIGHT
_WIDEST_SHARE = 0.32
_APART = 5.0
_BASELINE_SHIFT = SMALL * 0.36


@record
class EndLabel:
    """A name with its value, wanted at height `y`."""

    y: float
    name: str
    text: str
    role: Role


def end_labels_width(labels: Sequence[EndLabel], chart_width: float) -> float:
    """Return the margin the labels want at the right of a chart, gap included."""
    widest = max((max(_name_width(label.name), _value_width(label.text)) for label in labels), default=0.0)
    return min(GAP + widest + 1, chart_width * _WIDEST_SHARE) if labels else 0.0


def end_labels(labels: Sequence[EndLabel], left: float, right: float, low: float, high: float) -> list[Label]:
    """Return name and value of each label between `left` and `right`, pushed apart from `low` to `high`.

    Name and value stand one below the other where there is room for that, else on one line; raises ValueError where
    not even one line each fits.
    """
    blocks = [_block(label, right - left) for label in labels]
    heights = [len(block) * _LINE + _APART for block in blocks]
    low, high = low - _APART / 2, high + _APART / 2
    if sum(heights) > high - low:
        return _single_lines(labels, left, right, low, high)
    centres = push_apart([label.y for label in labels], heights, low, high)
    return [
        replace(line, x=left, y=centre + (index - (len(block) - 1) / 2) * _LINE + _BASELINE_SHIFT)
        for block, centre in zip(blocks, centres, strict=True)
        for index, line in enumerate(block)
    ]


def columns_labels(
    labels: Sequence[tuple[str, str]], bands: BandScale, top: float, *, strong: frozenset[int] = frozenset()
) -> list[Label]:
    """Return label and note below each column: up to two lines of label at `top`, then the note."""
    wrapped_labels = [_wrapped_label(label, bands.step - 4, index in strong) for index, (label, _) in enumerate(labels)]
    note_line = max(len(lines) for lines in wrapped_labels)
    result: list[Label] = []
    for index, (lines, (_, note)) in enumerate(zip(wrapped_labels, labels, strict=True)):
        role, weight = (Role.INK, Weight.SEMIBOLD) if index in strong else (Role.MUTED, Weight.REGULAR)
        first = Label(bands.centre(index), top + SMALL, "", SMALL, Anchor.MIDDLE, weight, role)
        result += stacked_lines(first, lines)
        shown_note = ellipsized(note, bands.step - 2, SMALL)
        y = top + SMALL + note_line * _LINE
        result.append(Label(bands.centre(index), y, shown_note, SMALL, Anchor.MIDDLE, role=Role.MUTED))
    return result


def columns_labels_height(
    labels: Sequence[tuple[str, str]], step: float, strong: frozenset[int] = frozenset()
) -> float:
    """Return the height `columns_labels` needs for bands of this step."""
    lines = max(len(_wrapped_label(label, step - 4, index in strong)) for index, (label, _) in enumerate(labels))
    notes = 1 if any(note for _, note in labels) else 0
    return SMALL * 0.4 + (lines + notes) * _LINE


def _wrapped_label(label: str, width: float, strong: bool) -> tuple[str, ...]:  # noqa: FBT001
    return wrapped(label, width, SMALL, Weight.SEMIBOLD if strong else Weight.REGULAR, lines=3)


def _block(label: EndLabel, width: float) -> list[Label]:
    """Return the lines of name and value, not placed yet."""
    names = wrapped(label.name, width, SMALL, Weight.SEMIBOLD)
    value = ellipsized(label.text, width, SMALL)
    return [*(_name(label, name) for name in names), *([Label(0, 0, value)] if value else [])]


def _single_lines(labels: Sequence[EndLabel], left: float, right: float, low: float, high: float) -> list[Label]:
    centres = push_apart([label.y for label in labels], [_LINE] * len(labels), low, high)
    result: list[Label] = []
    for label, centre in zip(labels, centres, strict=True):
        value = Label(right, centre + _BASELINE_SHIFT, ellipsized(label.text, right - left, SMALL), anchor=Anchor.END)
        name = ellipsized(label.name, max(value.box.left - 4 - left, 0), SMALL, Weight.SEMIBOLD)
        result += [replace(_name(label, name), x=left, y=value.y), value]
    return result


def _name(label: EndLabel, shown: str) -> Label:
    return Label(0, 0, shown, weight=Weight.SEMIBOLD, role=text_role(label.role))


def _name_width(name: str) -> float:
    return text_width(name, SMALL, Weight.SEMIBOLD)


def _value_width(value: str) -> float:
    return text_width(value, NORMAL)
