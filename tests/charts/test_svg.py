from __future__ import annotations

import pytest

from retention_reports.charts.svg import element, number, path


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.0, "1"), (1.234, "1.23"), (1.5, "1.5"), (-0.001, "0"), (-0.0, "0"), (100, "100"), (-2.50, "-2.5")],
)
def test_coordinates_are_short(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_coordinate_without_a_place_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        number(value)


def test_text_and_attributes_are_escaped() -> None:
    assert str(element("text", "a<b>&", id='"x"')) == '<text id="&quot;x&quot;">a&lt;b&gt;&amp;</text>'


def test_what_xml_cannot_hold_is_dropped() -> None:
    assert str(element("text", "a\x00\x0b\ud800b")) == "<text>ab</text>"


def test_attributes_keep_their_order_and_none_is_left_out() -> None:
    assert str(element("rect", None, width=2, class_="c-ink", fill=None, font_size=1.5)) == (
        '<rect width="2" class="c-ink" font-size="1.5"/>'
    )


def test_a_path_runs_through_its_points() -> None:
    assert path([(0, 1), (2, 3.456)]) == "M0 1L2 3.46"
    assert path([(0, 1), (2, 3), (4, 5)], closed=True) == "M0 1L2 3L4 5Z"
