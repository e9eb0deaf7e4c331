"""Finds words whose letters were read in another encoding than they were written in, and tells which one that was."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.messages import Private, say
from retention_reports.reading.problems import shown
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retention_reports.messages import Message

TWICE = "utf-8-twice"
"""UTF-8 that was taken for cp1252 and written as UTF-8 once more."""
MIXED = "utf-8-or-cp1252"
"""Lines of UTF-8 and lines of cp1252 in one file."""
_USUAL = "cp1252"
_OTHERS = ("cp850", "mac_roman")
_LETTER = "A-Za-zÀ-ÖØ-öø-ÿŒœŠšŽžŸ"
_ODD = re.compile(
    rf"(?<![{_LETTER}])™(?=[a-z]{{2}})|(?<=[{_LETTER}])(?<!D)[ŠŒŽŸ](?=[a-z])|(?<=[a-zß-öø-ÿ])[ŠŒŽŸ](?![A-Z])|(?<=[{_LETTER}])[\u201a„]|"
    rf"(?<=[{_LETTER}])[€ƒ…†‡\u02c6‰\u2039“”\u02dc™\u203a§¡¢£¤¥¦¨©ª«¬¯±²³¶\u00b8¹»¼½¾¿×÷](?=[{_LETTER}])"
)
"""Signs in places where no name has them, though cp1252 reads them there."""
_WEIGHTS = (
    dict.fromkeys("äöüßÄÖÜ", 3) | dict.fromkeys("éèàçñÉ", 2) | dict.fromkeys("êëáâãåæíîïìóôòõøœúùûýÿÀÂÅÆÇÈÊÑÓÔØ", 1)
)
_CAPITAL_INSIDE = re.compile(r"[a-zß-öø-ÿ][À-ÖØ-Þ]|[A-Z][À-ÖØ-Þ][a-z]")
_FEWEST_GOOD = 0.9
_BYTES_OF_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
_PLAIN_BYTES = bytes(
    set(range(0x100)) - set(range(0x80, 0xC0)) - {0xD7, 0xF7}
    | {0x96, 0x97, 0x9E, 0xA0, 0xAD, 0xAE, 0xB0, 0xB4, 0xB5, 0xB7}
)
"""Bytes that stand in no odd place as cp1252, so that files of these alone need no second look."""
_TAIL = re.escape(bytes(range(0x80, 0xC0)).decode(_USUAL, "ignore")) + r"\x80-\x9f"
_READ_TWICE = re.compile(rf"[ÂÃÄÅ][{_TAIL}]|â[{_TAIL}]{{2}}")
_TWICE_BYTES = re.compile(rb"\xc3[\x82-\x85\xa2](?:\xc2[\x80-\xbf]|\xe2[\x80-\x84]|\xc5|\xc6\x92|\xcb)")
_FIRST_OF_TWICE = 0xC3
_SECOND_OF_TWICE = np.zeros(256, dtype=np.bool_)
_SECOND_OF_TWICE[[0x82, 0x83, 0x84, 0x85, 0xA2]] = True
_MEANT = re.compile(r"[À-ÖØ-öø-\u017f€§°–—‘-„…«»\u00b4]")
"""What is worth taking two or three signs for one; a tail behind a real letter seldom makes one of these."""
_LOST_BYTES = re.compile(rb"\xef\xbf\xbd|\?(?<=[A-Za-z\x80-\xff]\?)[a-z\xc3]{2}")
_LOST_WORD = re.compile(rf"[{_LETTER}'’&()-]*(?:(?:\ufffd+|[?])[{_LETTER}'’&()-]+)+[\ufffd]*|[{_LETTER}'’&()-]*\ufffd+")
_ENTITY = re.compile(rb"&(?:[A-Za-z]{2,8}|#[0-9]{2,5}|#[xX][0-9A-Fa-f]{2,4});")
_ESCAPED = re.compile(rb"[=%][Cc][2-9A-Fa-f](?:[=%])[89ABab][0-9A-Fa-f]|\\u0[01][0-9A-Fa-f]{2}")
"""How mails and addresses (`=C3=BC`, `%C3%BC`) and programs (`\\u00fc`) write a letter that is none of English."""
_MARKS_OF_ESCAPED = (b"=C3=", b"=c3=", b"%C3%", b"%c3%", b"=C5=", b"%C5%", b"\\u00", b"\\u01")
_SIGNS_OF_NAMES = frozenset("&'’€§°")
_BETWEEN_WORDS = b" \t\r\n,;|\"'"
_WORD = re.compile(r"[^\s,;|\"']+")
_LONGEST_WORD = 100
"""Bytes on either side of a lost letter that are looked at: more are no word."""
_EXAMPLES = 2


@record
class GarbledWords:
    """Words that look garbled: the line of the first, and what to tell."""

    line: int
    message: Message


def garbled_words(data: bytes, text: bytes, declared: str) -> GarbledWords | None:
    """Return what is wrong with the letters of a file, of its bytes and the text (UTF-8) that was read from them."""
    if not declared and not _is_utf8(data) and data.translate(None, _PLAIN_BYTES):
        proposed = other_encoding(data)
        if proposed is not None:
            return proposed
    if _may_be_read_twice(text) and _TWICE_BYTES.search(text):
        found = _read_twice(text.decode(), _cure_of_twice(data, declared))
        if found is not None:
            return found
    lost = b"\xef" in text and b"\xef\xbf\xbd" in text
    return lost_letters(text) if lost or b"?" in text else None


def _may_be_read_twice(text: bytes) -> bool:
    """Tell whether two signs with which such letters begin stand anywhere: a fraction of the search's time."""
    signs = np.frombuffer(text, dtype=np.uint8)
    after = np.flatnonzero(signs[:-1] == _FIRST_OF_TWICE) + 1
    return bool(_SECOND_OF_TWICE[signs[after]].any())


