"""The consultant's Markdown as safe HTML. Size and nesting were checked when the note was read."""

from __future__ import annotations

import nh3
from markdown import Markdown

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "a", "h3", "h4", "hr"}
_ATTRIBUTES = {"a": {"href", "title"}}
_SCHEMES = {"http", "https", "mailto"}


def note_html(text: str) -> str:
    """Return sanitised HTML: paragraphs, lists, emphasis, quotes and http(s) or mailto links; nothing else.

    Headings below the section's own become level 3, so that the report keeps its outline.
    """
    if not text.strip():
        return ""
    converter = Markdown(extensions=["sane_lists"], output_format="html")
    html = converter.convert(text)
    for level in (1, 2):
        html = html.replace(f"<h{level}>", "<h3>").replace(f"</h{level}>", "</h3>")
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        url_relative="deny",  # such links are told when the note is read; none may stop the report
        link_rel="noopener noreferrer",
    ).strip()
