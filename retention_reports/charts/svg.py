"""An escaping builder of SVG elements; the only place that writes angle brackets."""

from __future__ import annotations

import math
import re
from html import escape

from retention_reports.records import record

AttributeValue = str | float | None

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@record
class Element:
    """An element with attributes in the order given; children are elements or plain text."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple[Element | str, ...]

    def __str__(self) -> str:
        """Return the markup, text and attributes escaped."""
        attributes = "".join(f' {name}="{_clean(value)}"' for name, value in self.attributes)
        if not self.children:
            return f"<{self.name}{attributes}/>"
        inner = "".join(_clean(child) if isinstance(child, str) else str(child) for child in self.children)
        return f"<{self.name}{attributes}>{inner}</{self.name}>"


def element(name: str, /, *children: Element | str | None, **attributes: AttributeValue) -> Element:
    """Return an element; `font_size=10` becomes `font-size="10"`, `class_` becomes `class`; None is left out."""
    pairs = tuple((_attribute_name(key), _text(value)) for key, value in attributes.items() if value is not None)
    return Element(name, pairs, tuple(child for child in children if child is not None))


def number(value: float) -> str:
    """Return a coordinate with at most two decimals, without trailing zeros and never "-0".

    Raises ValueError for a value that is not finite.
    """
    if not math.isfinite(value):
        message = f"a coordinate must be finite, not {value}"
        raise ValueError(message)
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def path(points: list[tuple[float, float]], *, closed: bool = False) -> str:
    """Return path data of straight lines through the points."""
    steps = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f"M{steps}Z" if closed else f"M{steps}"


def _attribute_name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _text(value: str | float) -> str:
    return value if isinstance(value, str) else number(value)


def _clean(text: str) -> str:
    return escape(_NOT_IN_XML.sub("", text))
