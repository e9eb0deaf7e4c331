"""Horizontal bars in rank order, with the previous value and a cumulative share where wanted (Pareto)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention_reports.charts.frame import Chart, Group, Value, document, require_some
from retention_reports.charts.geometry import Box
from retention_reports.charts.marks import bar, key, rule, texts
from retention_reports.charts.scales import LinearScale, extent_with_zero
from retention_reports.charts.style import SMALL, Role
from retention_reports.charts.text import Anchor, Label, Weight, ellipsized, text_width, wrapped
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.charts.svg import Element

_ROW_HEIGHT = 24.0
_BAR_HEIGHT = 13.0
_THIN_BAR_HEIGHT = 4.0
_HEAD_HEIGHT = 20.0
_GAP = 6.0
_WIDEST_NAME_SHARE = 0.38
_WIDEST_SHARE = 0.22
_NARROW_LINE = 11.5


@record
class RankedBar:
    """A row; `previous` is drawn as a thin lighter bar, `share` stands in the column at the right."""

    label: str
    now: Value
    previous: Value | None = None
    share: str = ""
    role: Role = Role.ACTUAL


@dataclass(frozen=True, kw_only=True)
class RankedBars(Chart):
    """Bars in the order given; the height follows from their number.

    `now_label` and `previous_label` explain the two bars above the first row (only where a row has a previous value),
    `share_heading` stands above the shares.
    """

    bars: tuple[RankedBar, ...]
    now_label: str = ""
    previous_label: str = ""
    share_heading: str = ""


@record
class _Layout:
    spec: RankedBars
    names: float
    scale: LinearScale
    head: float


def draw_ranked_bars(spec: RankedBars) -> str:
    """Return the chart; raises ValueError without bars."""
    require_some(spec.bars, "bar")
    layout = _layout(spec)
    height = layout.head + len(spec.bars) * _ROW_HEIGHT
    rows = [mark for index in range(len(spec.bars)) for mark in _row(layout, index)]
    zero = layout.scale(0)
    base = rule((zero, layout.head), (zero, height), Role.INK, width=1)
    return document(spec, height, *_head(layout), *rows, base)


def _layout(spec: RankedBars) -> _Layout:
    widest = max(text_width(row.label, SMALL) for row in spec.bars)
    names = min(widest + 1, spec.width * _WIDEST_NAME_SHARE)
    shares = _share_width(spec)
    figures = [row.now.value for row in spec.bars] + [row.previous.value for row in spec.bars if row.previous]
    low, high = extent_with_zero(figures)
    left = names + _GAP + _values_width([row for row in spec.bars if row.now.value < 0])
    right = spec.width - shares - _values_width([row for row in spec.bars if row.now.value >= 0])
    head = _HEAD_HEIGHT if _has_key(spec) or spec.share_heading else 0
    return _Layout(spec, names, LinearScale(low, high, left, max(right, left + 1)), head)


def _values_width(rows: list[RankedBar]) -> float:
    return max((text_width(row.now.text, SMALL, Weight.SEMIBOLD) + _GAP for row in rows), default=0.0)


def _share_width(spec: RankedBars) -> float:
    widest = max(text_width(words, SMALL) for words in [spec.share_heading, *(row.share for row in spec.bars)])
    return min(widest, spec.width * _WIDEST_SHARE) + 2 * _GAP if widest else 0


def _has_key(spec: RankedBars) -> bool:
    return bool(spec.previous_label) and any(row.previous for row in spec.bars)


def _head(layout: _Layout) -> list[Element]:
    spec = layout.spec
    heading = ellipsized(spec.share_heading, spec.width * _WIDEST_SHARE, SMALL)
    shares = Label(spec.width, SMALL, heading, anchor=Anchor.END, role=Role.MUTED)
    if not _has_key(spec):
        return texts([shares])
    groups = [Group(spec.bars[0].role, spec.now_label), Group(Role.PREVIOUS, spec.previous_label)]
    return [*key(groups, SMALL, spec.width - _share_width(spec), layout.names + _GAP), *texts([shares])]


def _row(layout: _Layout, index: int) -> list[Element]:
    row = layout.spec.bars[index]
    top = layout.head + index * _ROW_HEIGHT
    middle = top + _ROW_HEIGHT / 2
    drawn = [*_bars(layout, row, middle)]
    return [*drawn, *texts(_name(layout, row, middle)), *texts(_figures(layout, row, middle))]


def _bars(layout: _Layout, row: RankedBar, middle: float) -> list[Element]:
    lowered = row.previous is not None
    top = middle - (_BAR_HEIGHT + _THIN_BAR_HEIGHT) / 2 if lowered else middle - _BAR_HEIGHT / 2
    now = bar(_across(layout.scale, row.now.value, top, _BAR_HEIGHT), row.role, tooltip=f"{row.label}: {row.now.text}")
    if row.previous is None:
        return [now]
    box = _across(layout.scale, row.previous.value, top + _BAR_HEIGHT + 1, _THIN_BAR_HEIGHT)
    words = f"{row.label} · {layout.spec.previous_label}: {row.previous.text}"
    return [now, bar(box, Role.PREVIOUS, tooltip=words)]


def _across(scale: LinearScale, value: float, top: float, height: float) -> Box:
    ends = sorted((scale(0), scale(value)))
    return Box(ends[0], top, ends[1], top + height)


def _name(layout: _Layout, row: RankedBar, middle: float) -> list[Label]:
    lines = wrapped(row.label, layout.names, SMALL)
    first = middle + SMALL * 0.36 - (len(lines) - 1) * _NARROW_LINE / 2
    return [Label(0, first + index * _NARROW_LINE, line) for index, line in enumerate(lines)]


def _figures(layout: _Layout, row: RankedBar, middle: float) -> list[Label]:
    y = middle + SMALL * 0.36
    ends = [layout.scale(0), layout.scale(row.now.value)]
    negative = row.now.value < 0
    x = min(ends) - _GAP if negative else max(ends) + _GAP
    anchor = Anchor.END if negative else Anchor.START
    value = Label(x, y, row.now.text, anchor=anchor, weight=Weight.SEMIBOLD)
    words = ellipsized(row.share, layout.spec.width * _WIDEST_SHARE, SMALL)
    share = Label(layout.spec.width, y, words, anchor=Anchor.END, role=Role.MUTED)
    shown = value.kept_within(layout.names + _GAP, layout.spec.width - _share_width(layout.spec))
    return [shown, share]
