"""One chart of every kind from a stream of words and numbers, so that laws can be tested for all of them."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from retention_reports.charts.bubbles import Axis, Bubble, BubbleChart, draw_bubbles
from retention_reports.charts.dumbbell import Dumbbells, Pair, draw_dumbbells
from retention_reports.charts.frame import Group, Value
from retention_reports.charts.grouped_columns import ColumnSet, GroupedColumns, draw_grouped_columns
from retention_reports.charts.heat_map import HeatMap, HeatRow, draw_heat_map
from retention_reports.charts.line import Line, LineChart, LinePoint, draw_line_chart
from retention_reports.charts.ranked_bars import RankedBar, RankedBars, draw_ranked_bars
from retention_reports.charts.stacked_bars import Part, StackedBar, StackedBars, draw_stacked_bars
from retention_reports.charts.stacked_columns import StackedColumn, StackedColumns, draw_stacked_columns
from retention_reports.charts.style import Effect, Role
from retention_reports.charts.waterfall import Level, Movement, Waterfall, draw_waterfall

if TYPE_CHECKING:
    from collections.abc import Callable

_ROLES = (Role.LOYAL, Role.NEW, Role.WON_BACK, Role.LOST)


class _Frame(TypedDict):
    identifier: str
    title: str
    description: str
    width: float


class Stuff(NamedTuple):
    """What a chart is filled with: words to label by and numbers to show."""

    words: tuple[str, ...]
    numbers: tuple[float, ...]
    width: float = 680

    def word(self, index: int) -> str:
        return self.words[index % len(self.words)]

    def value(self, index: int) -> Value:
        number = self.numbers[index % len(self.numbers)]
        return Value(number, f"{number:,.0f} T€")

    def number(self, index: int) -> float:
        return self.numbers[index % len(self.numbers)]


def stacked_columns(stuff: Stuff) -> str:
    count = len(stuff.numbers)
    groups = tuple(Group(role, stuff.word(index)) for index, role in enumerate(_ROLES[:3]))
    columns = tuple(
        StackedColumn(
            stuff.word(index),
            tuple(stuff.value(index + group) for group in range(3)),
            f"{sum(stuff.number(index + group) for group in range(3)):,.0f}",
            stuff.word(index + 1)[:4],
        )
        for index in range(count)
    )
    return draw_stacked_columns(StackedColumns(**_frame(stuff), groups=groups, columns=columns))


def stacked_bars(stuff: Stuff) -> str:
    bars = tuple(
        StackedBar(
            stuff.word(index),
            stuff.word(index + 1),
            tuple(
                Part(role, stuff.word(index + part), Value(abs(stuff.number(index + part)) + 1, f"{part} %"))
                for part, role in enumerate(_ROLES)
            ),
        )
        for index in range(2)
    )
    return draw_stacked_bars(StackedBars(**_frame(stuff), bars=bars))


def waterfall(stuff: Stuff) -> str:
    whole = [round(number) for number in stuff.numbers]
    start, *changes = whole
    movements = [
        Movement(stuff.word(index), change, f"{change:+,}", tuple(Effect)[index % 3])
        for index, change in enumerate(changes)
    ]
    total = list(accumulate(whole))[-1]
    steps: tuple[Level | Movement, ...] = (
        Level(stuff.word(0), start, f"{start:,}"),
        *movements,
        Level(stuff.word(1), total, f"{total:,}"),
    )
    return draw_waterfall(Waterfall(**_frame(stuff), steps=steps))


def heat_map(stuff: Stuff) -> str:
    columns = tuple(stuff.word(index) for index in range(6))
    rows = tuple(
        HeatRow(
            stuff.word(index),
            tuple(stuff.value(index + column) if (index + column) % 4 else None for column in range(6)),
            stuff.word(index + 2),
        )
        for index in range(len(stuff.numbers))
    )
    heading, note = stuff.word(1), stuff.word(2)
    return draw_heat_map(HeatMap(**_frame(stuff), columns=columns, rows=rows, heading=heading, note_heading=note))


def ranked_bars(stuff: Stuff) -> str:
    bars = tuple(
        RankedBar(
            stuff.word(index), stuff.value(index), stuff.value(index + 1) if index % 2 else None, stuff.word(index)[:6]
        )
        for index in range(len(stuff.numbers))
    )
    return draw_ranked_bars(
        RankedBars(
            **_frame(stuff),
            bars=bars,
            now_label=stuff.word(0),
            previous_label=stuff.word(1),
            share_heading=stuff.word(2),
        )
    )


def line_chart(stuff: Stuff) -> str:
    count = len(stuff.numbers)
    lines = tuple(
        Line(
            stuff.word(series),
            tuple(
                LinePoint(
                    index,
                    value := stuff.number(index + series),
                    stuff.value(index + series).text,
                    value - 1,
                    value + 1,
                    forecast=index >= count - 2,
                )
                for index in range(count)
            ),
            _ROLES[series],
            stuff.value(series).text,
        )
        for series in range(3)
    )
    x_labels = tuple((index, stuff.word(index)) for index in range(count))
    return draw_line_chart(
        LineChart(**_frame(stuff), lines=lines, x_labels=x_labels, format_value=lambda value: f"{value:,.0f}")
    )


def bubbles(stuff: Stuff) -> str:
    count = len(stuff.numbers)
    items = tuple(
        Bubble(stuff.number(index), stuff.number(index * 3 + 1), abs(stuff.number(index + 2)), stuff.word(index), role)
        for index, role in zip(range(count), _ROLES * count, strict=False)
    )
    axis = Axis(stuff.word(0), lambda value: f"{value:,.0f}", stuff.number(0), stuff.word(1))
    groups = tuple(Group(role, stuff.word(index)) for index, role in enumerate(_ROLES))
    return draw_bubbles(BubbleChart(**_frame(stuff), bubbles=items, x_axis=axis, y_axis=axis, groups=groups))


def dumbbells(stuff: Stuff) -> str:
    pairs = tuple(
        Pair(
            stuff.word(index),
            stuff.value(index) if index % 3 else None,
            stuff.value(index + 1) if index % 4 else None,
            tuple(Effect)[index % 3],
            stuff.word(index + 1),
        )
        for index in range(len(stuff.numbers))
    )
    return draw_dumbbells(
        Dumbbells(**_frame(stuff), pairs=pairs, first_label=stuff.word(0), second_label=stuff.word(1))
    )


def grouped_columns(stuff: Stuff) -> str:
    sets = tuple(
        ColumnSet(
            stuff.word(index),
            stuff.value(index) if index % 4 != 3 else None,
            stuff.value(index + 1),
            stuff.value(index + 2) if index % 2 else None,
            stuff.value(index),
            stuff.word(index + 1)[:5],
        )
        for index in range(len(stuff.numbers))
    )
    return draw_grouped_columns(
        GroupedColumns(
            **_frame(stuff),
            sets=sets,
            actual_label=stuff.word(0),
            previous_label=stuff.word(1),
            plan_label=stuff.word(2),
            forecast_label=stuff.word(3),
        )
    )


def _frame(stuff: Stuff) -> _Frame:
    return {
        "identifier": "revenue",
        "title": stuff.word(0),
        "description": stuff.word(1),
        "width": stuff.width,
    }


KINDS: dict[str, Callable[[Stuff], str]] = {
    "stacked columns": stacked_columns,
    "stacked bars": stacked_bars,
    "waterfall": waterfall,
    "heat map": heat_map,
    "ranked bars": ranked_bars,
    "line chart": line_chart,
    "bubbles": bubbles,
    "dumbbells": dumbbells,
    "grouped columns": grouped_columns,
}