def garbled_rows(rows: Iterable[Sequence[object]], declared: str) -> GarbledWords | None:
    """Return what is wrong with the letters of a spreadsheet's rows, counted from line 1 on."""
    lines = (" ".join(cell for cell in row if isinstance(cell, str)) for row in rows)
    text = "\n".join(" ".join(line.split()) for line in lines)
    found = _read_twice(text, TWICE) if declared != TWICE and not text.isascii() else None
    return found or lost_letters(text.encode())


def once_decoded(text: str) -> str:
    """Return a text with every letter that was read twice as the letter that was meant."""
    return text if text.isascii() else _READ_TWICE.sub(lambda match: _meant(match.group()) or match.group(), text)


def without_entities(text: bytes) -> bytes:
    r"""Return a text (UTF-8) with the letters that were written for the web, a mail or a program as what they are.

    `&uuml;`, `=C3=BC`, `%C3%BC` and `\u00fc` are an ü. What stands for a quote, a separator or a blank stays: it could
    make other cells of a file.
    """
    if b"&" in text and b";" in text:
        text = _ENTITY.sub(_letter_of, text)
    is_escaped = any(mark[:1] in text and mark in text for mark in _MARKS_OF_ESCAPED)
    return _ESCAPED.sub(_unescaped, text) if is_escaped else text


def other_encoding(data: bytes) -> GarbledWords | None:
    """Return the encoding under which bytes hold words that as cp1252 are none; None where that holds for no word."""
    words = [match.group() for match in _BYTES_OF_WORD.finditer(data) if not match.group().isascii()]
    odd = [word for word in words if _is_odd(word)]
    if not odd:
        return None
    different = set(words)
    scores = {encoding: _score(different, encoding) for encoding in _OTHERS}
    best = max(_OTHERS, key=scores.__getitem__)
    if not scores[best]:
        return None
    pairs = [(word.decode(_USUAL, "replace"), word.decode(best)) for word in dict.fromkeys(odd)]
    line = data.count(b"\n", 0, data.index(odd[0])) + 1
    return GarbledWords(line, say("letters.other_encoding", n=len(odd), examples=_examples(pairs), encoding=best))


