"""Charts in a page: coloured by the page on screen; on paper pictures, with a text for those who cannot see them."""

from __future__ import annotations

import base64
import re
from xml.etree import ElementTree as ET

from retention_reports.charts.svg import element
from retention_reports.rendering.drawings import LABEL_TAG, paper_drawing, screen_drawing, screen_ornament

_MARK = element("rect", element("title", "neu: 3"), width=5, height=5, fill="#1B2530", class_="c-actual")
_LABEL = element("text", "Łódź → ☃", x=1, fill="#123456")


def _chart(title: str = "Umsatz <A & B>") -> str:
    told = element("title", title), element("desc", "Je Quartal.")
    return str(element("svg", *told, _MARK, _LABEL, xmlns="http://www.w3.org/2000/svg", width=9))


def _picture(markup: str) -> ET.Element:
    source = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', markup)
    assert source is not None
    return ET.fromstring(base64.b64decode(source[1]))  # noqa: S314 -- our own


def test_on_paper_a_chart_is_a_picture_whose_title_is_its_alternative_text() -> None:
    markup = paper_drawing(_chart())

    assert markup.startswith('<img alt="Umsatz &lt;A &amp; B&gt;" src="data:')
    assert [child.tag.partition("}")[2] for child in _picture(markup)] == ["rect", LABEL_TAG]


def test_on_paper_nothing_is_said_that_only_a_pointer_would_find() -> None:
    assert "neu: 3" not in "".join(_picture(paper_drawing(_chart())).itertext())


def test_on_paper_a_character_that_the_typeface_lacks_is_a_box() -> None:
    assert "".join(_picture(paper_drawing(_chart())).itertext()) == "Łódź → □"


def test_on_screen_marks_with_a_class_leave_their_colour_to_the_page() -> None:
    markup = screen_drawing(_chart())

    assert '<rect width="5" height="5" class="c-actual"><title>neu: 3</title></rect>' in markup
    assert 'fill="#123456"' in markup
    assert "xmlns" not in markup


def test_an_ornament_is_passed_over_by_readers_that_speak() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img"><title>Revenue</title><path d="M0 0" class="s-line"/></svg>'
    )

    assert screen_ornament(svg) == '<svg aria-hidden="true"><path d="M0 0" class="s-line"/></svg>'
