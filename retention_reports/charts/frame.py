"""What every chart has: size, title, description and the root element that carries them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention_reports.charts.style import FONT_FAMILY, Role
from retention_reports.charts.svg import Element, element, number
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Sized

FULL_WIDTH = 680
HALF_WIDTH = 330
"""Pixels of a chart that fills a row of the page, and of one of two side by side."""

_IDENTIFIER = re.compile(r"[a-z][a-z0-9-]*")


@record
class Value:
    """A number and the finished text that shows it."""

    value: float
    text: str


@record
class Group:
    """A group of customers (or any other series): its colour everywhere, and its name."""

    role: Role
    label: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """The part of a spec that all kinds share.

    `identifier` is unique on the page (small letters, digits, hyphens) and starts every id; `title` says the message
    with its key number (a PDF's alternative text), `description` what is shown. `width` is in pixels.
    """

    identifier: str
    title: str
    description: str
    width: float = FULL_WIDTH

    def __post_init__(self) -> None:
        """Refuse an identifier that could not be part of a link."""
        if not _IDENTIFIER.fullmatch(self.identifier):
            message = f"not an identifier for a chart: {self.identifier!r}"
            raise ValueError(message)


def require_some(items: Sized, what: str) -> None:
    """Raise ValueError where there is nothing to draw."""
    if not len(items):
        message = f"a chart needs at least one {what}"
        raise ValueError(message)


def document(chart: Chart, height: float, *marks: Element | None) -> str:
    """Return the finished SVG text."""
    title, description = f"{chart.identifier}-title", f"{chart.identifier}-description"
    root = element(
        "svg",
        element("title", chart.title, id=title),
        element("desc", chart.description, id=description),
        *marks,
        xmlns="http://www.w3.org/2000/svg",
        class_="chart",
        role="img",
        aria_labelledby=f"{title} {description}",
        width=chart.width,
        height=height,
        viewBox=f"0 0 {number(chart.width)} {number(height)}",
        font_family=FONT_FAMILY,
    )
    return str(root)