def lost_letters(text: bytes) -> GarbledWords | None:
    """Return where letters were lost before the file (UTF-8) was written."""
    places = [match.start() for match in _LOST_BYTES.finditer(text)]
    words = [(place, word) for place in places if _LOST_WORD.fullmatch(word := _word_at(text, place))]
    if not words:
        return None
    examples = list(dict.fromkeys(word for _, word in words))[:_EXAMPLES]
    line = text.count(b"\n", 0, words[0][0]) + 1
    return GarbledWords(line, say("letters.lost", n=len(words), examples=Private(", ".join(map(shown, examples)))))


def _word_at(text: bytes, place: int) -> str:
    begin = end = place
    first, last = max(place - _LONGEST_WORD, 0), min(place + _LONGEST_WORD, len(text))
    while begin > first and text[begin - 1] not in _BETWEEN_WORDS:
        begin -= 1
    while end < last and text[end] not in _BETWEEN_WORDS:
        end += 1
    return text[begin:end].decode("utf-8", "ignore")


def _is_odd(word: bytes) -> bool:
    try:
        return _ODD.search(word.decode(_USUAL)) is not None
    except UnicodeDecodeError:
        return True


def _score(words: Iterable[bytes], encoding: str) -> int:
    """Return how well words read in an encoding; 0 where too many do not."""
    weights = [_weight(word.decode(encoding)) for word in words]
    good = [weight for weight in weights if weight]
    return sum(good) if len(good) >= _FEWEST_GOOD * len(weights) else 0


def _weight(word: str) -> int:
    if _CAPITAL_INSIDE.search(word):
        return 0
    weights = [_WEIGHTS.get(sign, 0) for sign in word if not sign.isascii()]
    return sum(weights) if all(weights) else 0


def _read_twice(text: str, encoding: str) -> GarbledWords | None:
    found = (match for match in _WORD.finditer(text) if _READ_TWICE.search(match.group()))
    pairs = [(match, once_decoded(match.group())) for match in found]
    garbled = [(match, meant) for match, meant in pairs if meant != match.group()]
    if not garbled:
        return None
    examples = _examples(list(dict.fromkeys((match.group(), meant) for match, meant in garbled)))
    line = text.count("\n", 0, garbled[0][0].start()) + 1
    message = say("letters.read_twice", n=len(garbled), examples=examples, encoding=encoding)
    return GarbledWords(line, message)


def _cure_of_twice(data: bytes, declared: str) -> str:
    if not _is_utf8(data):
        return MIXED
    return "utf-8" if declared and declared.lower().replace("_", "-") not in {"utf-8", "utf8", "utf-8-sig"} else TWICE


def _letter_of(entity: re.Match[bytes]) -> bytes:
    letter = html.unescape(entity.group().decode())
    return letter.encode() if len(letter) == 1 and (letter.isalpha() or letter in _SIGNS_OF_NAMES) else entity.group()


def _unescaped(escaped: re.Match[bytes]) -> bytes:
    signs = escaped.group()
    code = bytes.fromhex(re.sub(rb"[=%]|\\u", b"", signs).decode())
    try:
        letter = chr(int.from_bytes(code, "big")) if signs.startswith(b"\\") else code.decode()
    except UnicodeDecodeError:
        return signs
    return letter.encode() if letter.isalpha() and not letter.isascii() else signs


def _meant(signs: str) -> str:
    """Return the letter that some signs stand for; nothing where they stand for none."""
    try:
        letter = b"".join(map(_byte_of, signs)).decode()
    except UnicodeDecodeError:
        return ""
    return letter if _MEANT.fullmatch(letter) else ""


def _byte_of(sign: str) -> bytes:
    try:
        return sign.encode(_USUAL)
    except UnicodeEncodeError:
        return sign.encode("latin-1")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _examples(pairs: Sequence[tuple[str, str]]) -> Private:
    """Quote words, which may be names, and what was meant by each."""
    return Private(", ".join(f"{shown(seen)} ({shown(meant)})" for seen, meant in pairs[:_EXAMPLES]))
