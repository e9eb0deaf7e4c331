"""XML to a tree that knows its lines, within bounds: entities are refused, and nothing is ever fetched."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING
from xml.parsers import expat

from retention_reports.messages import say
from retention_reports.reading.problems import UnreadableFileError
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DEEPEST = 100
_MOST_ELEMENTS = 500_000
_NAME_BEHIND = " "
"""Stands between an element's namespace, which versions change, and its name."""


@record
class XmlElement:
    """An element by its local name, the line it begins on, its text without blanks around it, and what it holds."""

    name: str
    line: int
    attributes: Mapping[str, str]
    children: list[XmlElement] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The element's own text."""
        return "".join(self.texts).strip()

    def all(self, *path: str) -> Iterator[XmlElement]:
        """Yield every element at the end of a path of names."""
        if not path:
            yield self
            return
        for child in self.children:
            if child.name == path[0]:
                yield from child.all(*path[1:])

    def at(self, *path: str) -> str:
        """Return the first text at the end of a path of names that is not empty; else ""."""
        return next((found.text for found in self.all(*path) if found.text), "")


def parse_xml(data: bytes) -> XmlElement:
    """Return the root element.

    Raises:
        UnreadableFileError: it is no XML, declares entities, or is nested or large beyond all measure.
    """
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)  # noqa: FBT003 - expat takes it by position: there is no more to come
    except expat.ExpatError as problem:
        raise UnreadableFileError("broken XML", say("xml.broken"), problem.lineno) from problem
    except (LookupError, ValueError) as problem:
        raise UnreadableFileError("broken XML", say("xml.broken"), 1) from problem
    return builder.root.children[0]


class _Builder:
    def __init__(self) -> None:
        self.root = XmlElement("", 0, {})
        self.parser = expat.ParserCreate(namespace_separator=_NAME_BEHIND)
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._add_text
        self.parser.EntityDeclHandler = self._refuse_entity
        self._open = [self.root]
        self._count = 0

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        line = self.parser.CurrentLineNumber
        if len(self._open) > _DEEPEST or self._count > _MOST_ELEMENTS:
            raise UnreadableFileError("file too large", say("xml.too_large"), line)
        element = XmlElement(name.rpartition(_NAME_BEHIND)[2], line, attributes)
        self._open[-1].children.append(element)
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _add_text(self, text: str) -> None:
        self._open[-1].texts.append(text)

    def _refuse_entity(self, *_: object) -> None:
        raise UnreadableFileError("entities in XML", say("xml.entities"), self.parser.CurrentLineNumber)
