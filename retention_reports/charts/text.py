"""How wide text runs in Inter, breaking it into lines, and labels that do not run into one another."""

from __future__ import annotations

import json
from dataclasses import replace
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from retention_reports.charts.geometry import Box
from retention_reports.charts.style import LINE_HEIGHT, SMALL, Role
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SOFT_HYPHEN = "\u00ad"
ELLIPSIS = "…"
_UNITS_PER_EM = 1000
_UNKNOWN_WIDTH = 1000
_ASCENT = 0.78
_DESCENT = 0.22


class Weight(StrEnum):
    """The two weights of Inter that charts use; the value is the key in the table of widths."""

    REGULAR = "regular"
    SEMIBOLD = "semibold"


class Anchor(StrEnum):
    """Which point of a line of text lies at x."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


SHARE_BEFORE = {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}
"""How much of a line's width lies before its anchor."""


@record
class Label:
    """One line of text; `y` is its baseline."""

    x: float
    y: float
    text: str
    size: float = SMALL
    anchor: Anchor = Anchor.START
    weight: Weight = Weight.REGULAR
    role: Role = Role.INK

    @property
    def box(self) -> Box:
        """Return the area the ink may cover, from ascenders to descenders."""
        width = text_width(self.text, self.size, self.weight)
        left = self.x - width * SHARE_BEFORE[self.anchor]
        return Box(left, self.y - self.size * _ASCENT, left + width, self.y + self.size * _DESCENT)

    def kept_within(self, left: float, right: float) -> Label:
        """Return the label shortened and shifted so that it stays between two edges."""
        shortened = replace(self, text=ellipsized(self.text, right - left, self.size, self.weight))
        box = shortened.box
        shift = max(left - box.left, 0.0) or min(right - box.right, 0.0)
        return replace(shortened, x=self.x + shift)


def text_width(text: str, size: float, weight: Weight = Weight.REGULAR) -> float:
    """Return the width in pixels, kerning aside; an unknown character counts as one em, a soft hyphen as nothing."""
    advances = _advances(weight)
    units = sum(advances.get(character, _UNKNOWN_WIDTH) for character in text if character != SOFT_HYPHEN)
    return units * size / _UNITS_PER_EM


def ellipsized(text: str, width: float, size: float, weight: Weight = Weight.REGULAR) -> str:
    """Return the text, or its longest beginning that fits with an ellipsis; empty where not even that fits."""
    text = text.replace(SOFT_HYPHEN, "")
    if text_width(text, size, weight) <= width:
        return text
    for length in range(len(text) - 1, 0, -1):
        shortened = text[:length].rstrip() + ELLIPSIS
        if text_width(shortened, size, weight) <= width:
            return shortened
    return ""


def wrapped(
    text: str, width: float, size: float, weight: Weight = Weight.REGULAR, *, lines: int = 2
) -> tuple[str, ...]:
    """Return at most `lines` lines that fit the width, broken at spaces and soft hyphens, the last one shortened.

    A no-break space holds words together.
    """
    remaining = [word for word in text.split(" ") if word]
    result: list[str] = []
    while remaining and len(result) < lines - 1:
        line, remaining = _fill_line(remaining, width, size, weight)
        result.append(line)
    if remaining:
        result.append(ellipsized(" ".join(remaining), width, size, weight))
    return tuple(line for line in result if line)


def keep_apart(labels: Sequence[Label], obstacles: Iterable[Box] = (), *, gap: float = 0) -> list[Label]:
    """Return the labels that overlap neither an obstacle nor a label before them (the most important comes first).

    `gap` is the least distance beside a label.
    """
    taken = list(obstacles)
    kept = []
    for label in labels:
        box = label.box
        if not any(box.overlaps(other) for other in taken):
            taken.append(Box(box.left - gap, box.top, box.right + gap, box.bottom))
            kept.append(label)
    return kept


def push_apart(centres: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Return centres, in the order given, moved as little as needed so that nothing overlaps between `low` and `high`.

    Raises ValueError where the heights do not fit.
    """
    if sum(heights) > high - low + 1e-9:
        message = "the labels are higher together than the space for them"
        raise ValueError(message)
    order = sorted(range(len(centres)), key=lambda index: (centres[index], index))
    placed = [0.0] * len(centres)
    edge = low
    for index in order:
        placed[index] = max(centres[index], edge + heights[index] / 2)
        edge = placed[index] + heights[index] / 2
    edge = high
    for index in reversed(order):
        placed[index] = min(placed[index], edge - heights[index] / 2)
        edge = placed[index] - heights[index] / 2
    return placed


def stacked_lines(first: Label, lines: Sequence[str]) -> list[Label]:
    """Return one label a line, the first at the place of `first`, each below the one before."""
    return [replace(first, text=line, y=first.y + index * first.size * LINE_HEIGHT) for index, line in enumerate(lines)]


def _fill_line(words: list[str], width: float, size: float, weight: Weight) -> tuple[str, list[str]]:
    line = ""
    for index, word in enumerate(words):
        candidate = f"{line} {word}".lstrip()
        if text_width(candidate, size, weight) <= width:
            line = candidate
            continue
        start = f"{line} " if line else ""
        head, tail = _split_word(word, width - text_width(start, size, weight), size, weight)
        if head:
            return _without_soft_hyphens(start + head), [tail, *words[index + 1 :]]
        if line:
            return _without_soft_hyphens(line), words[index:]
        return ellipsized(word, width, size, weight), words[index + 1 :]
    return _without_soft_hyphens(line), []


def _split_word(word: str, width: float, size: float, weight: Weight) -> tuple[str, str]:
    parts = word.split(SOFT_HYPHEN)
    for count in range(len(parts) - 1, 0, -1):
        head = "".join(parts[:count]) + "-"
        if text_width(head, size, weight) <= width:
            return head, SOFT_HYPHEN.join(parts[count:])
    return "", word


def _without_soft_hyphens(text: str) -> str:
    return text.replace(SOFT_HYPHEN, "")


@cache
def _advances(weight: Weight) -> dict[str, int]:
    table = json.loads(resources.files(__package__).joinpath("inter_widths.json").read_text(encoding="utf-8"))
    return {character: int(width) for width, characters in table[weight.value].items() for character in characters}
