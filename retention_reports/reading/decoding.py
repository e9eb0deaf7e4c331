"""Bytes to text: as declared, else by byte order mark, else UTF-8, else cp1252. Nothing is guessed by statistics."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.letters import MIXED, TWICE, once_decoded, other_encoding, without_entities
from retention_reports.reading.problems import UnreadableFileError

if TYPE_CHECKING:
    from retention_reports.messages import Message

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_END_OF_FILE = b"\x1a"
"""What DOS and its heirs write behind a text; it belongs to no cell."""

OWN_ENCODINGS = frozenset({TWICE, MIXED})
"""Ways of reading that no other program has a name for: what went wrong before is put right."""


def decode(data: bytes, declared: str = "") -> str:
    """Return the text without byte order mark.

    Raises:
        UnreadableFileError: the bytes are no text in the encoding; names the line where it can be told.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if declared == TWICE:
        return once_decoded(decode(data, "utf-8"))
    if declared == MIXED:
        return "".join(_line(line) for line in data.removeprefix(codecs.BOM_UTF8).splitlines(keepends=True))
    if declared:
        return _strict(data, _with_mark(declared, marked), say("bytes.declared"))
    if marked:
        return _strict(data, marked, say("bytes.marked"))
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        # Before an ordinary letter, the zero byte of UTF-16 tells that the larger byte comes first.
        encoding = "utf-16-be" if data.startswith(b"\0") else "utf-16-le"
        raise UnreadableFileError("not text", say("bytes.zero_byte", encoding=encoding), line)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _usual(data)


def utf8_of(data: bytes, declared: str = "") -> bytes:
    """Return the text without byte order mark, as UTF-8: the bytes themselves where they are that already.

    Raises:
        UnreadableFileError: as `decode` does.
    """
    data = _without_end_mark(data)
    is_marked = any(data.startswith(mark) for mark, _ in _MARKS)
    is_utf8 = not declared or (declared not in OWN_ENCODINGS and codecs.lookup(declared).name == "utf-8")
    if is_utf8 and not is_marked and b"\0" not in data and _can_be_utf8(data):
        return without_entities(data)
    return without_entities(decode(data, declared).encode())


def _without_end_mark(data: bytes) -> bytes:
    body = data.rstrip(b"\r\n")
    return body.removesuffix(_END_OF_FILE) if body.endswith(_END_OF_FILE) else data


def _can_be_utf8(data: bytes) -> bool:
    try:
        return data.isascii() or bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _usual(data: bytes) -> str:
    """Read bytes that are no UTF-8; which encoding they may have instead is told where they are no cp1252 either."""
    try:
        return _strict(data, "cp1252", say("bytes.undeclared"))
    except UnreadableFileError:
        other = other_encoding(data)
        if other is None:
            raise
        raise UnreadableFileError("not decodable", other.message, other.line) from None


def _line(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _with_mark(declared: str, marked: str) -> str:
    # The codec without -sig would leave the mark as an invisible first sign of the first column's name.
    name = codecs.lookup(declared).name
    if marked == "utf-8-sig" and name == "utf-8":
        return marked
    if marked == "utf-16" and name in {"utf-16-le", "utf-16-be"}:
        return marked
    return name


def _strict(data: bytes, encoding: str, remedy: Message) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as problem:
        before = data[: problem.start]
        line = before.count(b"\n") + 1
        message = say("bytes.not_text", byte=f"0x{data[problem.start]:02x}", encoding=encoding, cure=remedy)
        raise UnreadableFileError("not decodable", message, line) from problem
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        message = say("bytes.zero_sign", encoding=encoding, cure=remedy)
        raise UnreadableFileError("not text", message, line)
    return text
