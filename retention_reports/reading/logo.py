"""The client's logo, checked so that no page can be harmed by it, as a data URL."""

from __future__ import annotations

import base64
import re
import struct
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate

from retention_reports.messages import say
from retention_reports.reading.clients import CLIENT_FILE
from retention_reports.reading.files import check_path
from retention_reports.reading.problems import UnreadableFileError, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_reports.messages import Message
    from retention_reports.reading.files import FolderFiles

_LARGEST = 1_000_000
_MOST_PIXELS = 20_000_000
_MOST_ELEMENTS = 5_000
_DEEPEST = 50
_MOST_MASKED = 50
_TYPES = {".svg": "svg+xml", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}
_SHAPES = frozenset(
    {"svg", "g", "defs", "title", "desc", "metadata", "path", "rect", "circle", "ellipse", "line", "polyline"}
    | {"polygon", "text", "tspan", "linearGradient", "radialGradient", "stop", "clipPath", "mask"}
)
_STENCILS = frozenset({"clipPath", "mask"})
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_LOCAL_REFERENCE = re.compile(r"url\(\s*['\"]?#[\w.:-]+['\"]?\s*\)", re.IGNORECASE)


def read_logo(files: FolderFiles, path: str) -> str:
    """Return the picture as a data URL, or note what is wrong with it and return nothing."""
    ending = path[path.rfind(".") :].lower()
    try:
        check_path(path)
        if ending not in _TYPES:
            raise _refused(say("logo.other_kind"))
    except UnreadableFileError as problem:
        message = say("logo.at", path=shown(path), reason=problem.message)
        files.log.error(files.location(CLIENT_FILE), "unusable logo", message)
        return ""
    content = files.read(path, _LARGEST)
    if content is None:
        return ""
    try:
        _CHECKS[_TYPES[ending]](content.data)
    except UnreadableFileError as problem:
        files.log.error(files.location(path), problem.kind, problem.message)
        return ""
    return f"data:image/{_TYPES[ending]};base64,{base64.b64encode(content.data).decode()}"


def _refused(reason: Message) -> UnreadableFileError:
    return UnreadableFileError("unusable logo", reason)


def _check_png(data: bytes) -> None:
    if not data.startswith(b"\x89PNG\r\n\x1a\n") or data[12:16] != b"IHDR" or len(data) < 33:  # noqa: PLR2004
        raise _refused(say("logo.no_png"))
    _check_pixels(*struct.unpack(">II", data[16:24]))


def _check_jpeg(data: bytes) -> None:
    for marker, start in _jpeg_segments(data):
        if marker in _JPEG_FRAMES and len(data) >= start + 9:
            height, width = struct.unpack(">HH", data[start + 5 : start + 9])
            _check_pixels(width, height)
            return
    raise _refused(say("logo.no_jpeg"))


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield each segment's marker and the position of its marker's first byte."""
    place = 2 if data.startswith(b"\xff\xd8") else len(data)
    while place + 4 <= len(data) and data[place] == 0xFF:  # noqa: PLR2004
        yield data[place + 1], place
        place += 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]


def _check_pixels(width: int, height: int) -> None:
    if not 0 < width * height <= _MOST_PIXELS:
        size = f"{width} × {height}"
        raise _refused(say("logo.pixels", size=size, millions=_MOST_PIXELS // 1_000_000))


def _check_svg(data: bytes) -> None:
    # Only what draws shapes is let through. References, styles and scripts are refused by not being on the list.
    parser = ParserCreate()
    watch = _ShapeWatch()
    parser.StartElementHandler, parser.EndElementHandler = watch.start, watch.end
    parser.StartDoctypeDeclHandler = parser.ProcessingInstructionHandler = watch.other
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes the flag by position
    except (ExpatError, ValueError, LookupError) as problem:
        raise _refused(say("logo.no_svg")) from problem


class _ShapeWatch:
    """Looks at each element as the parser meets it, so that nothing large is ever built."""

    def __init__(self) -> None:
        self._depth = 0
        self._elements = 0
        self._stencils = 0
        self._masked = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > _DEEPEST or self._elements > _MOST_ELEMENTS:
            raise _refused(say("logo.elements", elements=_MOST_ELEMENTS, levels=_DEEPEST))
        if self._elements == 1 and tag.rpartition(":")[2] != "svg":
            raise _refused(say("logo.no_svg"))
        _check_element(tag, attributes)
        self._stencils += tag.removeprefix("svg:") in _STENCILS
        if attributes.keys() & {"clip-path", "mask"}:
            self._check_masked()

    def _check_masked(self) -> None:
        # Each use draws the whole mask again; masks in masks multiply.
        self._masked += 1
        if self._stencils or self._masked > _MOST_MASKED:
            raise _refused(say("logo.masks", limit=_MOST_MASKED))

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._stencils -= tag.removeprefix("svg:") in _STENCILS

    def other(self, *_: object) -> None:
        raise _refused(say("logo.declarations"))


def _check_element(tag: str, attributes: dict[str, str]) -> None:
    name = tag.removeprefix("svg:")
    if name not in _SHAPES:
        raise _refused(say("logo.element", name=shown(name)))
    for attribute, value in attributes.items():
        plain = attribute.rpartition(":")[2].lower()
        outside = "url(" in _LOCAL_REFERENCE.sub("", value).lower() or "\\" in value
        if plain.startswith("on") or plain in {"href", "src", "style", "base"} or outside:
            raise _refused(say("logo.attribute", name=shown(plain)))


_CHECKS = {"svg+xml": _check_svg, "png": _check_png, "jpeg": _check_jpeg}
