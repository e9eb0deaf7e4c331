"""Reads a drawn chart back: its marks, its lines of text and where they lie."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree as ET

from retention_reports.charts.geometry import Box
from retention_reports.charts.text import Anchor, Label, Weight

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_TOLERANCE = 0.06


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314


def marks(svg: str, name: str, role: str = "") -> list[ET.Element]:
    return [mark for mark in parsed(svg).iter(_NAMESPACE + name) if not role or role in mark.get("class", "").split()]


def attribute(mark: ET.Element, name: str) -> float:
    return float(mark.attrib[name])


def boxes(svg: str, role: str = "") -> list[Box]:
    return [
        Box(
            attribute(mark, "x"),
            attribute(mark, "y"),
            attribute(mark, "x") + attribute(mark, "width"),
            attribute(mark, "y") + attribute(mark, "height"),
        )
        for mark in marks(svg, "rect", role)
    ]


def labels(svg: str) -> list[Label]:
    return [
        Label(
            attribute(mark, "x"),
            attribute(mark, "y"),
            mark.text or "",
            attribute(mark, "font-size"),
            Anchor(mark.get("text-anchor", "start")),
            Weight.SEMIBOLD if mark.get("font-weight") else Weight.REGULAR,
        )
        for mark in marks(svg, "text")
    ]


def shown_texts(svg: str) -> list[str]:
    return [label.text for label in labels(svg)]


def tooltips(svg: str) -> list[str]:
    return [title.text or "" for mark in parsed(svg).iter() for title in mark.findall(_NAMESPACE + "title")][1:]


def zero_line(svg: str) -> float:
    """Return the height of the horizontal line drawn in ink."""
    lines = marks(svg, "line", "s-ink")
    return next(attribute(line, "y1") for line in lines if line.get("y1") == line.get("y2"))


def labels_outside(svg: str) -> list[str]:
    root = parsed(svg)
    page = Box(-_TOLERANCE, -_TOLERANCE, attribute(root, "width") + _TOLERANCE, attribute(root, "height") + _TOLERANCE)
    return [label.text for label in labels(svg) if not label.box.within(page)]


def overlapping_labels(svg: str) -> list[tuple[str, str]]:
    shrunk = [(label.text, _shrunk(label.box)) for label in labels(svg)]
    return [
        (first, second)
        for (first, first_box), (second, second_box) in combinations(shrunk, 2)
        if first_box.overlaps(second_box)
    ]


def ids(svg: str) -> list[str]:
    return re.findall(r'\bid="([^"]*)"', svg)


def _shrunk(box: Box) -> Box:
    return Box(box.left + _TOLERANCE, box.top + _TOLERANCE, box.right - _TOLERANCE, box.bottom - _TOLERANCE)
