"""The one place that reaches behind WeasyPrint's public interface, and why.

WeasyPrint starts from the fonts and rules of the machine's fontconfig. Then a missing glyph is borrowed from whatever
is installed, and a missing weight is smeared or slanted according to local rules: other bytes on every machine.

It sets the texts of an SVG letter by letter, in a group of its own where they are not anchored at their start. Charts
have hundreds of labels: as lines of text they take a fifth of the time, and words can be searched for and copied.

It lays out pages with `target-counter` three times. Here a stylesheet leaves room for the number of a page, and the
number is written in when all pages are laid out.

Its own stylesheet gives every element a marker and five pseudo-elements of notes and footnotes, and each a style. Here
only entries of lists have markers, and there are no notes.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.draw.text import draw_first_line
from weasyprint.formatting_structure.boxes import TextBox as LaidOutText
from weasyprint.html import UA_STYLESHEET
from weasyprint.matrix import Matrix
from weasyprint.svg import TAGS
from weasyprint.svg.text import Style, TextBox
from weasyprint.text import ffi as native
from weasyprint.text.fonts import FontConfiguration
from weasyprint.text.line_break import create_layout, line_size, split_first_line

from retention_reports.charts.text import SHARE_BEFORE, Anchor
from retention_reports.rendering.drawings import LABEL_TAG
from retention_reports.rendering.fonts import FONT_FAMILY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weasyprint import Document
    from weasyprint.svg import SVG, Node

native.ffi.cdef("FcConfig * FcConfigCreate (void);")


class BundledFontConfiguration(FontConfiguration):  # type: ignore[misc] # WeasyPrint has no types
    """Knows no font and no rule until a `@font-face` rule brings one."""

    def __init__(self) -> None:
        """Do what the parent does, with an empty configuration in place of the machine's."""
        self._config = native.fontconfig.FcConfigCreate()
        self.font_map = native.ffi.gc(native.pangoft2.pango_ft2_font_map_new(), native.gobject.g_object_unref)
        font_map = native.ffi.cast("PangoFcFontMap *", self.font_map)
        native.pangoft2.pango_fc_font_map_set_config(font_map, self._config)
        native.fontconfig.FcConfigDestroy(self._config)  # the font map keeps its own reference
        self._folder = None
        self.strut_layouts: dict[object, object] = {}
        self.font_features: dict[object, object] = {}


def _draw_label(svg: SVG, node: Node, font_size: float) -> None:
    """Draw a text as one line, in the typeface of the chart, with its baseline at y."""
    style = _label_style(int(node.get("font-weight", 400)), font_size)
    style.font_config = svg.font_config
    layout = create_layout(node.text, style, svg.context, None, 0)
    width, _ = line_size(layout.get_first_line()[0], style)
    left = float(node.get("x")) - width * SHARE_BEFORE[Anchor(node.get("text-anchor", "start"))]
    fill, stroke = svg.set_graphical_state(node, font_size)
    svg.stream.begin_text()
    svg.fill_stroke(fill, stroke, text=True)
    draw_first_line(svg.stream, TextBox(layout, style), "none", "none", Matrix(d=-1, e=left, f=float(node.get("y"))))
    svg.stream.end_text()


@cache
def _label_style(weight: int, size: float) -> Style:
    style = Style(INITIAL_VALUES)
    style.update(font_family=[FONT_FAMILY], font_weight=weight, font_size=size)
    return style


TAGS[LABEL_TAG] = _draw_label

ROOM_FOR_PAGE = "00"
"""What a stylesheet writes after a link (`a::after`) where the number of the page that it leads to is to stand."""


def write_page_numbers(rendered: Document) -> None:
    """Write the numbers of pages where there is room for them, at its right."""
    pages = list(enumerate(rendered.pages, 1))
    numbers = {anchor: number for number, page in reversed(pages) for anchor in page.anchors}
    for _, page in pages:
        for box in page._page_box.descendants():  # noqa: SLF001
            if isinstance(box, LaidOutText) and box.element_tag == "a::after" and box.text.endswith(ROOM_FOR_PAGE):
                number = numbers.get(box.element.get("href").removeprefix("#"))
                if number is not None:  # WeasyPrint complains of links to nowhere
                    _write_again(box, f"{box.text.removesuffix(ROOM_FOR_PAGE)}{number}")


def _write_again(box: LaidOutText, text: str) -> None:
    layout, _, _, width, _, _ = split_first_line(text, box.style, None, None, 0)
    box.position_x += box.width - width
    box.text, box.pango_layout, box.width = text, layout, width


_MARKER = "marker"
_NOTES = {"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"}
_rules = UA_STYLESHEET.matcher
_markers = [entry for entry in _rules.other_selectors if entry[3] == _MARKER]
_rules.lower_local_name_selectors.setdefault("li", []).extend(_markers)
_rules.other_selectors[:] = [entry for entry in _rules.other_selectors if entry[3] not in {*_NOTES, _MARKER}]


def require_font_subsetting() -> None:
    """Raise `OSError` where HarfBuzz cannot cut fonts down: the substitute writes the time of day into the file."""
    if not (native.harfbuzz_subset and native.harfbuzz.hb_version_atleast(4, 1, 0)):
        message = "HarfBuzz 4.1 or later with its subset library is missing"
        raise OSError(message)


@contextmanager
def collected_complaints() -> Iterator[list[str]]:
    """Collect what WeasyPrint logs as errors: resources it could not load, links to nowhere, missing descriptions."""
    complaints: list[str] = []
    handler = _Collector(complaints)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield complaints
    finally:
        logger.removeHandler(handler)


class _Collector(logging.Handler):
    """Appends the messages of errors to a list."""

    def __init__(self, messages: list[str]) -> None:
        """Take the list to fill."""
        super().__init__(logging.ERROR)
        self._messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message."""
        self._messages.append(record.getMessage())
