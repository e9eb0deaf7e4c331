"""Charts as they stand in a page: part of it on screen, pictures of their own on paper."""

from __future__ import annotations

import base64
import re

from markupsafe import Markup

from retention_reports.rendering.fonts import printable_text

LABEL_TAG = "label"
"""What texts of charts are called on paper, where `pdf_engine` draws them."""

_MARK = re.compile(r"<[a-z]+ [^>]*>")
_FILL = re.compile(r' fill="#[0-9A-Fa-f]{6}"')
_STROKE = re.compile(r' stroke="#[0-9A-Fa-f]{6}"')
_STROKE_CLASS = re.compile(r' class="[^"]*s-')
_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'
_FAMILY = re.compile(r' font-family="[^"]*"')
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
_TEXT_TAG = re.compile(r"(</?)text\b")
_TOLD = re.compile(r"<(title|desc)[^>]*>.*?</\1>", re.DOTALL)


def screen_drawing(svg: str) -> Markup:
    """Return a chart whose marks take their colours from the stylesheet, which knows light and dark, alone.

    Its texts are set in the page's typeface, which it has not to name again.
    """
    inline = _FAMILY.sub("", svg.replace(_NAMESPACE, "", 1), count=1)
    return Markup(_MARK.sub(_without_colours, inline))  # noqa: S704 -- charts escape every text themselves


def screen_ornament(svg: str) -> Markup:
    """Return a chart whose numbers stand in words beside it: readers that speak pass it over."""
    told = _TITLE.sub("", svg, count=1).replace(' role="img"', ' aria-hidden="true"', 1)
    return screen_drawing(told)


def paper_drawing(svg: str) -> Markup:
    """Return a chart as a picture whose title is its alternative text.

    As a picture it takes no part in the styles of the page, which would be worked out for every mark; and what marks
    say under the pointer has no place on paper.
    """
    title = _TITLE.search(svg)
    shown = _TEXT_TAG.sub(rf"\1{LABEL_TAG}", printable_text(_TOLD.sub("", svg)))
    source = base64.b64encode(shown.encode("utf-8")).decode("ascii")
    text = title[1] if title else ""
    return Markup(f'<img alt="{text}" src="data:image/svg+xml;base64,{source}">')  # noqa: S704 -- escaped by the chart


def _without_colours(mark: re.Match[str]) -> str:
    text = mark[0]
    if ' class="c-' in text:
        text = _FILL.sub("", text)
    if "s-" in text and _STROKE_CLASS.search(text):
        text = _STROKE.sub("", text)
    return text
