"""Laws that hold for every kind of chart, whatever it shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention_reports.charts.style import PALETTE
from tests.charts.examples import KINDS, Stuff
from tests.charts.reading_svg import ids, labels, labels_outside, overlapping_labels, parsed

if TYPE_CHECKING:
    from collections.abc import Callable

GERMAN = ("Zurück\u00adgewonnene Kunden", "Neue", "Treue Kunden mit Rahmenvertrag", "Q3", "Łódź & Söhne GmbH")
USUAL = Stuff(GERMAN, (815, 822, -87, 854, 942, 0, 907, 923))
NASTY = Stuff(("</svg><script>alert(1)</script>", "\"'&<>", "a\x00b\x1f", "]]><!--"), (3, 2, 1, 4))

every_kind = pytest.mark.parametrize("draw", KINDS.values(), ids=KINDS.keys())

words = st.lists(st.text("aefimnstwüÖß 0169.%-\u00ad\u00a0", max_size=45), min_size=1, max_size=6).map(tuple)
numbers = st.lists(
    st.one_of(st.integers(-1000, 1000).map(float), st.floats(-1e9, 1e9, allow_subnormal=False), st.just(0.0)),
    min_size=1,
    max_size=9,
).map(tuple)
stuff = st.builds(Stuff, words, numbers, st.sampled_from((330, 680)))


@every_kind
def test_words_that_look_like_markup_stay_words(draw: Callable[[Stuff], str]) -> None:
    svg = draw(NASTY)
    assert "<script" not in svg
    assert svg.count("</svg>") == 1
    assert parsed(svg)[0].text == NASTY.words[0]


@every_kind
def test_the_same_spec_gives_the_same_text(draw: Callable[[Stuff], str]) -> None:
    assert draw(USUAL) == draw(USUAL)


@every_kind
def test_a_chart_uses_nothing_that_a_strict_policy_or_a_pdf_refuses(draw: Callable[[Stuff], str]) -> None:
    refused = r'style=|var\(|currentColor|foreignObject|<mask|<filter|paint-order|textPath|Gradient|"-0"|nan|inf\b'
    assert re.findall(refused, draw(USUAL)) == []


@every_kind
def test_a_chart_introduces_itself_to_screen_readers(draw: Callable[[Stuff], str]) -> None:
    root = parsed(draw(USUAL))
    assert root.get("role") == "img"
    assert [child.tag.rpartition("}")[2] for child in root][:2] == ["title", "desc"]
    assert root.get("aria-labelledby") == f"{root[0].get('id')} {root[1].get('id')}"


@every_kind
def test_ids_are_unique_and_start_with_the_identifier(draw: Callable[[Stuff], str]) -> None:
    found = ids(draw(USUAL))
    assert len(found) == len(set(found))
    assert all(name.startswith("revenue-") for name in found)


@every_kind
def test_every_colour_has_the_class_that_recolours_it(draw: Callable[[Stuff], str]) -> None:
    by_class = {f"c-{role.value}": colour.light for role, colour in PALETTE.items()}
    by_stroke = {f"s-{role.value}": colour.light for role, colour in PALETTE.items()}
    for mark in parsed(draw(USUAL)).iter():
        classes = mark.get("class", "").split()
        fill, stroke = mark.get("fill"), mark.get("stroke")
        assert fill in (None, "none") or fill in [by_class.get(name) for name in classes]
        assert stroke is None or stroke in [by_stroke.get(name) for name in classes]


@every_kind
def test_type_is_never_smaller_than_seven_and_a_half_points(draw: Callable[[Stuff], str]) -> None:
    assert min(label.size for label in labels(draw(USUAL))) * 0.75 >= 7.5


@every_kind
@settings(max_examples=60, deadline=None)
@given(stuff=stuff)
def test_no_label_is_clipped(draw: Callable[[Stuff], str], stuff: Stuff) -> None:
    assert labels_outside(draw(stuff)) == []


@every_kind
@settings(max_examples=60, deadline=None)
@given(stuff=stuff)
def test_no_label_lies_on_another(draw: Callable[[Stuff], str], stuff: Stuff) -> None:
    assert overlapping_labels(draw(stuff)) == []
